#!/bin/sh
kubectl logs -l jobset.sigs.k8s.io/jobset-name=train
kubectl get clustertrainingruntimes -l trainer.kubeflow.org/framework=torch
kubectl get pods -l trainer.kubeflow.org/trainjob-name-hash=x
kubectl label pod x trainer.kubeflow.org/trainjob-name=train
kubectl get pods -l 'x in (trainer.kubeflow.org/trainjob-name)'
