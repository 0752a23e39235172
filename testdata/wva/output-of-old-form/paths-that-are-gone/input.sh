kubectl get variantautoscaling chat -o jsonpath='{.status.currentAlloc.load.arrivalRate}'
oc get va -A -o custom-columns='NAME:.metadata.name,ACC:.spec.modelProfile.accelerators[*].acc'
kubectl get va/chat -o jsonpath='{.spec.variants[0].acc}'
kubectl get variantautoscalings.llmd.ai chat -o jsonpath='{.status.desiredOptimizedAlloc[0].numReplicas}'
