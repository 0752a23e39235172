bash <<'END'
kubectl get pytorchjobs
END
cat <<END
kubectl get pytorchjobs
END
