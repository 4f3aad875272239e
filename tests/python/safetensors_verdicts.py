"""Which files of a folder the reference reader of safetensors takes: JSON, by name; null or what it complains of.

Usage: safetensors_verdicts.py FOLDER
"""
import json
import os
import sys

from safetensors import deserialize

verdicts = {}
for name in sorted(os.listdir(sys.argv[1])):
    with open(os.path.join(sys.argv[1], name), "rb") as file:
        try:
            deserialize(file.read())
            verdicts[name] = None
        except Exception as error:
            verdicts[name] = str(error)
print(json.dumps(verdicts))
