#!/bin/sh
kubectl get pods -l group-name=storage
kubectl get pods -l app=pytorch-job-name
kubectl get pods -l group-name=kubeflow.org.example
kubectl get pods -l my-tf-job-name=foo
