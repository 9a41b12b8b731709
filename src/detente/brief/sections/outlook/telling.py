"""How are shares of draws, worlds, agendas and dyads named in sentences, and what do these rest on?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from detente.boards.outside.dyads import Dyad
from detente.brief.document import Sentence
from detente.brief.outlook import Classed, OfClasses, Outlook
from detente.brief.register import Register
from detente.brief.sections.prevailing.telling import roughly
from detente.brief.words import Names, listed
from detente.figures.text import gain
from detente.outlook.courses import EVENTS, TABLE_STATES, Setting, Sums
from detente.situation.paths import inputs
from detente.situation.values import Basis, BasisKind

POINTS = 100  # basis points in a point
DRAWN = "every input drawn over its range, and beside them what is assumed of rounds, crises and waiting"
COURSES = "agenda, package, timing, crises and incidents, draw by draw and round by round"
COMMAND = Basis(kind="entered", by="the command")


@runtime_checkable
class TellsClasses(Protocol):
    """Whatever sentences on reference classes are made with."""

    @property
    def found(self) -> OfClasses:
        """What was found out."""
        ...

    @property
    def register(self) -> Register:
        """What sentences rest on."""
        ...

    def plain(self, text: str, how: str, *refs: str) -> Sentence:
        """Return a sentence that rests on no draw."""
        ...


@dataclass(frozen=True, slots=True)
class Classing:
    """Reference classes alone, with the register of the page that they go into."""

    found: Classed
    register: Register

    def plain(self, text: str, how: str, *refs: str) -> Sentence:
        """Return a sentence that rests on no draw."""
        return Sentence(text, (self.register.derive(how, *refs),))


@dataclass(frozen=True, slots=True)
class Standing:
    """In how many of `draws` what stands after the last round of one world, and in how many talks ever broke off."""

    world: str
    draws: int
    agreed: int
    conceded: int
    talking: int
    broken: int
    ever_broken: int
    force: int
    war: int

    @property
    def parts(self) -> tuple[float, float, float, float]:
        """The shares of agreed, conceded, talking and broken off, which add up to 1."""
        whole = max(self.draws, 1)
        return (self.agreed / whole, self.conceded / whole, self.talking / whole, self.broken / whole)


@dataclass(frozen=True, slots=True)
class Telling:
    """The answers with the names and the register of the brief that they go into."""

    found: Outlook
    names: Names
    register: Register
    resting: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def setting(self) -> Setting:
        """The names of the axes."""
        return self.found.sums.setting

    def say(self, text: str, how: str = COURSES, mark: BasisKind | None = None) -> Sentence:
        """Return a sentence on the model's draws, which leads back to all that was drawn."""
        return Sentence(text, (self.register.derive(how, self.drawn()), self.drawn()), mark)

    @property
    def worlds(self) -> tuple[str, ...]:
        """The names of the worlds."""
        return tuple(str(world) for world in self.setting.worlds)

    def row(self, head: str, cells: Iterable[str], how: str = COURSES) -> tuple[Sentence, ...]:
        """Return a row of a table: its head stands on what is assumed, and so does all that follows it."""
        return (self.share(head, how), *(self.say(cell, how) for cell in cells))

    def share(self, text: str, how: str = COURSES) -> Sentence:
        """Return a sentence on a share of draws: it stands on what is assumed."""
        return self.say(text, how, "assumed")

    def plain(self, text: str, how: str, *refs: str) -> Sentence:
        """Return a sentence that rests on no draw."""
        return Sentence(text, (self.register.derive(how, *refs),))

    def drawn(self) -> str:
        """Return the id of all that was drawn: the inputs of the situation and the assumed ones."""
        if not self.resting:
            ranges = (*(i.value for i in inputs(self.found.situation)), *(at for _, at in self.found.swept))
            self.resting.append(self.register.derive(DRAWN, *self.register.ranges(*ranges)))
        return self.resting[0]

    def who(self, dyad: Dyad) -> str:
        """Return who would challenge whom."""
        return f"{self.names.party(dyad.challenger)} against {self.names.party(dyad.target)}"

    def package(self, options: Sequence[int]) -> str:
        """Return a package in words: what it moves away from today."""
        setting = self.setting
        moved = [
            (issue, float(setting.levels[k][option]))
            for k, (issue, option) in enumerate(zip(setting.issues, options, strict=True))
            if option != setting.status_quo[k]
        ]
        return self.names.package(moved) or "everything as today"

    def agenda(self, mode: int) -> str:
        """Return an agenda as it stands in a sentence."""
        return self.setting.modes[mode] if mode < len(self.setting.modes) else "no agenda"

    def parties(self, mask: int) -> str:
        """Return the parties of a bit mask, joined by "or"."""
        found = [self.names.party(p) for k, p in enumerate(self.setting.parties) if mask >> k & 1]
        return " or ".join(listed(found).rsplit(" and ", 1)) if found else "nobody"


