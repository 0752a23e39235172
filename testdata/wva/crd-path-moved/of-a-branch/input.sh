kubectl replace --filename=https://raw.githubusercontent.com/llm-d/llm-d-workload-variant-autoscaler/main/config/crd/bases/llmd.ai_variantautoscalings.yaml
