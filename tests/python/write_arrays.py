"""Writes arrays of every numeric kind as NumPy and SciPy do, and prints what is in them: JSON, by file.

Usage: write_arrays.py FOLDER
"""
import json
import os
import sys

import numpy
import scipy.io

folder, held = sys.argv[1], {}


def six_of(kind):
    """Six numbers that tell this kind from all others: its ends, its signs, its fractions."""
    if kind == "?":
        return [0, 1, 1, 0, 0, 1]
    if kind[0] == "f":
        tiny, most = {"f2": (6e-8, 65504), "f4": (1e-45, 3.4e38), "f8": (5e-324, 1.7e308)}[kind]
        return [0, -0.1, 1 / 3, tiny, -most, most]
    ends = numpy.iinfo(kind)
    low, high = max(int(ends.min), -(2**53)), min(int(ends.max), 2**53)
    return [low, high, high - 1, high // 2 + 1, 1, 0]


for kind in ["u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8", "?"]:
    for order in "<>":
        for shape in [(6,), (2, 3), (1, 2, 3), (6, 1)]:
            for layout in "CF":
                array = numpy.array(six_of(kind)).reshape(shape).astype(order + kind).copy(layout)
                for version in [(1, 0), (2, 0), (3, 0)]:
                    name = f"{kind.replace('?', 'bool')}{order == '>'}{shape}{layout}{version[0]}.npy".replace(" ", "")
                    with open(os.path.join(folder, name), "wb") as file:
                        numpy.lib.format.write_array(file, array, version=version)
                    held[name] = array.astype(float).ravel().tolist()
for kind in ["u1", "u2", "i2", "i4", "f4", "f8", "u4", "i1", "i8", "u8"]:
    for form, packed in [("4", False), ("5", False), ("5", True)]:
        if form == "4" and kind in ("u4", "i1", "i8", "u8"):
            continue  # version 4 has no such numbers
        array, name = numpy.array(six_of(kind)).reshape(2, 3).astype(kind), f"{kind}_{form}_{packed}.mat"
        scipy.io.savemat(os.path.join(folder, name), {"X": array, "text": "abc"}, format=form, do_compression=packed)
        held[name] = array.astype(float).ravel("F").tolist()
print(json.dumps(held))
