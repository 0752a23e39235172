helm upgrade --install wva charts/workload-variant-autoscaler
helm upgrade wva charts/workload-variant-autoscaler --set hpa.maxReplicas=8
helm upgrade workload-variant-autoscaler charts/other
helm upgrade --dry-run wva charts/workload-variant-autoscaler
