kubectl get variantautoscaling chat -n llm
