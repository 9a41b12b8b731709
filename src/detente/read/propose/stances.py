"""What does each party want on each issue, as far as the words go, and what is drafted where it has said nothing?"""

from detente.read.items import Item
from detente.read.propose.claims import Claim, Said, wideners
from detente.read.propose.collect import Record
from detente.read.propose.rules import LANDMARKS, StanceRule, row, swept_hardness, unstated_salience
from detente.read.propose.tables import unargued
from detente.situation.nouns import Issue, Landmark, RedLine, Stance, Table
from detente.situation.values import Basis, Range

_GIVEN = frozenset({"refusal", "topic-accepted", "acceptance", "offer"})
_PROPER = frozenset({"Kashmir", "Taiwan", "Jerusalem", "Donbas", "Crimea", "Gaza", "Golan", "Hong", "West", "Panama"})


def issues(rec: Record, claims: tuple[Claim, ...], said: tuple[Said, ...]) -> tuple[Issue, ...]:
    """Return every issue that somebody takes a stance on or, where nobody does, that the text names."""
    names = {f.id: f.name for f in reversed(rec.named("issue"))}
    found: dict[str, list[Item]] = {}
    for one in said:
        found.setdefault(one.issue, []).extend(one.items)
    called = {c.issue: _called(rec, c, names) for c in claims}
    argued = tuple(_issue(issue, called[issue], rec.basis(items, "issue-in-stance")) for issue, items in found.items())
    named_only = (_issue(f.id, small(f.name), rec.fact_basis([f], "issue-named")) for f in unargued(rec, claims))
    return argued or tuple(named_only)


def _called(rec: Record, claim: Claim, names: dict[str, str]) -> str:
    """The name of an issue in lower case; of one that was split, with of whom it is asked."""
    whole = rec.issue(claim.stance.issue)
    name = small(names.get(whole, whole.replace("-", " ")))
    if claim.issue == whole:
        return name
    giver = claim.issue.removeprefix(f"{whole}-by-")
    return f"{name} (asked of {rec.spoken(giver)})"


def small(name: str) -> str:
    """Return a name as it stands inside a sentence: proper names and acronyms keep their capital.

    >>> small("Uranium enrichment"), small("Kashmir"), small("UN arms embargo")
    ('uranium enrichment', 'Kashmir', 'UN arms embargo')
    """
    first = name.split(" ")[0]
    return name if first in _PROPER or not first[1:].islower() else name[:1].lower() + name[1:]


def _issue(issue: str, name: str, basis: Basis) -> Issue:
    return Issue(
        id=issue,
        name=name,
        landmarks=tuple(Landmark(at=at, name=word) for at, word in LANDMARKS),
        status_quo=Range.point(0, Basis(kind="assumed", rule="scale-of-what-is-asked")),
        basis=basis,
        evidence=basis.evidence,
    )


def stances(
    rec: Record, claims: tuple[Claim, ...], said: tuple[Said, ...], drafted: tuple[Table, ...]
) -> tuple[Stance, ...]:
    """Return every stance that is stated, and one for each party at the table on what the others there raise."""
    found = [_stance(s.party, s.issue, s.rule, rec.basis(s.items, s.rule.name)) for s in said]
    if not drafted:
        return tuple(found)
    consent = drafted[0].consent
    spoken = {(s.party, s.issue): s.rule.name for s in said}
    wide = wideners(rec)
    for issue in dict.fromkeys(s.issue for s in said):
        for party in consent:
            others = {rule for (p, i), rule in spoken.items() if i == issue and p in consent}
            if (party, issue) in spoken or not others:
                continue
            rule, items = _unspoken(others, wide.get(party, ()), _asked(claims, party, issue, consent))
            basis = rec.basis(items, rule.name) if items else Basis(kind="assumed", rule=rule.name)
            found.append(_stance(party, issue, rule, basis))
    return tuple(found)


def _asked(claims: tuple[Claim, ...], party: str, issue: str, consent: tuple[str, ...]) -> bool:
    """Whether a demand on an issue is put to a party; at a table of two there is nobody else."""
    to = {p for c in claims if c.issue == issue and c.asks and c.party in consent for p in c.to if p in consent}
    return party in to or not to or len(consent) == 2


def _unspoken(others: set[str], wider: tuple[Item, ...], asked: bool) -> tuple[StanceRule, tuple[Item, ...]]:
    """What is drafted for a party at the table that has said nothing on an issue, by what the others there have said.

    What another refuses, offers or takes up is that other's to give, so this party would receive it; what another
    demands is asked of this party, unless it is put to a third.
    """
    if others & _GIVEN:
        return (row("broader-agenda"), wider) if wider and "refusal" in others else (row("counterpart"), ())
    return (row("addressee" if others and asked else "unstated"), ())


def _stance(party: str, issue: str, rule: StanceRule, basis: Basis) -> Stance:
    low, best, high = rule.position
    line = None
    if rule.red_line is not None:
        at, accepts = rule.red_line
        line = RedLine(at=Range.point(at, basis), accepts=accepts, hardness=swept_hardness())
    return Stance(
        party=party,
        issue=issue,
        position=Range(low=low, best=best, high=high, basis=basis),
        salience=unstated_salience(),
        red_line=line,
        basis=basis,
        evidence=basis.evidence,
    )
