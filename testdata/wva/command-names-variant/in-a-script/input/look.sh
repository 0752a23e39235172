kubectl get variantautoscaling chat -n llm -o yaml
oc describe va/chat
kubectl delete variantautoscaling "$NAME"
kubectl get variantautoscaling other
kubectl get pods chat
