bash <<'END'
kubectl get trainjobs
END
cat <<END
kubectl get pytorchjobs
END
