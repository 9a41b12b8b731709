"""Who says what on which issue, to whom, and is it one issue or two that look alike?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from detente.read.items import IssueStance, Item
from detente.read.propose.collect import Record, parties_of, slug
from detente.read.propose.rules import PRECEDENCE, SCOPE, StanceRule, row, rule_for

_OWN = ("refus", "declin")
_YIELDING = ("accept", "offer", "open")


@dataclass(frozen=True, slots=True)
class Claim:
    """One party's word on one issue, in one item."""

    party: str
    issue: str
    rule: StanceRule
    stance: IssueStance
    item: Item
    to: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether something is asked for, rather than refused or granted."""
        return self.rule.name.startswith(("demand", "condition"))

    @property
    def listing(self) -> bool:
        """Whether it is about having the issue on the agenda, not about its substance."""
        return self.stance.on == "inclusion" and self.rule.name != "demand-to-stop"


@dataclass(frozen=True, slots=True)
class Said:
    """One party's stance on one issue: the rule that decides, and every item that says so."""

    party: str
    issue: str
    rule: StanceRule
    items: tuple[Item, ...]


def claims(rec: Record) -> tuple[Claim, ...]:
    """Return what each party says on each issue, statement by statement."""
    found = []
    for item in rec.items:
        for stance in item.issues:
            rule = _rule(rec, item, stance)
            if rule is None or slug(stance.issue) in SCOPE or not _counts(item, stance):
                continue
            for party in parties_of(item.actors):
                to = tuple(p for p in parties_of(item.recipients) if p != party)
                found.append(Claim(party, rec.issue(stance.issue), rule, stance, item, to))
    return tuple(found)


def _rule(rec: Record, item: Item, stance: IssueStance) -> StanceRule | None:
    """Return the row of the table; to reject what another does is to ask for its end, not to refuse a topic."""
    others = item.recipients and not item.trigger.lower().startswith(_OWN)
    if stance.move == "refuse" and slug(stance.issue) in rec.conduct and others:
        return row("demand-to-stop")
    return rule_for(stance.move, stance.stance, stance.strength, stance.on)


def _counts(item: Item, stance: IssueStance) -> bool:
    """What is denied, background or only possible does not count; readiness is worded as a possibility and does."""
    if item.background or item.factuality == "denied":
        return False
    if item.factuality == "possible" and stance.move not in _YIELDING:
        return False
    return stance.move == "refuse" or not (item.negated or item.factuality == "not")


def addressed(found: tuple[Claim, ...], principals: tuple[str, ...]) -> tuple[Claim, ...]:
    """Put what a principal asks, where the words name no addressee, to the other principals and to nobody else."""
    return tuple(replace(c, to=_to(c, principals)) if c.asks and c.party in principals else c for c in found)


def _to(claim: Claim, principals: tuple[str, ...]) -> tuple[str, ...]:
    worded = {slug(r.party) for r in claim.item.recipients if r.party and r.how != "table"}
    others = tuple(p for p in principals if p != claim.party)
    guessed = [p for p in claim.to if p not in worded]
    if claim.to and not guessed:
        return claim.to
    kept = tuple(p for p in claim.to if p in worded or p in principals)
    return kept or (others if len(others) == 1 else ())


def said(found: Iterable[Claim]) -> tuple[Said, ...]:
    """Return each party's stance on each issue: its last word and, on one day, the one that binds it most."""
    rows: dict[tuple[str, str], list[Claim]] = {}
    for claim in found:
        rows.setdefault((claim.party, claim.issue), []).append(claim)
    return tuple(_deciding(party, issue, mine) for (party, issue), mine in rows.items())


def _deciding(party: str, issue: str, rows: list[Claim]) -> Said:
    rows = _last_words(rows)
    rule = min((c.rule for c in rows), key=lambda r: PRECEDENCE.index(r.name))
    return Said(party, issue, rule, tuple(c.item for c in rows if c.rule.name == rule.name))


def _last_words(rows: list[Claim]) -> list[Claim]:
    """Leave out what was said before the last day; without the day of each nobody can say which word is the last."""
    days = [c.item.doc_date for c in rows if c.item.doc_date is not None]
    return [c for c in rows if c.item.doc_date == max(days)] if len(days) == len(rows) else rows


def wideners(rec: Record) -> dict[str, tuple[Item, ...]]:
    """Return who asks for a wider agenda without naming an issue, and where."""
    found: dict[str, tuple[Item, ...]] = {}
    for item in rec.items:
        if any(slug(s.issue) in SCOPE and _widens(item, s) for s in item.issues):
            for party in parties_of(item.actors):
                found[party] = (*found.get(party, ()), item)
    return found


def _widens(item: Item, stance: IssueStance) -> bool:
    return stance.move in ("demand", "condition") and stance.stance != "only-this" and _counts(item, stance)


def split(found: tuple[Claim, ...], principals: tuple[str, ...]) -> tuple[Claim, ...]:
    """Make two issues of one on which each side is to give something: one for what is asked of each.

    Two parties that each ask the same thing of the other, or one that offers its part of what it asks for, do not stand
    at two ends of one scale. What parties outside the table say goes with what is asked of those at it.
    """
    givers: dict[str, tuple[str, ...]] = {}
    for issue in dict.fromkeys(c.issue for c in found):
        mine = [c for c in found if c.issue == issue and c.party in principals]
        givers[issue] = tuple(sorted({g for c in mine for g in _giver(c, mine, principals)}))
    return tuple(
        replace(c, issue=split_issue(c.issue, _part(c, givers[c.issue], principals))) if len(givers[c.issue]) > 1 else c
        for c in found
    )


def split_issue(issue: str, giver: str) -> str:
    """Return the id of what is asked of one party on an issue."""
    return slug(f"{issue}-by-{giver}")


def _giver(claim: Claim, mine: list[Claim], principals: tuple[str, ...]) -> tuple[str, ...]:
    """Who would give what a claim is about; a topic that is only to be listed is nobody's yet."""
    if claim.rule.name in ("refusal", "offer"):
        return (claim.party,)
    own = any(c.party == claim.party and c.rule.name in ("refusal", "offer") for c in mine)
    if not claim.asks or (claim.listing and not own):
        return ()
    return _asked(claim, principals)[:1]


def _asked(claim: Claim, principals: tuple[str, ...]) -> tuple[str, ...]:
    named = tuple(p for p in claim.to if p in principals)
    others = tuple(p for p in principals if p != claim.party)
    return named or (others if len(others) == 1 else ())


def _part(claim: Claim, givers: tuple[str, ...], principals: tuple[str, ...]) -> str:
    """Of whom is asked what a claim on a split issue is about?"""
    if not claim.asks:
        return claim.party if claim.party in givers else givers[0]
    asked = [p for p in _asked(claim, principals) if p in givers]
    others = [g for g in givers if g != claim.party]
    if claim.party not in principals:
        about = claim.item.table is not None and {slug(p) for p in claim.item.table.parties} >= set(givers)
        others = [g for g in givers if g not in claim.to]
        return (others if about and others else asked or list(givers))[0]
    return (asked or others)[0]
