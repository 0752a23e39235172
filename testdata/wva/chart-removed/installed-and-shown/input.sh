helm upgrade -i wva ./charts/workload-variant-autoscaler -n wva
helm show values oci://ghcr.io/llm-d/workload-variant-autoscaler
