#!/bin/sh
kubectl scale --replicas=4 deployment/trainjob
kubectl get trainjob train
kubectl scale --replicas=4 statefulset trainjob
