#!/usr/bin/env python3
"""Runs a command in a terminal, and presses Ctrl-C there once a file is there:

    terminal.py PATTERN COMMAND...

Prints what it says and ends as it does. A window that waits to be read gets its Enter.
"""
import glob
import os
import pty
import select
import sys

pattern, *command = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
said, keys = b"", {"Ctrl-C": b"\x03", "Enter": b"\r"}
while True:
    try:
        if select.select([terminal], [], [], 0.05)[0]:
            said += os.read(terminal, 4096)
    except OSError:
        break
    for key, wanted in [("Ctrl-C", glob.glob(pattern)), ("Enter", "按回车键".encode() in said)]:
        if wanted and key in keys:
            os.write(terminal, keys.pop(key))
sys.stdout.buffer.write(said)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
