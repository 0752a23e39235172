#!/bin/sh
echo "looking for a pytorchjob"
kubectl apply -f pytorchjob.yaml
kubectl delete tfjob old
sudo kubectl -n team get pytorchjobs
kubectl describe pytorchjob train
