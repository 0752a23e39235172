kubectl apply --server-side -f charts/workload-variant-autoscaler/crds/
helm upgrade wva charts/workload-variant-autoscaler --reset-then-reuse-values
