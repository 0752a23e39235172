kubectl get variantautoscaling -A -o yaml > backup.yaml
kubectl delete variantautoscaling chat
kubectl get hpa -A   # no variantautoscaling
