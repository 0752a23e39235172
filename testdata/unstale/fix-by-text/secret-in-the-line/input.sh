tool --old-key --password=c2VjcmV0LXRva2VuLTEyMw run
