"""Check a situation file, and tell editors what may stand in it."""

import json
from dataclasses import asdict
from pathlib import Path

from detente.desk.case import situation_file
from detente.errors import UsageError
from detente.situation.check import Problem
from detente.situation.check import check as problems
from detente.situation.schema import schema
from detente.situation.store import load


def check(source: Path) -> tuple[Problem, ...]:
    """List what is wrong or doubtful in a case, faults first.

    Raises SituationError where the file cannot be read as a situation at all.
    """
    file = situation_file(source)
    if file is None:
        raise UsageError(f"'{source}' is no case. Give a folder with a situation.yaml, or a situation file.")
    return problems(load(file))


def as_text(found: tuple[Problem, ...], source: Path) -> str:
    """Return the problems in words, one line each."""
    if not found:
        return f"{source}: nothing to cure."
    faults = sum(1 for p in found if p.severity == "fault")
    head = (
        f"{source}: {faults} fault{'s' * (faults != 1)}, {len(found) - faults} doubt{'s' * (len(found) - faults != 1)}"
    )
    return "\n".join([head, *(f"  {p.severity:5}  {p}" for p in found)])


def as_json(found: tuple[Problem, ...]) -> str:
    """Return the problems as JSON."""
    return json.dumps([asdict(p) for p in found], ensure_ascii=False, indent=1)


def schema_text() -> str:
    """Return the JSON Schema of a situation file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1)
