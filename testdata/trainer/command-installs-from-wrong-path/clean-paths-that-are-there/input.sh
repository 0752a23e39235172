#!/bin/sh
kubectl apply -k "https://github.com/kubeflow/trainer.git/manifests/overlays/manager?ref=v2.3.0"
kubectl apply -k "https://github.com/kubeflow/trainer.git/manifests/overlays/kubeflow-platform?ref=v2.3.0"
kubectl apply -k "https://github.com/opendatahub-io/trainer/manifests/rhoai?ref=v2.1.0"
kubectl delete -k "https://github.com/kubeflow/trainer.git/manifests/overlays/standalone?ref=v1.9.3"
