#!/bin/sh
sed 's/name: /name: test-/' trainjob.yaml | kubectl apply -f -
SUFFIX=$1
sed -i "s/name: \(.*\)/name: \1$SUFFIX/" trainjob.yaml
sed -E 's|^ *name: |&copy-|' trainjob.yaml
find . -exec sed -i 's/^\s*name: /name: test-/g' {} +
