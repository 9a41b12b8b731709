"""Which kind of action outside the table do some words name?"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionRule:
    """How words that name one kind of action begin."""

    action: str
    stems: tuple[str, ...]


# The first row that fits decides: what is most specific stands first.
ACTION_RULES = (
    ActionRule("walk out", ("walk away", "walk out", "leave the talks", "quit the talks", "withdraw from the talks")),
    ActionRule("leave the treaty", ("leave the npt", "withdraw from the npt", "quit the treaty", "leave the treaty")),
    ActionRule("go to war", ("act of war", "declare war", "go to war", "all-out war", "full-scale war")),
    ActionRule("invade", ("invade", "invasion", "offensive", "incursion", "ground operation", "cross the border")),
    ActionRule("retaliate", ("retaliat", "respond", "response", "revenge", "reprisal", "target", "hit back")),
    ActionRule(
        "strike",
        ("strike", "struck", "attack", "bomb", "hit", "raid", "airstrike", "military action", "military operation",
         "assault", "aggression", "go after", "shell", "fire on", "use of force", "use force"),
    ),
    ActionRule("sanction", ("sanction", "tariff", "embargo", "duties", "penalt", "snapback", "economic pressure")),
    ActionRule("block", ("close the strait", "blockade", "block", "cut off", "shut", "disrupt", "divert")),
    ActionRule("fill the reservoir", ("filling", "fill the")),
    ActionRule("enrich", ("enrich",)),
    ActionRule("mobilise", ("deploy", "mobilis", "mobiliz", "send troops", "send forces", "build-up", "buildup")),
    ActionRule("annex", ("annex",)),
    ActionRule("suspend", ("suspend", "freeze", "halt")),
)  # fmt: skip
_LEAD = re.compile(
    r"^\W*(?:(?:if|should|unless|until|in case|in the event of|once|when|any|the|that|of)(?:\s+|$))+", re.I
)
_WORDS_KEPT = 6


def action_named(words: str) -> str | None:
    """Return the kind of action that some words name.

    >>> action_named("if the army orders air strikes")
    'strike'
    >>> action_named("the architect") is None
    True
    """
    lowered = words.lower()
    found = (r.action for r in ACTION_RULES if any(re.search(rf"\b{re.escape(s)}", lowered) for s in r.stems))
    return next(found, None)


def action_in(words: str) -> str | None:
    """Return the kind of action that a condition names or, where no row fits, its own first words.

    >>> action_in("if it recognises the northern province")
    'it recognises the northern province'
    """
    shortened = " ".join(_LEAD.sub("", " ".join(words.split())).split()[:_WORDS_KEPT]).strip(" ,.;:\u2013\u2014\"'")
    return action_named(words) or shortened.lower() or None
