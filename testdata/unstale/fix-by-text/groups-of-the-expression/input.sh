use old-red-blue here
