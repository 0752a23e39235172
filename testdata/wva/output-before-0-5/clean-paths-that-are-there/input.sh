kubectl get variantautoscaling chat -o jsonpath='{.status.desiredOptimizedAlloc.numReplicas} {.spec.modelID}'
