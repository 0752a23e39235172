kubectl get variantautoscaling -A -o yaml > variantautoscaling-backup.yaml
kubectl get variantautoscaling -A > /dev/null
kubectl get variantautoscaling -A > list.txt
