#!/bin/sh
kubectl wait --for=condition=Succeeded --timeout=2h trainjob/train
kubectl wait trainjob train --for condition=succeeded
oc wait --for=condition=Running trainjob/train -n team
kubectl wait --for=jsonpath='{.status.state}'=Succeeded trainjobs.trainer.kubeflow.org --all
if ! kubectl wait --for=condition=Created=true trainjob/train; then exit 1; fi
kubectl wait --for=jsonpath='{.status.conditions[?(@.type=="Succeeded")].status}'=True trainjob/foo
