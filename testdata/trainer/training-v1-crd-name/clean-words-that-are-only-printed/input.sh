echo "pytorchjobs.kubeflow.org is gone"
git commit -m "drop pytorchjobs.kubeflow.org"
sudo echo pytorchjobs.kubeflow.org
kubectl get crd $PREFIX"pytorchjobs.kubeflow.org"
kubectl get crd pytorchjobs.kubeflow.org$SUFFIX
cat <<END
pytorchjobs.kubeflow.org
END
