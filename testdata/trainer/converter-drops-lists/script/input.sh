#!/bin/sh
python3 tools/convert-pytorch.py jobs.yaml out.yaml
uv run python ../convert-pytorch.py --directory jobs
./convert-pytorch.py jobs.yaml out.yaml
