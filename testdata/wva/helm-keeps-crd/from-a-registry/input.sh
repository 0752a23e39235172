helm upgrade wva oci://ghcr.io/llm-d/workload-variant-autoscaler --version 0.5.1 --set va.enabled=true
