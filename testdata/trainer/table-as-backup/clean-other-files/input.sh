#!/bin/sh
kubectl get crd > crds-backup.txt
kubectl get deployment -n shop > shop-backup.txt
