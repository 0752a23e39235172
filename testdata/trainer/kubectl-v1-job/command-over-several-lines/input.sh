kubectl \
    --namespace team \
    get \
    pytorchjobs # all of them
