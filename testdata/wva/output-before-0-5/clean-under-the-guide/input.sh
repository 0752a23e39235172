kubectl get variantautoscaling chat -o jsonpath='{.status.currentAlloc.numReplicas}'
