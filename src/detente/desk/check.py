"""Check a situation file, and tell editors what may stand in it."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from detente.desk.case import case_file, loaded, quotes_beside, shape_faults, texts_beside
from detente.desk.edited import doubts
from detente.read.documents.document import shown
from detente.situation.check import Problem
from detente.situation.check import check as problems
from detente.situation.schema import schema
from detente.situation.store import Fault


def check(source: Path) -> tuple[Problem, ...]:
    """List what is wrong or doubtful in a case, faults first, lost quotes included.

    Faults of shape come alone, by line: until they are cured nothing else can be told.

    Raises SituationError where there is no file to check, DossierError where the dossier is damaged, UsageError for a
    path that is no case, DocumentError where a document beside the file cannot be read.
    """
    file = case_file(source)
    if os.path.isfile(file) and (broken := shape_faults(file)):
        return tuple(_problem(fault) for fault in broken)
    situation = loaded(file)
    lost = quotes_beside(file, situation, dict(texts_beside(file, situation)))
    found = (*problems(situation), *lost, *doubts(file, situation))
    return tuple(sorted(found, key=lambda problem: problem.severity != "fault"))


def _problem(fault: Fault) -> Problem:
    where = f"line {fault.line}, {fault.path}" if fault.path else f"line {fault.line}"
    return Problem(where, fault.message, fault.cure)


def as_text(found: tuple[Problem, ...], source: Path) -> str:
    """Return the problems in words, one line each."""
    name = shown(str(source))
    if not found:
        return f"{name}: nothing to cure."
    count = sum(1 for p in found if p.severity == "fault")
    rest = len(found) - count
    head = f"{name}: {count} fault{'s' * (count != 1)}, {rest} doubt{'s' * (rest != 1)}"
    return "\n".join([head, *(f"  {p.severity:5}  {p}" for p in found)])


def as_json(found: tuple[Problem, ...]) -> str:
    """Return the problems as JSON."""
    return json.dumps([asdict(p) for p in found], ensure_ascii=False, indent=1)


def schema_text() -> str:
    """Return the JSON Schema of a situation file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1)
