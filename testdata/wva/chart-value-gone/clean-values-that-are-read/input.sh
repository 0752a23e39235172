helm install wva ./charts/workload-variant-autoscaler --set va.accelerator=H100,va.sloTpot=10,va.variantCost=40.0
helm install x ./charts/other --set va.variantID=3   # no workload-variant-autoscaler
