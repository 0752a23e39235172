helm install wva ./charts/workload-variant-autoscaler
