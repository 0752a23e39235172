kubectl apply -f config/crd/bases/llmd.ai_variantautoscalings.yaml
