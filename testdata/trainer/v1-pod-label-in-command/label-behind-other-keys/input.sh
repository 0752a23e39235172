#!/bin/sh
kubectl get pods -l 'app in (a, b), training.kubeflow.org/job-name in (train)'
kubectl get pods -l '!training.kubeflow.org/job-name'
