kubectl get variantautoscaling chat -o jsonpath='{.status.currentAlloc.numReplicas}'
oc get va chat -o jsonpath='{.spec.accelerator}'
