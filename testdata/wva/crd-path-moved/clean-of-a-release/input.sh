kubectl apply -f https://raw.githubusercontent.com/llm-d/llm-d-workload-variant-autoscaler/v0.7.0/config/crd/bases/llmd.ai_variantautoscalings.yaml
kubectl apply -f config/base/crd/llmd.ai_variantautoscalings.yaml
