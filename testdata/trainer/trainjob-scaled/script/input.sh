#!/bin/sh
kubectl scale --replicas=4 trainjob/train
oc scale trainjobs.trainer.kubeflow.org train --replicas 4
kubectl autoscale trainjob train --max=4
