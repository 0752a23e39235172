kubectl logs -l training.kubeflow.org/job-name=train,training.kubeflow.org/replica-type=master
kubectl get pods -l 'training.kubeflow.org/replica-index in (0, 1)'
SELECTOR=training.kubeflow.org/job-name=train
kubectl get pods -l $SELECTOR
kubectl logs -l $SELECTOR -f
kubectl get pods -l "$SELECTOR,training.kubeflow.org/operator-name=pytorchjob-controller"
