#!/bin/sh
python3 - <<EOF
manifest = """
apiVersion: kubeflow.org/v1
kind: PyTorchJob
"""
EOF
# cat <<EOF
# apiVersion: kubeflow.org/v1
# kind: PyTorchJob
# EOF
echo 'cat <<EOF
apiVersion: kubeflow.org/v1
kind: PyTorchJob
EOF
'
cat <<EOF
apiVersion: kubeflow.org/v2beta1
kind: MPIJob
EOF
