"""Run commands one after the other in one process, so that what they need is imported once.

Each line on standard input is a JSON list: the folder to be in, then the words after `detente`. Each line on standard
output is the exit code and the end of what was shown.
"""

import json
import os
import sys
import traceback

from click.testing import CliRunner

from detente.cli import main

SHOWN = 400


def answer(folder: str, words: list[str]) -> tuple[int, str]:
    """Run one command in a folder, as `python -m detente` would."""
    os.chdir(folder)
    done = CliRunner().invoke(main, words, prog_name="detente")
    broken = "".join(traceback.format_exception(done.exception)) if done.exit_code == 1 and done.exception else ""
    return done.exit_code, (done.output + broken)[-SHOWN:]


if __name__ == "__main__":
    for line in sys.stdin:
        place, *rest = json.loads(line)
        sys.stdout.write(json.dumps(answer(place, rest)) + "\n")
        sys.stdout.flush()
