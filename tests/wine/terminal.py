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
said, is_pressed = b"", False
while True:
    try:
        if select.select([terminal], [], [], 0.2)[0]:
            said += os.read(terminal, 4096)
    except OSError:
        break
    if not is_pressed and glob.glob(pattern):
        os.write(terminal, b"\x03")
        is_pressed = True
    elif "按回车键".encode() in said:
        # The first may come before it is waited for.
        os.write(terminal, b"\r")
sys.stdout.buffer.write(said)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
