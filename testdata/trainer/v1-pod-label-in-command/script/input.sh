kubectl get pods -l training.kubeflow.org/job-name=train -n team
kubectl logs --selector "training.kubeflow.org/job-name=$NAME,app in (a, b)"
kubectl delete pods -ltraining.kubeflow.org/job-name=train
oc get pods --selector=training.kubeflow.org/job-name!=train
stern -l training.kubeflow.org/job-name
