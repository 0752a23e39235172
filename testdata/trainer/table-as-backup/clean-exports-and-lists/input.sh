#!/bin/sh
kubectl get trainjobs -A -o yaml > backup.yaml
kubectl get trainjobs -A -ojson | tee backup.json
kubectl get trainjobs -A -o "$FORMAT" > backup.yaml
kubectl get trainjobs -A > list.txt
kubectl get trainjobs -A | wc -l > count.json
kubectl get trainjobs -A -o jsonpath='{.items}' > items.json
kubectl get pods > backup.txt
kubectl get trainjobs 2> backup.yaml
kubectl get trainjobs > /dev/null
