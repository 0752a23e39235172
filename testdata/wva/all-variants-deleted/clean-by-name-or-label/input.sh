kubectl delete variantautoscaling chat -n llm
kubectl delete variantautoscaling -l app=chat --ignore-not-found
kubectl delete pods --all -A   # not variantautoscaling
kubectl delete variantautoscaling --all --dry-run=client
