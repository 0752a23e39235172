#!/bin/sh
kubectl get mpijobs.v1.kubeflow.org -A
kubectl get mpijobs.kubeflow.org -A
kubectl get mpijobs.v2beta1.kubeflow.org -A
kubectl get mxjobs.kubeflow.org -A
kubectl get pytorchjobs.kubeflow.org -o yaml | grep image: > images.txt
