#!/bin/sh
kubectl get pytorchjobs -A > backup.yaml
kubectl get tfjobs -A -o wide | tee -a tfjobs.json
kubectl get crd | grep kubeflow > crds-backup.txt
kubectl get deployment -n opendatahub >operators-backup.txt
oc get trainjobs --no-headers 2>/dev/null >> rollback/trainjobs
