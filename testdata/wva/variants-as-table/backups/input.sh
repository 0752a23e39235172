kubectl get variantautoscaling -A > variantautoscaling-backup.yaml
kubectl get va -n llm -o wide | tee va-backup.txt
