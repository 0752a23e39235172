kubectl get --raw /apis/external.metrics.k8s.io/v1beta1/namespaces/llm/inferno_desired_replicas
