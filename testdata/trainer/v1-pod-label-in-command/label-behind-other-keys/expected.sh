#!/bin/sh
kubectl get pods -l 'app in (a, b), jobset.sigs.k8s.io/jobset-name in (train)'
kubectl get pods -l '!jobset.sigs.k8s.io/jobset-name'
