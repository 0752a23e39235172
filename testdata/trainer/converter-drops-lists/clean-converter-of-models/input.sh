#!/bin/sh
python3 convert-pytorch.py model.pt model.onnx
