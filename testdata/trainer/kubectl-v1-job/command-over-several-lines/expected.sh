kubectl \
    --namespace team \
    get \
    trainjobs # all of them
