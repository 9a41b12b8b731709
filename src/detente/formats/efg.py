r"""How does a crisis go out to a program that solves games: one `.efg` file, the tree in prefix order?

    EFG 2 R "title" { "player" ... } "comment"                                                                       (1)
    p "node" player set "set" { "action" ... } 0               a point of decision, its branches after it            (2)
    t "node" outcome "outcome" { payoff, ... }                 an end                                                (3)

Players, and sets within a player, are numbered from 1, outcomes too. Payoffs are written as decimals without exponent,
each the shortest that reads back as the same number. Source: the format's description in the documentation of Gambit.
"""

from collections.abc import Iterator
from decimal import Decimal

from detente.boards.crisis import Crisis
from detente.errors import FormatError
from detente.formats.score_table import Source

_LONGEST = 200  # characters of a name


def write(game: Crisis, *, title: str | None = None, comment: str = "") -> Source:
    """Return the game as the file `<table>.efg`.

    Raises FormatError for a game over draws.

    >>> import numpy as np
    >>> from detente.boards.crisis import four_outcomes
    >>> game = four_outcomes("usa", "iran", np.array([[0, 0], [1, -1], [-0.5, 0.5], [-0.2, -0.3]]))
    >>> print(write(game).content.decode())
    EFG 2 R "crisis" { "usa" "iran" }
    ""
    <BLANKLINE>
    p "" 1 1 "press" { "hold" "challenge" } 0
    t "" 1 "status quo" { 0, 0 }
    p "" 2 1 "answer" { "concede" "resist" } 0
    t "" 2 "concession" { 1, -1 }
    p "" 1 2 "follow through" { "back down" "stand firm" } 0
    t "" 3 "back down" { -0.5, 0.5 }
    t "" 4 "war" { -0.2, -0.3 }
    <BLANKLINE>
    """
    if game.draws:
        raise FormatError(
            f"'{game.table}' is {game.draws[0]} games at once, and a file holds one. Choose a draw, or the best values."
        )
    players = " ".join(_quoted(p) for p in game.players)
    head = f"EFG 2 R {_quoted(game.table if title is None else title)} {{ {players} }}\n{_quoted(comment)}\n\n"
    text = head + "".join(f"{line}\n" for line in _lines(game))
    return Source(f"{_file_stem(game.table)}.efg", text.encode("utf-8"))


def _lines(game: Crisis) -> Iterator[str]:
    """Write node after node, each before its branches, first branch first."""
    count, number = len(game.mover), _numbers(game)
    waiting = [0]
    while waiting:
        node = waiting.pop()
        if node >= count:
            worth = ", ".join(_decimal(float(v)) for v in game.payoff[node - count])
            yield f't "" {node - count + 1} {_quoted(game.outcomes[node - count])} {{ {worth} }}'
            continue
        s = int(game.information[node])
        actions = " ".join(_quoted(a) for a in game.actions[s])
        yield f'p "" {int(game.mover[node]) + 1} {number[s]} {_quoted(game.labels[s])} {{ {actions} }} 0'
        waiting += [c for c in reversed(game.child[node].tolist()) if c >= 0]


def _numbers(game: Crisis) -> list[int]:
    """Number each player's sets from 1."""
    player = game.player.tolist()
    return [player[: s + 1].count(p) for s, p in enumerate(player)]


def _quoted(name: str) -> str:
    """Write a name between quotes, on one line; quotes and backslashes in it are escaped."""
    line = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:_LONGEST]
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _decimal(value: float) -> str:
    text = format(Decimal(repr(value + 0.0)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _file_stem(table: str) -> str:
    kept = "".join(c if c.isalnum() or c in "-_" else "-" for c in table).strip("-")
    return kept[:60] or "crisis"
