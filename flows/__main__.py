"""``python -m flows``: lists problems, prints, plays and draws dialogues; see flows/commandline."""

from __future__ import annotations

import sys

from flows.commandline.commands import main

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], sys.stdin, sys.stdout))
