"""Which kind of act outside the table do some words name?"""

import re
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["force", "pressure", "rupture", "concession", "denial", "other"]

# How words begin that name a kind, in the order in which they are tried; `$` ends a word. "Refuse its bases" is denial,
# "refuse to comply" no concession, and "tariffs in retaliation" are pressure.
_BEGINNINGS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        "denial",
        ("deny", "denies", "denied", "denial", "refuse base", "refuse its base", "refuse airspace",
         "refuse its airspace", "refuse overflight", "close airspace", "close its airspace",
         "close the airspace", "bar overflight", "no fly"),
    ),
    ("rupture", ("refus", "reject")),
    (
        "concession",
        ("conce", "yield", "give in", "give way", "accept", "comply", "back down", "stand down", "agree$", "lift",
         "ease$", "release"),
    ),
    (
        "pressure",
        ("sanction", "tariff", "embargo", "dut(?:y|ies)$", "penalt", "snapback", "economic", "pressur", "press$",
         "coerc", "block", "cut off", "shut", "disrupt", "divert", "close the strait", "close the border",
         "close strait", "freeze asset", "expel", "mobili", "deploy", "build up", "buildup", "boycott",
         "besiege", "siege", "harass", "seize ship", "seize tanker", "detain"),
    ),
    (
        "force",
        ("strike", "striking", "struck", "attack", "bomb", "hit$", "hit back", "raid", "air ?strike", "assault",
         "aggress", "military action", "military operation", "military response", "go after", "shell",
         "fire (?:on|at)$", "open fire", "use (?:of )?force", "force$", "invade", "invasion", "offensive", "incursion",
         "ground operation", "cross the border", "war$", "go to war", "retaliat", "respond", "response", "revenge",
         "aveng", "repris", "target", "open (?:a |another |the )?(?:second )?front", "join in",
         "join the (?:war|fight)", "annex", "occup", "seize", "kill", "assassinat", "escalat",
         "back strikes", "destroy", "sabotag"),
    ),
    (
        "rupture",
        ("walk", "leave", "quit", "withdraw", "break off", "break up", "suspend", "cancel", "halt",
         "pull out", "stay away", "abandon", "end (?:the )?talks", "freeze$"),
    ),
)  # fmt: skip
_KINDS = tuple(
    (kind, re.compile(r"\b(?:" + "|".join(s.replace("$", r"\b") for s in stems) + ")")) for kind, stems in _BEGINNINGS
)


def kind_of(action: str) -> Kind:
    """Return the kind of act that an action is, by a list of words; "other" where no word of it is known.

    >>> [kind_of(a) for a in ("Military strike", "walk-out", "deny-airspace", "tariffs", "rebuild-missiles")]
    ['force', 'rupture', 'denial', 'pressure', 'other']
    """
    words = action_key(action).replace("-", " ")
    return next((kind for kind, named in _KINDS if named.search(words)), "other")


def action_key(action: str) -> str:
    """Return an action's name in one spelling.

    >>> action_key("Military strike") == action_key("military-strike")
    True
    """
    return re.sub(r"[\s_-]+", "-", action.strip().lower())
