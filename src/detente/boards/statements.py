"""In which states does a statement about choices hold?

A statement joins choices by AND, OR, NOT, IF and IFF with brackets; "x IF y" holds unless y holds without x. A choice
is named by its label, or by `owner.label`: it holds at any level above the first, or with `=level` at just that one. A
name with blanks stands in quotation marks. A pattern, one sign per choice, is a statement too.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool

from detente.boards.states import States, matching
from detente.errors import BoardError

_TOKEN = re.compile(r"\s*(?:(?P<bracket>[()])|\"(?P<quoted>[^\"]*)\"(?P<level>=[^\s()]+)?|(?P<word>[^\s()\"]+))")
_WORDS = {"AND", "OR", "NOT", "IF", "IFF"}
_MOST_DEPTH = 40
Truth = Bool[np.ndarray, " state"]


def holds(at: States, statement: str | Sequence[str]) -> Bool[np.ndarray, " state"]:
    """Mark the states in which a statement holds; of several in a list, at least one.

    Raises BoardError for a statement that cannot be read, or names no choice, or one of several of that label.

    >>> from detente.boards.states import Choice, states
    >>> three = states([Choice("a", "strike"), Choice("a", "talk"), Choice("b", "yield")])
    >>> holds(three, "NOT strike AND (talk IF yield)").tolist()
    [True, False, True, False, False, False, True, False]
    >>> int(holds(three, ["Y--", "--Y"]).sum())
    6
    """
    if not isinstance(statement, str):
        found = np.zeros(len(at.codes), dtype=bool)
        for one in statement:
            found |= holds(at, one)
        return found
    plain = statement.strip()
    if plain and len(plain) == len(at.choices) and set(plain.upper()) <= set("YN-0123456789"):
        return matching(at, plain)
    reader = _Reader(at, statement, _tokens(statement))
    found = reader.joined(0)
    if reader.at < len(reader.tokens):
        raise reader.fault(f"'{reader.tokens[reader.at]}' stands where the statement should end")
    return found


def _tokens(statement: str) -> tuple[str, ...]:
    found, at = [], 0
    text = statement.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise BoardError(f"The statement '{statement}' has an open quotation mark. Close it.")
        word = match["word"] or ""
        quoted = match["quoted"]
        if quoted is not None:
            found.append('"' + quoted + (match["level"] or ""))
        else:
            found.append(match["bracket"] or (word.upper() if word.upper() in _WORDS else '"' + word))
        at = match.end()
    return tuple(found)


@dataclass(slots=True)
class _Reader:
    """Reads a statement from left to right: IFF binds least, then IF, OR, AND and NOT."""

    states: States
    statement: str
    tokens: tuple[str, ...]
    at: int = field(default=0)

    def joined(self, depth: int, rank: int = 0) -> Truth:
        """Read one rank of the grammar: terms of the next rank, joined by this one's word."""
        if depth > _MOST_DEPTH:
            raise self.fault(f"it has more than {_MOST_DEPTH} brackets in one another")
        if rank == len(_JOINTS):
            return self.term(depth)
        word, join = _JOINTS[rank]
        found = self.joined(depth, rank + 1)
        while self.next() == word:
            self.at += 1
            found = join(found, self.joined(depth, rank + 1))
        return found

    def term(self, depth: int) -> Truth:
        token = self.next()
        self.at += 1
        if token == "NOT":
            return ~self.deeper(depth)
        if token == "(":
            found = self.joined(depth + 1)
            if self.next() != ")":
                raise self.fault("a bracket is not closed")
            self.at += 1
            return found
        if token is None or not token.startswith('"'):
            raise self.fault("a choice is missing" + (f" before '{token}'" if token else " at its end"))
        return self.choice(token[1:])

    def deeper(self, depth: int) -> Truth:
        if depth > _MOST_DEPTH:
            raise self.fault(f"it has more than {_MOST_DEPTH} NOT in one another")
        return self.term(depth + 1)

    def choice(self, named: str) -> Truth:
        name, _, level = named.partition("=")
        choices = self.states.choices
        fits = [c for c, one in enumerate(choices) if name in (one.label, f"{one.owner}.{one.label}")]
        if len(fits) != 1:
            every = ", ".join(f"{one.owner}.{one.label}" for one in choices)
            raise self.fault(f"'{name}' names {'no choice' if not fits else 'several choices'}; there are {every}")
        levels = choices[fits[0]].levels
        if not level:
            return self.states.level(fits[0]) >= 1
        if level not in levels:
            raise self.fault(f"'{name}' has no level '{level}', but {', '.join(levels)}")
        found: Truth = self.states.level(fits[0]) == levels.index(level)
        return found

    def next(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def fault(self, why: str) -> BoardError:
        told = why.replace('"', "")
        return BoardError(f"The statement '{self.statement}' cannot be read: {told}. Use AND, OR, NOT, IF, IFF.")


_JOINTS: tuple[tuple[str, Callable[[Truth, Truth], Truth]], ...] = (
    ("IFF", lambda a, b: a == b),
    ("IF", lambda a, b: a | ~b),
    ("OR", lambda a, b: a | b),
    ("AND", lambda a, b: a & b),
)
