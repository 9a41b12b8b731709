"""Which kind of act outside the table do some words name, and which kind is a reply that they do not tell?

"Retaliate" and "respond" say when something is done and not what: a reply takes the kind of what sets it off.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from detente.situation.nouns import Move, Threat

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
         "besiege", "siege", "harass", "seize (?:ship|tanker|asset)", "detain",
         r"(?:trade|price|tariff|currency|customs) wars?$",
         r"ban(?:s|ned|ning)?$", "export control", "restrict", "quota", "curb", "withh[oe]ld", "fill(?:s|ed|ing)?$",
         r"(?:cut|cuts|cutting|halt\w*|suspend\w*) (?:\w+ ){0,2}(?:water|flow|suppl|gas|oil|power|electric|export"
         "|import|deliver|aid$|trade$)"),
    ),
    (
        "force",
        ("strike", "striking", "struck", "attack", "bomb", "hit$(?! back)", "raid", "air ?strike", "assault",
         "aggress", "militarily", r"(?:military|armed|nuclear) (?:action|operation|respon|retaliat|repris)",
         "go after", "shell", "fire (?:on|at)$", "open fire", "use (?:of )?force", "force$", "invade", "invasion",
         "offensive", "incursion", "ground operation", "cross the border", "war$", "go to war",
         r"(?:with|launch\w*|fir(?:e|es|ed|ing)) (?:\w+ ){0,2}(?:missile|rocket|drone|artillery|troop|warplane)",
         r"target\w* (?:\w+ ){0,3}(?:base|troop|soldier|warship|airfield|militar|position|installation)",
         "open (?:a |another |the )?(?:second )?front", "join in", "join the (?:war|fight)", "annex", "occup", "seize",
         "kill", "assassinat", "escalat", "back strikes", "destroy", "sabotag"),
    ),
    (
        "rupture",
        ("walk", "leave", "quit", "withdraw", "break off", "break up", "suspend", "cancel", "halt",
         "pull out", "stay away", "abandon", "end (?:the )?talks", "freeze$"),
    ),
)  # fmt: skip
# Words that sound like force and are none.
_FIGURES = (
    r"wars? of words",
    r"(?:strik(?:e|es|ing)|struck) (?:\w+ ){0,2}(?:deal|bargain|accord|agreement|compromise|balance|pact)",
    r"(?:hunger|labou?r|general|rail|port|dock|workers|transport) strikes?$",
    r"(?:verbal|personal|rhetorical) (?:attack|assault|aggression)",
    "bombshell",
    r"(?:charm|diplomatic) offensive",
    r"kill(?:s|ed|ing)? (?:a|the|this|any) (?:deal|accord|agreement|talks)",
)
_REPLIES = ("retaliat", "respond", "respons", "countermeasure", "counter measure", "repris", "hit(?:s|ting)? back",
            "revenge", "aveng", "target", "pay back")  # fmt: skip


def _beginning(stems: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(s.replace("$", r"\b") for s in stems) + ")")


_KINDS = tuple((kind, _beginning(stems)) for kind, stems in _BEGINNINGS)
_FIGURE, _REPLY = _beginning(_FIGURES), _beginning(_REPLIES)


def kind_of(action: str) -> Kind:
    """Return the kind of act that an action is, by a list of words; "other" where no word of it is known.

    A reply that does not say how is pressure; `kind_in` asks what sets it off.

    >>> [kind_of(a) for a in ("Military strike", "walk-out", "deny-airspace", "tariffs", "rebuild-missiles")]
    ['force', 'rupture', 'denial', 'pressure', 'other']
    >>> kind_of("retaliate"), kind_of("retaliate with missiles"), kind_of("strike a deal")
    ('pressure', 'force', 'other')
    """
    return _named(action) or ("pressure" if is_reply(action) else "other")


def is_reply(action: str) -> bool:
    """Does an action answer another, without a word of how?

    >>> is_reply("hit back"), is_reply("respond with tariffs")
    (True, False)
    """
    return _named(action) is None and _REPLY.search(_words(action)) is not None


def speaks_of(words: str, kind: Kind) -> bool:
    """Does any of some words name a kind, whatever the others name?

    >>> speaks_of("refused to sell, and imposed a tariff", "pressure")
    True
    """
    return any(named.search(_words(words)) for known, named in _KINDS if known == kind)


def kind_in(moves: Sequence[Move], move: Move, *, threats: Sequence[Threat] = ()) -> Kind:
    """Return the kind of a move among others: a reply to force is force, and any other reply is pressure.

    What sets a reply off are the moves that it comes after; where it names none, what triggers the threats of it.

    >>> reply = Move(id="reply", by="b", action="retaliate", after=("first",))
    >>> [kind_in((Move(id="first", by="a", action=done), reply), reply) for done in ("strike", "tariffs", "walk out")]
    ['force', 'pressure', 'pressure']
    """
    if not is_reply(move.action):
        return kind_of(move.action)
    waiting, seen = [move], {move.id}
    while waiting:
        for action, found in _setting_off(moves, waiting.pop(), threats):
            if not is_reply(action) and kind_of(action) == "force":
                return "force"
            if is_reply(action) and found is not None and found.id not in seen:
                seen.add(found.id)
                waiting.append(found)
    return "pressure"


def announced(moves: Sequence[Move], threat: Threat) -> Kind:
    """Return the kind of what a threat announces; a reply takes it from what triggers the threat.

    >>> announced((), Threat(id="t", by="b", against="a", action="respond"))
    'pressure'
    """
    stands = Move(id=threat.id, by=threat.by, action=threat.action, against=threat.against)
    return kind_in(moves, stands, threats=(threat,))


def _setting_off(moves: Sequence[Move], reply: Move, threats: Sequence[Threat]) -> Iterator[tuple[str, Move | None]]:
    """Yield the actions that set a reply off, each with the move that it is, where there is one."""
    if reply.after:
        yield from ((m.action, m) for m in moves if m.id in reply.after)
        return
    for threat in threats:
        same = (threat.by, action_key(threat.action)) == (reply.by, action_key(reply.action))
        if same and threat.kind == "threat" and threat.trigger and reply.against in (threat.against, None):
            trigger = threat.trigger
            key = (trigger.actor, action_key(trigger.action))
            yield trigger.action, next((m for m in moves if (m.by, action_key(m.action)) == key), None)


def action_key(action: str) -> str:
    """Return an action's name in one spelling.

    >>> action_key("Military strike") == action_key("military-strike")
    True
    """
    return re.sub(r"[\s_-]+", "-", action.strip().lower())


def _named(action: str) -> Kind | None:
    """Return the first kind that a word names, None where none does."""
    words = _words(action)
    return next((kind for kind, named in _KINDS if named.search(words)), None)


def _words(action: str) -> str:
    return _FIGURE.sub(" ", action_key(action).replace("-", " "))
