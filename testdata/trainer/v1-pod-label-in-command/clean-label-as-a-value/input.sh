#!/bin/sh
kubectl get pods -l app=training.kubeflow.org/job-name
kubectl get pods -l 'app notin (training.kubeflow.org/job-name)'
kubectl get pods -l 'app in (a,training.kubeflow.org/job-name)'
