echo "kubectl get pytorchjobs"
echo kubectl get pytorchjobs
grep -q 'kubectl get pytorchjobs' README.md
printf '%s\n' "run: kubectl get tfjobs"
cat <<END > usage.txt
kubectl get pytorchjobs
END
alias gp='kubectl get pods'   # not pytorchjobs
ls pytorchjobs
