helm upgrade -i workload-variant-autoscaler ./charts/ours
helm uninstall workload-variant-autoscaler -n wva
