#!/bin/sh
kubectl wait --for=condition=Complete trainjob/train
kubectl wait --for=condition=Failed trainjob/train
kubectl wait --for=condition=Suspended=False trainjob/train
kubectl wait --for=delete trainjob/train
kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/train
kubectl wait --for=condition=Succeeded workflow/trainjob
kubectl wait --for="condition=$CONDITION" trainjob/train
kubectl wait --for=jsonpath='{.status.conditions[?(@.type=="Complete")].status}'=True trainjob/foo
