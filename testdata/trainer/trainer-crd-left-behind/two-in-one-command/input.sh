#!/bin/sh
oc delete crd trainjobs.trainer.kubeflow.org clustertrainingruntimes.trainer.kubeflow.org
