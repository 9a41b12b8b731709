"""What holds in a conflict that somebody brings as a file, why, for whom, and how does it get there?"""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from importlib.metadata import version

import numpy as np

from detente.analyses.coalition import coalition
from detente.analyses.inverse import Inverse, inverse
from detente.analyses.paths import paths
from detente.analyses.stability import Stability, stability
from detente.boards.conflict import Conflict
from detente.boards.results import Plain, plain
from detente.brief.disputed import ConflictTold
from detente.brief.document import Brief
from detente.brief.sections.conflict.page import composed
from detente.desk.conflict_file import OpenedConflict
from detente.errors import AnalysisError
from detente.search.conflicts.verdicts import CONCEPTS

SCHEMA = "detente.conflict/1"
CONCEPT = "seq"  # by which reasons, ways and changes are told where nobody names one
TOLD = 12  # states of which it is told why they hold or not
PAIRED = 512  # states up to which coalitions are gone through
WALKED = 4096  # states up to which ways are looked for
CHANGED = 64  # states up to which the smallest change is looked for
ORDERED = 6  # states whose every order is gone through
WRITTEN = 2048  # states up to which a verdict per player is written as data


def ask_conflict(opened: OpenedConflict, *, concept: str | None = None, start: int | str | None = None) -> ConflictTold:
    """Answer everything about a conflict: what holds, why, who could leave together, the ways there, what would change.

    `concept` is one idea of stability, told alone; all are told where nothing is said. `start` is the state that stands
    today, by its number counted from 1 or its pattern; the file's own where nothing is said.

    Raises AnalysisError for an unknown concept, BoardError for a start that is no state.
    """
    board, lead = opened.conflict, concept or CONCEPT
    at = opened.today if start is None else _state(board, start)
    found, refused = _stability(board, (concept,) if concept else CONCEPTS)
    told = ConflictTold(
        file=opened.file,
        title=opened.title,
        source=opened.source,
        conflict=board,
        concept=lead,
        start=at,
        stability=found,
        left_out=refused,
        remarks=opened.remarks,
        version=version("detente"),
        sha256=opened.sha256,
    )
    return _changed(_ways(_together(_reasoned(told))))


def write(told: ConflictTold) -> Brief:
    """Put the answers into words and tables."""
    return composed(told)


def as_json(told: ConflictTold) -> str:
    """Return the answers as data. States count from 0; `states` says what each is, by its place.

    `holding` counts the states that hold; of very many, `equilibria` lists the first.
    """
    kept = ("file", "title", "source", "concept", "start", "about", "reasons", "coalition", "paths", "inverse")
    ends = ("left_out", "remarks", "version", "sha256")
    held = {c: told.equilibria(c) for c in told.stability.concepts}
    small = told.conflict.count <= WRITTEN
    written = {
        "schema": SCHEMA,
        **{name: plain(getattr(told, name)) for name in kept},
        "players": list(told.conflict.players),
        "moves": plain(told.conflict.states.choices),
        "count": told.conflict.count,
        "states": _states(told) if small else None,
        "holding": {c: len(states) for c, states in held.items()},
        "equilibria": {c: list(states[:WRITTEN]) for c, states in held.items()},
        "stability": _stable(told.stability) if small else None,
        **{name: plain(getattr(told, name)) for name in ends},
    }
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def _state(board: Conflict, start: int | str) -> int:
    named = (
        int(start) if isinstance(start, str) and start.isdecimal() and start.isascii() and len(start) < 10 else start
    )
    return board.states.index(named)


def _stability(board: Conflict, concepts: tuple[str, ...]) -> tuple[Stability, tuple[str, ...]]:
    """Ask by all concepts; where one of several refuses such a conflict, by the others, and say so."""
    try:
        return stability(board, concepts=concepts, about=()), ()
    except AnalysisError as refused:
        rest = tuple(c for c in concepts if c != "sim")
        if len(concepts) == 1 or rest == concepts:
            raise
        return stability(board, concepts=rest, about=()), (f"Answers in the same moment are not told: {refused}",)


def _noted(told: ConflictTold, what: str, why: object) -> ConflictTold:
    return replace(told, left_out=(*told.left_out, f"{what} not told: {why}"))


