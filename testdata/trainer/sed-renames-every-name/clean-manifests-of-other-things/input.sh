#!/bin/sh
sed 's/name: /name: test-/' shop.yaml | kubectl apply -f -
