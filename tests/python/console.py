"""Types a notebook's code cells into `jupyter console`, as a paste does, and prints what the terminal shows.

Usage: console.py NOTEBOOK FOLDER
"""
import json
import os
import sys

import pexpect

path, folder = sys.argv[1:]
# no colours, and no question to the terminal where its cursor is
os.environ.update(TERM="xterm", PROMPT_TOOLKIT_COLOR_DEPTH="DEPTH_1_BIT", PROMPT_TOOLKIT_NO_CPR="1")
with open(path, encoding="utf8") as file:
    cells = ["".join(cell["source"]) for cell in json.load(file)["cells"] if cell["cell_type"] == "code"]

jupyter = os.path.join(os.path.dirname(sys.executable), "jupyter")
child = pexpect.spawn(
    jupyter, ["console", "--kernel", "deno", "--JupyterConsoleApp.confirm_exit=False"], cwd=folder, dimensions=(200, 400), encoding="utf8", timeout=120
)
child.logfile_read = sys.stdout


def wait_for_prompt(number):
    child.expect(r"In \[(\x1b\[[\d;]*m)*%d(\x1b\[[\d;]*m)*\]: " % number)


for number, code in enumerate(cells, 1):
    wait_for_prompt(number)
    child.send("\x1b[200~" + code + "\x1b[201~")  # a paste
    child.send("\x1b\r")  # Alt-Enter runs it, whatever its last line is
wait_for_prompt(len(cells) + 1)
child.send("\x04")  # the end of input: its kernel ends, too
child.expect(pexpect.EOF)
