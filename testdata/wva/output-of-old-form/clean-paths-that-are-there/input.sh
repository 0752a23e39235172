kubectl get variantautoscaling chat -o jsonpath='{.status.desiredOptimizedAlloc.numReplicas}'
kubectl get variantautoscaling chat -o jsonpath='{.status.currentAlloc.numReplicas} {.spec.variantProfile.maxBatchSize}'
kubectl get things chat -o jsonpath='{.spec.variants}'   # no variantautoscaling
