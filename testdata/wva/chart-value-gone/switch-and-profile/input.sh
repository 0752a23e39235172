helm install wva ./charts/workload-variant-autoscaler --set wva.experimentalHybridOptimization=on
helm install wva ./charts/workload-variant-autoscaler --set va.accelerator=H100,va.perfParms.decodeParms.alpha=6.9
