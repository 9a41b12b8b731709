"""To which reference classes may a situation belong, as far as it says so, and what does it leave to the analyst?

What is found here are proposals: text says who mediates or leaves it open, and never says whether a conflict is
protracted, which experts code in hindsight. Where it leaves a thing open all values are shown side by side.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.situation.nouns import Issue, Situation, Table

Feature: TypeAlias = Literal["mediated", "protracted", "subject", "trigger", "objective"]
VALUES: dict[Feature, tuple[str, ...]] = {
    "mediated": ("mediated", "not-mediated"),
    "protracted": ("not-protracted", "protracted", "protracted-long-war"),
    "subject": ("proliferation",),
    "trigger": ("trigger-verbal-act", "trigger-economic-act", "trigger-non-violent-military", "trigger-violent-act"),
    "objective": ("objective-prevent-war", "objective-terrorism", "objective-human-rights",
                  "objective-territorial-conflict", "objective-democracy", "objective-end-war"),
}  # fmt: skip
# Why something is proposed, or left open; `docs/reference-classes.md` shows them.
REASONS = {
    "mediator-stated": "somebody says who mediates",
    "mediator-inferred": "a mediator is inferred, and nobody says that it mediates",
    "host-only": "talks have a host or are indirect, and nobody is said to mediate: a host may be more, or no more",
    "no-mediator": "nobody is said to mediate, and that nobody does is not said either",
    "hindsight": "no text says whether a conflict is protracted: experts code it afterwards",
    "issue-nuclear": "an issue is about a nuclear programme",
    "sanctions-about": "sanctions are in force, threatened or bargained over, and one of the issues may be their aim",
    "acts-reported": "acts of this kind are reported; which of them set the crisis off is not said",
}
_NUCLEAR = re.compile(r"\b(nuclear|enrich\w*|uranium|plutonium|centrifuges?|proliferation|atomic)\b", re.I)
_SANCTIONS = re.compile(r"\b(sanction\w*|embargo\w*|tariffs?|snapback|relief|economic)\b", re.I)
_AIMS = (
    ("objective-prevent-war", _NUCLEAR),
    ("objective-terrorism", re.compile(r"\b(prox(?:y|ies)|terror\w*|armed groups?|militias?|axis)\b", re.I)),
    ("objective-human-rights", re.compile(r"\b(human rights|prisoners|protesters)\b", re.I)),
    ("objective-territorial-conflict", re.compile(r"\b(territor\w+|borders?|annex\w*|occupied)\b", re.I)),
    ("objective-democracy", re.compile(r"\b(elections?|democra\w+|coup)\b", re.I)),
    ("objective-end-war", re.compile(r"\b(ceasefire|truce|end of the war|withdrawal)\b", re.I)),
)
_ACTS = (
    ("trigger-violent-act", ("assault", "fight")),
    ("trigger-non-violent-military", ("mobilize",)),
    ("trigger-economic-act", ("sanction", "coerce")),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a situation proposes for one feature: one value, several side by side, or none; and why.

    `refs` are the ids of the tables, issues, incidents or threats that it rests on, `reason` is one of `REASONS`.
    """

    feature: Feature
    values: tuple[str, ...]
    reason: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What an analyst takes a case to be; an empty feature is open, and several values stand side by side."""

    period: str = "1946-2017"
    mediated: tuple[str, ...] = ()
    protracted: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    trigger: tuple[str, ...] = ()
    objective: tuple[str, ...] = ()

    def of(self, feature: Feature) -> tuple[str, ...]:
        """Return the values of one feature.

        >>> Features(mediated=("mediated",)).of("mediated")
        ('mediated',)
        """
        found: tuple[str, ...] = getattr(self, feature)
        return found


def features_of(situation: Situation) -> tuple[Suggestion, ...]:
    """Propose features, one suggestion for each; the analyst chooses.

    >>> [(s.feature, s.values, s.reason) for s in features_of(Situation(title="t"))]
    [('mediated', (), 'no-mediator'), ('protracted', (), 'hindsight')]
    """
    every = (
        _mediated(situation),
        Suggestion("protracted", (), "hindsight", tuple(t.id for t in situation.ties if t.kind == "rivalry")),
        _subject(situation),
        _trigger(situation),
        _objective(situation),
    )
    return tuple(s for s in every if s is not None)


def proposed(suggestions: tuple[Suggestion, ...], *, period: str = "1946-2017") -> Features:
    """Take suggestions as they are, until the analyst chooses otherwise.

    >>> proposed(features_of(Situation(title="t"))) == Features()
    True
    """
    return Features(period=period, **{s.feature: s.values for s in suggestions})


def _mediated(situation: Situation) -> Suggestion:
    stated = [t for t in situation.tables if t.mediator is not None]
    said = tuple(t.id for t in stated if t.mediator is not None and t.mediator.stated)
    if said:
        return Suggestion("mediated", ("mediated",), "mediator-stated", said)
    if stated:
        return Suggestion("mediated", (), "mediator-inferred", tuple(t.id for t in stated))
    hosted = tuple(t.id for t in situation.tables if _hosted(t))
    return Suggestion("mediated", (), "host-only" if hosted else "no-mediator", hosted)


def _hosted(table: Table) -> bool:
    return table.direct is False or (table.host is not None and table.host not in table.consent)


def _subject(situation: Situation) -> Suggestion | None:
    found = tuple(i.id for i in situation.issues if _NUCLEAR.search(_named(i)))
    return Suggestion("subject", ("proliferation",), "issue-nuclear", found) if found else None


def _trigger(situation: Situation) -> Suggestion | None:
    acts = {trigger: [i.id for i in situation.incidents if i.act in kinds] for trigger, kinds in _ACTS}
    acts["trigger-verbal-act"] = [t.id for t in situation.threats if t.kind == "threat"]
    values = tuple(v for v in VALUES["trigger"] if acts[v])
    return Suggestion("trigger", values, "acts-reported", tuple(r for v in values for r in acts[v])) if values else None


def _objective(situation: Situation) -> Suggestion | None:
    if not any(_SANCTIONS.search(words) for words in _said_of_pressure(situation)):
        return None
    about = {aim: [i.id for i in situation.issues if word.search(_named(i))] for aim, word in _AIMS}
    values = tuple(v for v in VALUES["objective"] if about[v])
    refs = tuple(dict.fromkeys(r for v in values for r in about[v]))
    return Suggestion("objective", values, "sanctions-about", refs) if values else None


def _said_of_pressure(situation: Situation) -> Iterator[str]:
    yield from (m.action.replace("-", " ") for m in situation.moves)
    yield from (t.action.replace("-", " ") for t in situation.threats)
    yield from (f"{i.act} {i.what}" for i in situation.incidents)
    yield from (_named(i) for i in situation.issues)


def _named(issue: Issue) -> str:
    return " ".join((issue.id.replace("-", " "), issue.name, *issue.aliases))
