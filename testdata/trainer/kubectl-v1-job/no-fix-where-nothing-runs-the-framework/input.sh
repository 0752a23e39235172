#!/bin/sh
kubectl get tfjobs -n team
kubectl describe paddlejob/train
kubectl get -o yaml mxjobs "$JOB"
