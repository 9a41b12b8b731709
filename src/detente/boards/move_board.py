"""What can be done outside the table, by whom, and which threat would answer it?

Options are what could be done first: the moves of a drafted situation, without those that answer another move, that are
done already, or that a party makes by the talks themselves. Where the situation does not say that a party could do it,
nobody said so, and whether a threat covers it is the question.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool

from detente.boards.outside.actions import action_key
from detente.situation.nouns import Move, Situation, Threat

_WHY = {"ally-could": "ally", "rival-could": "rival"}
_NOT_FIRST = ("could-walk-out", "could-concede", "proxy-could", "pressure-reported")


@dataclass(frozen=True, slots=True)
class Option:
    """One action by one party, against somebody where that is known; `basis` and `why` say why it is here.

    `why` is "move", "trigger", "ally" or "rival".
    """

    owner: str
    action: str
    against: str | None
    basis: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Options outside the table, and threats against them.

    =======  =============  ==================================================
    answers  threat option  the threat names this action by this party
    =======  =============  ==================================================

    `unbound` are threats whose condition names no action by anybody: what they cover is not known.
    """

    options: tuple[Option, ...]
    threats: tuple[str, ...]
    by: tuple[str, ...]
    answers: Bool[np.ndarray, "threat option"]
    unbound: tuple[str, ...]


def moves(situation: Situation) -> Moves:
    """Set out what each party could do first outside the table, and which threats would answer it.

    `situation` is a drafted one.

    >>> moves(Situation(title="Empty")).options
    ()
    """
    threats = [t for t in situation.threats if t.kind == "threat"]
    bound = [t for t in threats if t.trigger is not None]
    triggers = [_trigger_key(t) for t in bound]
    options: dict[tuple[str, str], Option] = {}
    for move in situation.moves:
        key = (move.by, action_key(move.action))
        if not move.after and move.basis.rule not in _NOT_FIRST:
            options.setdefault(key, _option(move, named=key in triggers))
    answers = np.zeros((len(bound), len(options)), dtype=bool)
    for t, trigger in enumerate(triggers):
        for o, key in enumerate(options):
            answers[t, o] = key == trigger
    return Moves(
        options=tuple(options.values()),
        threats=tuple(t.id for t in bound),
        by=tuple(t.by for t in bound),
        answers=answers,
        unbound=tuple(t.id for t in threats if t.trigger is None),
    )


def _option(move: Move, *, named: bool) -> Option:
    rule = move.basis.rule or ""
    why = "trigger" if named and rule == "named-in-threat" else _WHY.get(rule, "move")
    return Option(move.by, move.action, move.against, move.basis.kind, why)


def _trigger_key(threat: Threat) -> tuple[str, str] | None:
    trigger = threat.trigger
    return None if trigger is None else (trigger.actor, action_key(trigger.action))
