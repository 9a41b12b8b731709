"""What can be done outside the table, by whom, and which threat would answer it?

Options are the situation's moves, every trigger of a threat, the same action by an ally of the trigger's actor, and
the same action by a rival of the party that threatens. The last two are assumed: nobody said them, and whether a
threat covers them is the question.
"""

import re
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool

from detente.situation.nouns import Situation, Threat


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
    """Set out what each party could do outside the table, and which threats would answer it.

    >>> moves(Situation(title="Empty")).options
    ()
    """
    threats = [t for t in situation.threats if t.kind == "threat"]
    bound = [t for t in threats if t.trigger is not None]
    options: dict[tuple[str, str], Option] = {}
    for option in [*_own(situation), *_triggers(bound), *_others(situation, bound)]:
        options.setdefault((option.owner, action_key(option.action)), option)
    answers = np.zeros((len(bound), len(options)), dtype=bool)
    for t, threat in enumerate(bound):
        for o, key in enumerate(options):
            answers[t, o] = key == _trigger_key(threat)
    return Moves(
        options=tuple(options.values()),
        threats=tuple(t.id for t in bound),
        by=tuple(t.by for t in bound),
        answers=answers,
        unbound=tuple(t.id for t in threats if t.trigger is None),
    )


def action_key(action: str) -> str:
    """Return an action's name in one spelling.

    >>> action_key("Military strike") == action_key("military-strike")
    True
    """
    return re.sub(r"[\s_-]+", "-", action.strip().lower())


def _trigger_key(threat: Threat) -> tuple[str, str] | None:
    trigger = threat.trigger
    return None if trigger is None else (trigger.actor, action_key(trigger.action))


def _own(situation: Situation) -> list[Option]:
    return [Option(m.by, m.action, m.against, m.basis.kind, "move") for m in situation.moves]


def _triggers(bound: list[Threat]) -> list[Option]:
    return [Option(t.trigger.actor, t.trigger.action, t.by, t.basis.kind, "trigger") for t in bound if t.trigger]


def _others(situation: Situation, bound: list[Threat]) -> list[Option]:
    """Add who else could do what a threat names."""
    found = []
    for threat in bound:
        trigger = threat.trigger
        if trigger is not None:
            allies, rivals = _tied(situation, trigger.actor, "ally"), _tied(situation, threat.by, "rivalry")
            for why, owners in (("ally", allies), ("rival", rivals)):
                others = [o for o in owners if o not in (trigger.actor, threat.by)]
                found += [Option(o, trigger.action, threat.by, "assumed", why) for o in others]
    return found


def _tied(situation: Situation, party: str, kind: str) -> list[str]:
    ends = [(t.source, t.target) for t in situation.ties if t.kind == kind]
    return [b for a, b in ends if a == party] + [a for a, b in ends if b == party]
