git clone https://github.com/llm-d-incubation/inferno-autoscaler.git
