r"""Which actions do the threats answer, and which do they leave open?

    covered(o) = any_t answers(t, o)                                                                               (1)

for threat t and option o, an action by a party. A threat answers an option when its trigger names that action by that
party.

Source: the distinction of who acts and what is done in the conditions of a threat, Schelling (1966), Arms and
Influence, chapter 2. It holds for threats as they were worded. It does not say that an uncovered action would go
unanswered, only that nobody has said what would answer it; nor that a threat is believed.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool

from detente.boards.move_board import Moves, Option
from detente.boards.results import Certificate, Parameter


@dataclass(frozen=True, slots=True)
class Answered:
    """One option and the threats that answer it; none means uncovered."""

    option: Option
    threats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What equation (1) says, option by option.

    =======  =============  ===============================
    answers  threat option  the threat answers the option
    =======  =============  ===============================

    `unbound` are threats whose condition names no action by anybody: what they cover is not known.
    """

    rows: tuple[Answered, ...]
    uncovered: tuple[Option, ...]
    unbound: tuple[str, ...]
    threats: tuple[str, ...]
    answers: Bool[np.ndarray, "threat option"]
    method: str
    parameters: dict[str, Parameter]
    certificate: Certificate


def coverage(moves: Moves) -> Coverage:
    """Match every option with the threats that answer it, equation (1).

    >>> strike = Option("usa", "strike", "iran", "read", "trigger")
    >>> alone = Option("israel", "strike", "iran", "assumed", "ally")
    >>> board = Moves(options=(strike, alone), threats=("bases",), by=("iran",), answers=np.array([[True, False]]),
    ...     unbound=())
    >>> [option.owner for option in coverage(board).uncovered]
    ['israel']
    """
    rows = tuple(
        Answered(option, tuple(t for t, hit in zip(moves.threats, moves.answers[:, o], strict=True) if hit))
        for o, option in enumerate(moves.options)
    )
    uncovered = tuple(row.option for row in rows if not row.threats)
    covered = int(moves.answers.any(axis=0).sum())
    return Coverage(
        rows=rows,
        uncovered=uncovered,
        unbound=moves.unbound,
        threats=moves.threats,
        answers=moves.answers,
        method="trigger-match",
        parameters={},
        certificate=Certificate(
            claim="every-option-is-covered-or-listed",
            checked=len(rows),
            holds=covered + len(uncovered) == len(moves.options),
        ),
    )
