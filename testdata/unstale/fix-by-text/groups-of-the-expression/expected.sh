use blue-red here