def standing(sums: Sums, world: int) -> Standing:
    """Count what stands after the last round of one world."""
    table = sums.state[world, -1].sum(axis=1)
    by_name = dict(zip(TABLE_STATES, table.tolist(), strict=True))
    ever = dict(zip(EVENTS, sums.ever[world, -1].tolist(), strict=True))
    agreed = int(sums.settled_in[world].sum())
    return Standing(
        world=str(sums.setting.worlds[world]),
        draws=int(sums.count[world]),
        agreed=agreed,
        conceded=by_name["partial"] + by_name["full"] - agreed,
        talking=by_name["talks"] + by_name["none"],
        broken=by_name["collapsed"],
        ever_broken=ever["collapse"],
        force=ever["force"],
        war=ever["war"],
    )


def of_all(count: int, draws: int) -> str:
    """Return in how many draws something is so, in round words.

    >>> of_all(700, 2048), of_all(0, 2048), of_all(7, 2048), of_all(2048, 2048), of_all(1, 1)
    ('about a third of the 2,048 draws', 'none of the 2,048 draws', '7 of the 2,048 draws', 'all 2,048 draws', \
'the one draw made')
    """
    if draws <= 1:
        return "the one draw made" if count else "no draw"
    words = words_of(count, draws)
    if words == "hardly any":
        return f"{count:,} of the {draws:,} draws"
    return f"all {draws:,} draws" if words == "all" else f"{words} of the {draws:,} draws"


def words_of(count: int, draws: int) -> str:
    """Return a share of draws in round words, "none" where there is no draw.

    >>> words_of(1024, 2048), words_of(3, 0)
    ('about half', 'none')
    """
    return roughly(count / draws) if draws else "none"


def by_world(shares: Sequence[tuple[str, int, int]], of: str = "") -> str:
    """Say in which share of its draws something is so in every world: (world, count, draws); `of` follows the first.

    >>> by_world([("drift", 5, 10), ("force", 5, 10)])
    'about half in every world'
    >>> by_world([("drift", 1, 10), ("squeeze", 5, 10), ("force", 5, 10)], " of the draws")
    'about a tenth of the draws in “drift” and about half in “squeeze” and “force”'
    """
    alike: dict[str, list[str]] = {}
    for world, count, draws in shares:
        alike.setdefault(words_of(count, draws), []).append(named(world))
    if len(alike) == 1 and len(shares) > 1:
        return f"{next(iter(alike))}{of} in every world"
    return listed(
        f"{words}{of if k == 0 else ''} in {listed(worlds)}" for k, (words, worlds) in enumerate(alike.items())
    )


def named(world: str) -> str:
    """Return a world as it stands in a sentence, in quotes: one of them is called force.

    >>> named("drift")
    '“drift”'
    """
    return f"\u201c{world}\u201d"


def points(basis_points: float) -> str:
    """Return a mean gain in points, with its sign.

    >>> points(1234.0), points(-3.0)
    ('+12.3', '0')
    """
    return gain(basis_points / POINTS)
