#!/bin/sh
chmod +x tools/convert-pytorch.py
git rm tools/convert-pytorch.py
test -f convert-pytorch.py
python3 convert-pytorch.py.old jobs.yaml
echo "python3 convert-pytorch.py"
