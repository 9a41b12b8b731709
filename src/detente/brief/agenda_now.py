"""Is there a deal on an agenda as it stands now: what was found, and how is it said beside the agenda?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.brief.compared import Blocker, Gain
from detente.brief.words import Names, capital, of_draws
from detente.figures.text import gain, tenths
from detente.levers.verdict import Kind
from detente.situation.nouns import Situation

Settled: TypeAlias = Literal["holds", "depends", "none", "open"]
# By what is known over the ranges, and whether there is a deal at the best guess.
VERDICTS: dict[tuple[Settled, bool], tuple[str, str]] = {
    ("holds", True): ("\u25cf", "Yes, for all values in the ranges"),
    ("depends", True): ("\u25d0", "Yes at the best guess, but not for all values in the ranges"),
    ("open", True): ("\u25d0", "Yes at the best guess and in every draw; not proved for all values"),
    ("open", False): ("\u25d4", "Not at the best guess, and in no draw; not ruled out for all values"),
    ("depends", False): ("\u25d4", "Not at the best guess, but for some values in the ranges"),
    ("none", False): ("\u25cb", "No, for none of the values in the ranges"),
}


@dataclass(frozen=True, slots=True)
class Stands:
    """What was found about one agenda, at the best guess and over draws.

    `kind` is the short verdict over the ranges (`detente.levers.verdict.answer`); `share` is the share of draws with a
    deal, None where no input is open. `specs` are the contested issues as an agenda is written.
    `lines` are the red lines, by party and issue, that clash with what else is asked, or alone keep a deal out.
    """

    table: str
    name: str
    specs: tuple[str, ...]
    kind: Kind
    share: float | None
    draws: int
    packages: int
    chosen: tuple[tuple[str, float], ...] | None
    gains: tuple[Gain, ...]
    blocked: tuple[tuple[Blocker, ...], ...]
    lines: tuple[tuple[str, str], ...]

    @property
    def settled(self) -> Settled:
        """Return the verdict; that it depends is sure where a case on each side was seen."""
        seen = self.share not in (0.0, 1.0, None) or self.share == float(not self.at_best)
        return "open" if self.kind == "depends" and not seen else self.kind

    @property
    def at_best(self) -> bool:
        """Whether there is a deal at the best guess."""
        return self.chosen is not None


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that stands in the way, and the inputs that say so."""

    words: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One agenda in words; what is a number of an answer is told with the name of the answer.

    gains    party, points at the chosen package, answer
    package  issue, level, answer
    blocked  the sets that would each open a deal if all in them were set aside
    """

    name: str
    settled: Settled
    sign: str
    verdict: str
    share: str
    gains: tuple[tuple[str, str, str], ...]
    package: tuple[tuple[str, str, str], ...]
    blocked: tuple[tuple[Way, ...], ...]
    unblocked: str


@dataclass(frozen=True, slots=True)
class Before:
    """How it stood before a change: the same facts, and which of them are others now."""

    told: Told
    turned: bool
    moved: tuple[str, ...]


def told(situation: Situation, found: Stands) -> Told:
    """Say whether there is a deal on an agenda."""
    names, kind = Names(situation), found.settled
    return Told(
        name=found.name,
        settled=kind,
        sign=_verdict(found)[0],
        verdict=_verdict(found)[1],
        share=of_draws(found.share, found.draws) if found.share is not None else "",
        gains=tuple((capital(names.bare(g.party)), gain(g.points), f"gain.{g.party}") for g in found.gains),
        package=tuple(
            (capital(names.issue(issue)), names.level(issue, at), f"level.{issue}") for issue, at in found.chosen or ()
        ),
        blocked=tuple(tuple(_way(situation, found, one) for one in group) for group in found.blocked),
        unblocked=_unblocked(found),
    )


def before(situation: Situation, was: Stands, now: Stands) -> Before:
    """Say what was different before a change."""
    return Before(told(situation, was), _verdict(was) != _verdict(now), tuple(_moved(situation, was, now)))


def _verdict(found: Stands) -> tuple[str, str]:
    return VERDICTS.get((found.settled, found.at_best), VERDICTS["open", found.at_best])


def _unblocked(found: Stands) -> str:
    if found.at_best:
        return "nobody"
    return "" if found.blocked else "no package is on this agenda"


def _way(situation: Situation, found: Stands, one: Blocker) -> Way:
    """Name what a party has in the way, and where it is entered."""
    names, who = Names(situation), Names(situation).party(one.party)
    if one.reason != "red_line":
        path = f"{found.table}.no_deal.{one.party}"
        entered = any(n.party == one.party for n in situation.table(found.table).no_deal)
        return Way(f"{who} being better off without a deal", (path,) if entered else ())
    paths = {i: f"{party}.{i}.red_line" for party, i in found.lines if party == one.party}
    issues = f" on {names.issues(paths)}" if paths else ""
    return Way(f"the red line of {who}{issues}", tuple(paths.values()))


def _moved(situation: Situation, was: Stands, now: Stands) -> Iterator[str]:
    """Say, fact by fact, what was different."""
    names = Names(situation)
    if _verdict(was) != _verdict(now):
        yield f"it was \u201c{_verdict(was)[1]}\u201d"
    if was.share != now.share and was.share is not None:
        yield f"there was a deal in {of_draws(was.share, was.draws)}"
    if was.blocked != now.blocked and was.blocked:
        ways = [" and ".join(_way(situation, was, one).words for one in group) for group in was.blocked]
        yield f"in the way was {', or '.join(ways)}"
    old = {g.party: g.points for g in was.gains}
    new = {g.party: g.points for g in now.gains}
    lost = [p for p in old if tenths(old[p]) != tenths(new.get(p, 0.0)) or p not in new]
    for party in lost:
        yield f"{names.party(party)} gained {gain(old[party])} points"
