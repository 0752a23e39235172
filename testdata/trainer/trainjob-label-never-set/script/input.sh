#!/bin/sh
kubectl logs -n team -l trainer.kubeflow.org/trainjob-name=train --tail=20
kubectl get pods -A --selector=trainer.kubeflow.org/trainjob-name
for job in a b; do stern -l "app=x,trainer.kubeflow.org/trainjob-name=$job"; done
kubectl logs -f -l trainer.kubeflow.org/job-name=train
kubectl logs -f -l training.kubeflow.org/trainjob-name=train
