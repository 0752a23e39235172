#!/bin/sh
sed 's/name: train/name: train-v2/' trainjob.yaml | kubectl apply -f -
sed "s/name: $NAME/name: $NAME-v2/" trainjob.yaml
sed 's/name: //' trainjob.yaml
sed 's/filename: /filename: test-/' trainjob.yaml
sed "s/^  name: /  name: test-/" trainjob.yaml
