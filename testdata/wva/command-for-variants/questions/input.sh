kubectl get variantautoscaling -n llm
kubectl describe va/chat
oc label variantautoscalings.llmd.ai chat team=a
kubectl explain variantautoscaling.spec
