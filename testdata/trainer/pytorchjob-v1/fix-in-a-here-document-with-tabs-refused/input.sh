#!/bin/sh
if true; then
	kubectl apply -f - <<-EOF
	apiVersion: kubeflow.org/v1
	kind: PyTorchJob
	metadata:
	  name: mnist
	spec:
	  pytorchReplicaSpecs:
	    Worker:
	      replicas: 2
	      template:
	        spec:
	          containers:
	            - name: pytorch
	              image: registry.example.com/mnist:1
	              command: [torchrun, train.py] # as ever
	EOF
fi
