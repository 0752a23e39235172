#!/bin/sh
kubectl delete deployment mpi-operator -n mpi-operator
kubectl delete crd mpijobs.kubeflow.org
