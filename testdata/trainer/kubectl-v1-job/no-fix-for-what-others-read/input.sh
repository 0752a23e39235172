#!/bin/sh
kubectl get pytorchjobs -A | grep -q Running && exit 1
kubectl get xgboostjobs -A > xgboostjobs.txt
test -z "$(kubectl get jaxjobs -A)" || exit 1
