#!/bin/sh
echo "looking for a pytorchjob"
kubectl apply -f pytorchjob.yaml
kubectl delete tfjob old
sudo kubectl -n team get trainjobs
kubectl describe trainjob train
