#!/bin/sh
kubectl get pytorchjobs -A -o yaml > pytorchjobs.yaml
kubectl get tfjobs -n team -ojson >> team.json
kubectl get pytorchjobs -A --output=yaml | tee jobs.yaml
kubectl get pytorchjobs -A -o yaml | unstale convert - -o trainjobs.yaml
kubectl get pytorchjobs -A -o json | jq 'del(.items[].status)' > jobs.json
