"""What would have to be seen to have happened for a threat to be set off, and for it to be carried out?

What a threat names is told by a list of words (`boards.outside.actions`). Armed force and new sanctions are worded
alike for everybody, so that one definition holds for all questions about them; other acts are worded as they are named.
"""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.boards.outside.actions import Kind, action_key, announced, kind_of
from detente.boards.outside.roles import kind_at
from detente.situation.nouns import Move, Situation, Threat

Means: TypeAlias = Literal["force", "sanctions", "settlement", "act"]
_SANCTIONS = re.compile(r"\b(sanction\w*|embargo\w*|tariffs?|snapback)\b")
_SETTLEMENT = re.compile(r"\b(deal|treaty|agreement|accord|settlement)\b")
_REFUSAL = re.compile(r"^(?:refuse[sd]?|reject\w*|decline[sd]?)(?: to\b)? *")
# Force of a kind that is not armed force of the one who threatens against the one it is aimed at.
_OTHER_FORCE = re.compile(r"^(kill|sabotag|assassinat|back |annex|occup|seize)")
_BACKING = re.compile(r"^back ")
_WITH_ARTICLE = re.compile(
    r"^(united|soviet|european|african|arab) |\b(states|emirates|kingdom|nations|agency|department|islands)$", re.I
)


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody might do: `words` follow "will ...", and `left_undone` says that it is not doing it that counts.

    `kind` is the kind of act by its words, `means` how it is asked about.
    """

    by: str
    against: str | None
    words: str
    means: Means
    kind: Kind
    left_undone: bool = False


def called(situation: Situation, party: str) -> str:
    """Return the name of a party as it stands inside a sentence.

    >>> from detente.situation.nouns import Party
    >>> called(Situation(title="t", parties=(Party(id="us", name="United States"),)), "us")
    'the United States'
    """
    name = next((p.name for p in situation.parties if p.id == party), party.replace("-", " "))
    if name.startswith("The "):
        return f"the{name[3:]}"
    return f"the {name}" if _WITH_ARTICLE.search(name) else name


def threatened(situation: Situation, threat: Threat) -> Act:
    """Return what a threat announces.

    >>> raid = Threat(id="t", by="b", against="a", action="strike")
    >>> threatened(Situation(title="t"), raid).words
    'use armed force against a'
    """
    kind = announced(situation.moves, threat)
    return _act(situation, (threat.by, threat.against), threat.action, kind)


def setting_off(situation: Situation, threat: Threat) -> Act | None:
    """Return what would set a threat off, None where it names no act.

    A refusal is what somebody leaves undone; of a deal, it is that there is none.

    >>> from detente.situation.nouns import Trigger
    >>> trigger = Trigger(actor="a", action="refuse to withdraw")
    >>> found = setting_off(Situation(title="t"), Threat(id="t", by="b", against="a", trigger=trigger, action="strike"))
    >>> found.words, found.left_undone
    ('withdraw', True)
    """
    trigger = threat.trigger
    if trigger is None:
        return None
    words = _words(trigger.action)
    refused = _REFUSAL.sub("", words)
    if refused != words:
        if _SETTLEMENT.search(refused):
            a = "" if " " in refused else "an " if refused.startswith("a") else "a "
            return Act(trigger.actor, threat.by, f"agree to {a}{refused}", "settlement", "rupture", left_undone=True)
        return Act(trigger.actor, None, refused or words, "act", "rupture", left_undone=bool(refused))
    move = next((m for m in situation.moves if _same(m, trigger.actor, trigger.action)), None)
    aim = threat.by if move is None or move.against is None else move.against
    kind = kind_of(trigger.action) if move is None else kind_at(situation, move)
    return _act(situation, (trigger.actor, aim), trigger.action, kind)


def made(situation: Situation, move: Move) -> Act | None:
    """Return what it is to make a move, None where it is aimed at nobody.

    >>> found = made(Situation(title="t"), Move(id="m", by="a", action="strike", against="b"))
    >>> found is not None and found.means
    'force'
    """
    if move.against is None:
        return None
    return _act(situation, (move.by, move.against), move.action, kind_at(situation, move))


def is_backing(threat: Threat) -> bool:
    """Does a threat announce that somebody else's act is backed, rather than one of its own?

    >>> is_backing(Threat(id="t", by="b", against="a", action="back-strikes"))
    True
    """
    return _BACKING.match(_words(threat.action)) is not None


def _act(situation: Situation, pair: tuple[str, str], action: str, kind: Kind) -> Act:
    by, against = pair
    words = _words(action)
    if kind == "force" and not _OTHER_FORCE.match(words):
        return Act(by, against, f"use armed force against {called(situation, against)}", "force", kind)
    if kind == "pressure" and _SANCTIONS.search(words):
        return Act(by, against, f"impose new sanctions on {called(situation, against)}", "sanctions", kind)
    return Act(by, against, words, "act", kind)


def _same(move: Move, actor: str, action: str) -> bool:
    return (move.by, action_key(move.action)) == (actor, action_key(action))


def _words(action: str) -> str:
    return action_key(action).replace("-", " ")