def _reasoned(told: ConflictTold) -> ConflictTold:
    """Say why states hold, or not: today's, those that hold by the concept told, those that hold by another."""
    board = told.conflict
    held = [s for c in (told.concept, *told.stability.concepts) for s in told.equilibria(c)]
    about = tuple(dict.fromkeys([*([] if told.start is None else [told.start]), *held]))[:TOLD]
    if board.unknown is not None:
        return _noted(told, "Reasons, ways and changes are", "it is not known of every two states which is better.")
    found = stability(board, concepts=(told.concept,), about=about)
    return replace(told, about=about, reasons=found.reasons)


def _together(told: ConflictTold) -> ConflictTold:
    """Say who could leave together the states told about, and who stands in the way."""
    board = told.conflict
    if board.unknown is not None or len(board.players) < 2:
        return told
    if board.count > PAIRED:
        return _noted(told, "Coalitions are", f"there are {board.count:,} states, and up to {PAIRED} are gone through.")
    if told.concept not in CONCEPTS:
        return _noted(told, "Coalitions are", f"'{told.concept}' is not defined for several who act as one.")
    try:
        return replace(told, coalition=coalition(board, concepts=(told.concept,), about=told.about))
    except AnalysisError as refused:
        return _noted(told, "Coalitions are", refused)


def _ways(told: ConflictTold) -> ConflictTold:
    if told.conflict.unknown is not None:
        return told
    if told.start is None:
        return _noted(told, "Ways from today are", "the file does not say which state stands. Name it with --start.")
    if told.conflict.count > WALKED:
        count = f"{told.conflict.count:,}"
        return _noted(told, "Ways from today are", f"there are {count} states, and up to {WALKED:,} are gone through.")
    if told.concept not in CONCEPTS:
        return _noted(told, "Ways from today are", f"they are looked for by {', '.join(CONCEPTS)}.")
    return replace(told, paths=paths(told.conflict, start=told.start, concept=told.concept))


def _changed(told: ConflictTold) -> ConflictTold:
    """Look for the smallest changes of a preference: those that make a state hold, and those that undo it."""
    board = told.conflict
    if board.unknown is not None or told.concept not in CONCEPTS:
        return told
    if board.count > CHANGED:
        return _noted(told, "Changes are", f"there are {board.count:,} states, and up to {CHANGED} are gone through.")
    try:
        return replace(told, inverse=tuple(_inverses(told)))
    except AnalysisError as refused:
        return _noted(told, "Changes are", refused)


def _inverses(told: ConflictTold) -> Iterator[Inverse]:
    """Ask of today's state and those that hold every player, of states that one player alone leaves that one."""
    board = told.conflict
    stable = told.stability.stable[told.stability.concepts.index(told.concept)]
    for state in range(board.count):
        leaving = np.flatnonzero(~stable[:, state])
        if len(leaving) < 2 or state == told.start:
            asked = leaving if len(leaving) else np.arange(len(board.players))
            for p in asked.tolist():
                span = None if board.count <= ORDERED else _alike(board, p, state)
                yield inverse(board, player=board.players[p], state=state, concept=told.concept, span=span)


def _alike(board: Conflict, player: int, state: int) -> list[int]:
    """Return the states that are as good as one: the least span there is, where orders are not counted."""
    value = board.preference[player]
    found: list[int] = np.flatnonzero(value == value[state]).tolist()
    return found


def _states(told: ConflictTold) -> list[Plain]:
    at = told.conflict.states
    levels = [at.level(c) for c in range(len(at.choices))]
    return [
        {
            "pattern": at.pattern(s) if at.choices else str(s + 1),
            "in_force": [
                {"by": c.owner, "move": c.label, "level": c.levels[int(level[s])]}
                for c, level in zip(at.choices, levels, strict=True)
                if level[s]
            ],
        }
        for s in range(told.conflict.count)
    ]


def _stable(found: Stability) -> Plain:
    kept = {f.name: getattr(found, f.name) for f in fields(found) if f.name not in ("reasons", "equilibrium")}
    return plain(kept)
