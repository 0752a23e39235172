#!/bin/sh
kubectl get crd > crds-backup.txt
kubectl get deployment -n shop > shop-backup.txt
kubectl get trainjobs -A | tee /tmp/restore.log
kubectl get trainjobs -A -o custom-columns=NAME:.metadata.name > restore-list.txt
