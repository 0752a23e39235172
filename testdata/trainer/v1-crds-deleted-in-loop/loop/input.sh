#!/bin/sh
for c in pytorchjobs tfjobs mpijobs; do kubectl delete crd $c.kubeflow.org; done
