kubectl get pods -l jobset.sigs.k8s.io/jobset-name=train -n team
kubectl logs --selector "jobset.sigs.k8s.io/jobset-name=$NAME,app in (a, b)"
kubectl delete pods -ljobset.sigs.k8s.io/jobset-name=train
oc get pods --selector=jobset.sigs.k8s.io/jobset-name!=train
stern -l jobset.sigs.k8s.io/jobset-name
