#!/bin/sh
kubectl get pytorchjobs -n team
kubectl delete pytorchjobs -n team --all
kubectl get trainjobs -n team
