"""How are packages, gains and inputs of one table named in sentences, and what do these rest on?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.brief.dealt import Dealt
from detente.brief.document import Sentence
from detente.brief.register import Register
from detente.brief.words import Names, listed
from detente.figures.text import gain, tenths
from detente.situation.paths import inputs
from detente.situation.values import BasisKind

POINTS = 100.0  # basis points in a point
SAME = 1e-9  # distance between two levels, below which they are one


@dataclass(frozen=True, slots=True)
class Telling:
    """The answers with the names and the register of the brief that they go into."""

    dealt: Dealt
    names: Names
    register: Register
    resting: list[tuple[str, ...]] = field(default_factory=list, init=False, repr=False, compare=False)

    def package(self, options: Sequence[int]) -> str:
        """Return a package in words: the issues that the agenda leaves open, each at its level."""
        found = self.dealt.packages
        held = [k for k, issue in enumerate(found.issues) if issue in self.dealt.held]
        return self.names.package((found.issues[k], float(found.levels[k][int(options[k])])) for k in held)

    def moved(self, options: Sequence[int], origin: Sequence[int]) -> str:
        """Return only what a package moves away from another."""
        found = self.dealt.packages
        other = [k for k in range(len(found.issues)) if int(options[k]) != int(origin[k])]
        return self.names.package((found.issues[k], float(found.levels[k][int(options[k])])) for k in other)

    def level(self, issue: str, option: int) -> str:
        """Return one level of one issue in words."""
        return self.names.package([(issue, self.at(issue, option))])

    def at(self, issue: str, option: int) -> float:
        """Return one level of one issue in its unit."""
        found = self.dealt.packages
        return float(found.levels[found.issues.index(issue)][option])

    def whole(self, options: Sequence[int]) -> str:
        """Return a package in words, with the issues that the agenda leaves out and the package moves."""
        found = self.dealt.packages
        at = [(issue, float(found.levels[k][int(options[k])])) for k, issue in enumerate(found.issues)]
        today = {i.id: i.status_quo.best for i in self.dealt.situation.issues}
        return self.names.package((i, x) for i, x in at if i in self.dealt.held or abs(x - today.get(i, x)) > SAME)

    def steps(self, options: Sequence[int], origin: Sequence[int]) -> str:
        """Return what a package moves away from another: each issue from where to where."""
        found = self.dealt.packages
        rows = [
            f"{self.names.issue(issue)} from {self.names.level(issue, float(found.levels[k][int(origin[k])]))} to "
            f"{self.names.level(issue, float(found.levels[k][int(options[k])]))}"
            for k, issue in enumerate(found.issues)
            if int(options[k]) != int(origin[k])
        ]
        return "; ".join(rows)

    def gains(self, parties: Sequence[str], gains: Sequence[int]) -> str:
        """Return what everybody gains, in points."""
        return ", ".join(f"{self.names.party(p)} {signed(g)}" for p, g in zip(parties, gains, strict=True))

    def parties(self, parties: Sequence[str]) -> str:
        """Return parties as a list in prose."""
        return listed(self.names.party(p) for p in parties)

    def say(self, text: str, how: str, mark: BasisKind | None = None) -> Sentence:
        """Return a sentence that rests on a computation over everything this table rests on."""
        return Sentence(text, (self.register.derive(how, *self.grounds()),), mark)

    def grounds(self) -> tuple[str, ...]:
        """Return the ids of every value that the table's scores, red lines and no-deal values rest on."""
        if not self.resting:  # the same for every sentence, and there are many
            self.resting.append(self._grounds())
        return self.resting[0]

    def _grounds(self) -> tuple[str, ...]:
        found = self.dealt.packages
        voiced = {f"{p}.{i}." for p in (*found.parties, *found.ratifiers) for i in self.dealt.held}
        values = [
            i.value
            for i in inputs(self.dealt.situation)
            if any(i.path.startswith(v) for v in voiced) or i.path.startswith(f"{self.dealt.table}.no_deal.")
        ]
        return self.register.ranges(*values)


def signed(basis_points: float) -> str:
    """Return a gain in points, with its sign.

    >>> signed(1234), signed(-50), signed(0)
    ('+12.3', '-0.5', '0')
    """
    return gain(basis_points / POINTS)


def points(basis_points: float) -> str:
    """Return an amount in points.

    >>> points(1234), points(100)
    ('12.3 points', '1 point')
    """
    amount = tenths(basis_points / POINTS)
    return f"{amount:.1f} points" if amount != 1 else "1 point"
