#!/bin/sh
kubectl logs -l pytorch-job-name=foo
kubectl logs -l tf-job-name=foo,tf-replica-type=ps
kubectl get pods -l group-name=kubeflow.org
kubectl get pods --selector pytorch-job-name=foo,pytorch-replica-type=master
