#!/bin/sh
kubectl get pytorchjobs -A -o name | xargs oc delete
