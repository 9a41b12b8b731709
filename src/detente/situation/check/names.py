"""Is every id used once, and does every name that is used exist?"""

import difflib
from collections.abc import Iterator
from typing import Final

from detente.situation.check.problem import Problem, Problems, doubt, listed, repeated, rows
from detente.situation.nouns import (
    AgendaItem,
    Deadline,
    Demand,
    Effect,
    Evidence,
    Incident,
    Influence,
    Interaction,
    Link,
    ListingCost,
    Mediator,
    Meeting,
    Move,
    NoDeal,
    Party,
    Preference,
    Requirement,
    Score,
    Situation,
    Stance,
    Table,
    Threat,
    Tie,
)
from detente.situation.values import Basis, Noun, Record

# Words that follow an id in a path, so that no id may be one of them.
PATH_WORDS: Final = frozenset(
    {
        *("position", "salience", "hardness", "influence", "score", "effect", "weight", "cost", "credibility"),
        "audience_cost",
        # the draw that says whether a red line is real, and what stands inside a table
        *("real", "agenda", "mediator", "links"),
    }
)
# Nouns that share one set of ids, because a path may begin with any of them.
_SHARED: Final = (
    *("parties", "issues", "tables", "demands", "meetings", "deadlines", "incidents"),
    *("ties", "threats", "moves", "questions"),
)

_REFERENCES: Final[dict[type[Record], dict[str, tuple[str, ...]]]] = {
    Evidence: {"document": ("document",)},
    Party: {"party": ("members",)},
    Stance: {"party": ("party",), "issue": ("issue",)},
    Demand: {"party": ("by", "to"), "issue": ("issue",), "table": ("table",)},
    Influence: {"party": ("party",), "issue": ("issue",), "table": ("table",)},
    Score: {"party": ("party",), "issue": ("issue",)},
    Interaction: {"party": ("party",), "issue": ("issue", "other")},
    Table: {"party": ("consent", "consulted", "host", "vetoes", "ratifiers")},
    AgendaItem: {"issue": ("issue",), "party": ("by",), "table": ("elsewhere",)},
    ListingCost: {"party": ("party",), "issue": ("issue",)},
    NoDeal: {"party": ("party",)},
    Link: {"table": ("table",)},
    Requirement: {"issue": ("issue", "of")},
    Mediator: {"party": ("party",)},
    Meeting: {"party": ("parties", "host"), "table": ("table",)},
    Deadline: {"party": ("by",), "table": ("table",)},
    Incident: {"party": ("actor", "target")},
    Tie: {"party": ("source", "target")},
    Threat: {"party": ("by", "against")},
    Move: {"party": ("by", "against", "undone_by"), "move": ("excludes", "after")},
    Effect: {"party": ("party",), "move": ("move", "given")},
    Preference: {"party": ("party",), "move": ("prefers", "over")},
}
_SPACES: Final = {"party": "parties", "issue": "issues", "table": "tables", "move": "moves", "document": "documents"}


def ids(situation: Situation) -> Problems:
    """Find ids that are used twice or that stand for something else in a path."""
    for space in ("documents", "evidence"):
        for twice in repeated(row.id for row in getattr(situation, space)):
            yield Problem(twice, f"two entries of {space} have the id '{twice}'.", "Rename one of them.")
    shared = [(row.id, name) for name in _SHARED for row in getattr(situation, name)]
    for twice in repeated(i for i, _ in shared):
        where = " and ".join(dict.fromkeys(name for i, name in shared if i == twice))
        yield Problem(twice, f"the id '{twice}' is used more than once, in {where}.", "Give each its own id.")
    for one in dict.fromkeys(i for i, _ in shared):
        if one in PATH_WORDS:
            yield Problem(one, f"the id '{one}' is a word of paths.", "Choose another id.")


def references(situation: Situation) -> Problems:
    """Find names of parties, issues, tables, moves and documents that are not there."""
    known = {word: [row.id for row in getattr(situation, name)] for word, name in _SPACES.items()}
    for path, row in rows(situation):
        for word, fields in _REFERENCES.get(type(row), {}).items():
            for field in fields:
                for name in _names(getattr(row, field)):
                    if name not in known[word]:
                        yield _missing(f"{path}.{field}", word, name, known[word])
    for threat in situation.threats:
        if threat.trigger is not None and threat.trigger.actor not in known["party"]:
            yield _missing(f"{threat.id}.trigger.actor", "party", threat.trigger.actor, known["party"])


def evidence(situation: Situation) -> Problems:
    """Find ids of evidence that is not there, behind nouns and behind values."""
    known = [e.id for e in situation.evidence]
    present = set(known)
    for path, row in rows(situation):
        if isinstance(row, Noun):
            for name in row.evidence:
                if name not in present:
                    yield _missing(f"{path}.evidence", "evidence", name, known)
        for field, basis in _bases(row):
            for name in basis.evidence:
                if name not in present:
                    yield _missing(f"{path}{field}", "evidence", name, known)


def same_names(situation: Situation) -> Problems:
    """Find names and aliases that stand for two parties or two issues."""
    for word, group in (("parties", situation.parties), ("issues", situation.issues)):
        named: dict[str, list[str]] = {}
        for row in group:
            for name in dict.fromkeys(n.strip().casefold() for n in (row.name, *row.aliases)):
                named.setdefault(name, []).append(row.id)
        for name, owners in named.items():
            if len(set(owners)) > 1:
                message = f"'{name}' is a name of two {word}: {listed(owners)}."
                yield doubt(owners[1], message, "Keep the name with one of them, or merge them.")


def _names(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def _missing(path: str, word: str, name: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    group = _SPACES.get(word, word)
    what = "evidence" if word == "evidence" else f"{'an' if word == 'issue' else 'a'} {word}"
    cure = f"Did you mean '{near[0]}'?" if near else f"Add it to {group}, or correct the name."
    return Problem(path, f"'{name}' is not {what} of this situation.", cure)


def _bases(row: Record) -> Iterator[tuple[str, Basis]]:
    """Walk through the bases of a row and of its values, but not of its own rows."""
    for name in type(row).model_fields:
        value = getattr(row, name)
        if isinstance(value, Basis):
            yield ("" if name == "basis" else f".{name}"), value
        elif isinstance(value, Record) and not isinstance(value, Noun):
            for _, basis in _bases(value):
                yield f".{name}", basis
