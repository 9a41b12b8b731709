"""How does a crisis end in each world, by every equilibrium of it, and where does today's state hold?"""

from dataclasses import dataclass

from detente.errors import UsageError
from detente.figures.legend import legend
from detente.figures.svg import INK, LINE, PAPER, SOFT_INK, USUAL, WASH, group, hint, number, picture, tag, text
from detente.figures.text import one_line, shorten, wrap

EDGE = 10.0
SURE = 0.995
BAR, STEP = 10.0, 13.0  # the height of a bar, and from one to the next
FIGURES = 30.0  # the room for a share written beside its bar
ROOMY = 500.0  # below it the words stand closer


@dataclass(frozen=True, slots=True)
class Spread:
    """A share of probability over draws, each between 0 and 1."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True, slots=True)
class CrisisWorld:
    """One world: the share of probability of every outcome by every equilibrium at the best guess, and over draws.

    `equilibria` are as many rows of shares as there are equilibria, `spread` one a share where draws were taken,
    `note` a few words under the world's name; where there is one, a single equilibrium is not counted beside it.
    """

    name: str
    equilibria: tuple[tuple[float, ...], ...]
    spread: tuple[Spread, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CrisisWorlds:
    """The crisis of two parties: outcomes down the side, worlds across; `measure` is what a bar shows."""

    outcomes: tuple[str, ...]
    worlds: tuple[CrisisWorld, ...]
    measure: str = "share of the model's probability"

    def only(self) -> str | None:
        """Return the outcome that is all but certain by every equilibrium of every world: then nothing is drawn."""
        sure = [k for k in range(len(self.outcomes)) if all(e[k] >= SURE for w in self.worlds for e in w.equilibria)]
        drawn = [s for w in self.worlds for s in w.spread[sure[0] : sure[0] + 1]] if sure else []
        return self.outcomes[sure[0]] if sure and all(s.low >= SURE for s in drawn) else None


@dataclass(frozen=True, slots=True)
class Held:
    """In what share of draws a state holds: one row of shares a world, one share a concept, None: not asked."""

    concepts: tuple[str, ...]
    worlds: tuple[tuple[str, tuple[float | None, ...]], ...]

    def only(self) -> float | None:
        """Return the share where it is 0 or 1 everywhere: then a sentence says it."""
        found = {share for _, shares in self.worlds for share in shares}
        return found.pop() if found in ({0.0}, {1.0}) else None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where the columns stand and how wide they are."""

    id: str
    head: float
    wide: float
    width: float

    def left(self, column: int) -> float:
        return EDGE + self.head + self.wide * column

    @property
    def bar(self) -> float:
        return self.wide - FIGURES - 12


def worlds(crisis: CrisisWorlds, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw a small bar for every equilibrium of every world and outcome, and a range where there are draws.

    Raises UsageError where a world has not one share for every outcome.

    >>> one = CrisisWorld("drift", ((0.7, 0.1, 0.1, 0.1), (0.2, 0.1, 0.1, 0.6)))
    >>> crisis = CrisisWorlds(("nothing", "concession", "back down", "force"), (one,))
    >>> "2 equilibria" in worlds(crisis, id="f", title="Worlds", desc="One world.")
    True
    """
    whole(crisis)
    sheet = _sheet(id, len(crisis.worlds), 116.0 if width > ROOMY else 86.0, width)
    drawn, y = _heads([(w.name, told_of(w)) for w in crisis.worlds], sheet)
    parts = [tag("defs", _hatch(id)), drawn]
    for at, outcome in enumerate(crisis.outcomes):
        drawn, y = _outcome(crisis, at, sheet, y)
        parts.append(group(hint(outcome), drawn))
    samples, y = legend(_samples(crisis, id), y + 12, sheet.width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(sheet.width, y))


def told_of(world: CrisisWorld) -> tuple[str, ...]:
    """Say how many equilibria a world has, and its note.

    >>> told_of(CrisisWorld("drift", ((1.0,), (0.0,)), note="closed")), told_of(CrisisWorld("force", ((1.0,),)))
    (('2 equilibria', 'closed'), ('1 equilibrium',))
    """
    many = len(world.equilibria)
    if many == 1:
        return (world.note or "1 equilibrium",)
    return (f"{many or 'no'} equilibria", *((world.note,) if world.note else ()))


def whole(crisis: CrisisWorlds) -> None:
    """Check that every world has one share for every outcome.

    Raises UsageError where it has not.
    """
    many = len(crisis.outcomes)
    for world in crisis.worlds:
        if any(len(row) != many for row in world.equilibria) or len(world.spread) not in (0, many):
            raise UsageError(
                f"The world '{world.name}' has not one share for each of the {many} outcomes. "
                "Give every equilibrium, and the spread, as many shares as there are outcomes."
            )


def _sheet(id: str, columns: int, head: float, width: float) -> _Sheet:
    wide = min(max((width - head - 2 * EDGE) / max(columns, 1), 72.0), 260.0)
    return _Sheet(id, head, wide, max(width, head + 2 * EDGE + wide * columns))


def _heads(columns: list[tuple[str, tuple[str, ...]]], sheet: _Sheet) -> tuple[str, float]:
    """Set names over their columns, and small print under each."""
    parts: list[str] = []
    lowest = EDGE
    for at, (name, small) in enumerate(columns):
        x, y = sheet.left(at) + 4, EDGE
        for line in wrap(name, sheet.wide - 10, 12.8, lines=2):
            y += 15
            parts.append(text(line, x, y, font_size=12.5, font_weight=650))
        for line in (line for told in small if told for line in wrap(told, sheet.wide - 8, 11, lines=4)):
            y += 13.5
            parts.append(text(line, x, y, font_size=11, fill=SOFT_INK))
        lowest = max(lowest, y)
    return group(*parts), lowest + 9


def _outcome(crisis: CrisisWorlds, at: int, sheet: _Sheet, top: float) -> tuple[str, float]:
    name = wrap(crisis.outcomes[at], sheet.head - 6, 12.5, lines=5)
    many = max((len(w.equilibria) for w in crisis.worlds), default=1)
    drawn = any(w.spread for w in crisis.worlds)
    tall = max(15.0 * len(name) + 10, STEP * many + (12 if drawn else 0) + 14)
    parts = [tag("path", d=f"M{EDGE} {number(top)}H{number(sheet.width - EDGE)}", stroke=LINE)]
    parts += [text(line, EDGE, top + 20 + 15 * k, font_size=12.5) for k, line in enumerate(name)]
    for column, world in enumerate(crisis.worlds):
        x, y = sheet.left(column) + 4, top + 10
        told = f"{crisis.outcomes[at]}, {world.name}: "
        for k, row in enumerate(world.equilibria):
            parts.append(_bar(sheet, row[at], k, (x, y), f"{told}{row[at]:.2f} by equilibrium {k + 1}"))
            y += STEP
        if world.spread:
            parts.append(_range(world.spread[at], (x, y + 3), sheet.bar, told))
    return group(*parts), top + tall


def _bar(sheet: _Sheet, share: float, k: int, spot: tuple[float, float], told: str) -> str:
    x, y = spot
    track = tag("rect", x=x, y=y, width=sheet.bar, height=BAR, fill=WASH)
    filled = tag("rect", x=x, y=y, width=max(share * sheet.bar, 0.8), height=BAR, **_filling(sheet.id, k))
    words = text(f"{share:.2f}", x + sheet.bar + 5, y + BAR - 1, font_size=11)
    return group(hint(told), track, filled, words)


def _filling(id: str, k: int) -> dict[str, str | float]:
    """Tell equilibria apart without colour: full, hatched, hollow."""
    fill = (SOFT_INK, f"url(#{id}-second)", PAPER)[k % 3]
    return {"fill": fill, "stroke": INK, "stroke_width": 1.0}


def _hatch(id: str) -> str:
    ground = tag("rect", width=5, height=5, fill=PAPER)
    lines = tag("path", d="M0 5L5 0M-1 1L1 -1M4 6L6 4", stroke=INK, stroke_width=1.3)
    return tag("pattern", ground + lines, id=f"{id}-second", width=5, height=5, patternUnits="userSpaceOnUse")


def _range(spread: Spread, spot: tuple[float, float], wide: float, told: str) -> str:
    """Draw a range over draws: a line from tick to tick, and a dot at the mean."""
    x, y = spot
    low, mean, high = (x + share * wide for share in (spread.low, spread.mean, spread.high))
    line = tag("path", d=f"M{number(low)} {number(y - 3)}v6m0 -3H{number(high)}m0 -3v6", fill="none", stroke=INK)
    dot = tag("circle", cx=mean, cy=y, r=2.8, fill=INK)
    words = f"{told}{spread.low:.2f} to {spread.high:.2f} over draws, {spread.mean:.2f} on average"
    return group(hint(words), line, dot)


def _samples(crisis: CrisisWorlds, id: str) -> list[tuple[str, str]]:
    many = max((len(w.equilibria) for w in crisis.worlds), default=0)
    entries = [
        (
            tag("rect", x=0, y=-5, width=30, height=BAR, **_filling(id, k)),
            one_line(crisis.measure) if many == 1 else f"the same, by equilibrium {k + 1}" if k else
            f"{one_line(crisis.measure)}, by equilibrium 1",
        )
        for k in range(many)
    ]  # fmt: skip
    if any(w.spread for w in crisis.worlds):
        entries.append((_range(Spread(0, 0.6, 1), (1.0, 0.0), 28.0, ""), "low, mean and high over draws"))
    return entries


def held(data: Held, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw in what share of draws a state holds, a strip for every world, a bar for every concept.

    >>> strip = Held(("Nash", "SEQ"), (("drift", (0.25, 1.0)),))
    >>> "0.25" in held(strip, id="f", title="Today", desc="One world.")
    True
    """
    head = 116.0 if width > ROOMY else 66.0
    wide = min(max((width - head - 2 * EDGE) / max(len(data.concepts), 1), 52.0), 150.0)
    sheet = _Sheet(id, head, wide, max(width, head + 2 * EDGE + wide * len(data.concepts)))
    drawn, y = _heads([(concept, ()) for concept in data.concepts], sheet)
    parts = [drawn]
    for world, shares in data.worlds:
        rule = tag("path", d=f"M{EDGE} {number(y)}H{number(sheet.width - EDGE)}", stroke=LINE)
        name = text(shorten(world, head - 6, 12.5), EDGE, y + 22, font_size=12.5)
        cells = [_strip(sheet, at, share, y, f"{world}, {data.concepts[at]}") for at, share in enumerate(shares)]
        parts.append(group(rule, name, *cells))
        y += 44
    sample = _filled(0.0, -6.0, 30.0, 0.6)
    samples, y = legend([(sample, "share of the model's draws in which it holds")], y + 12, sheet.width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(sheet.width, y))


def _strip(sheet: _Sheet, at: int, share: float | None, top: float, told: str) -> str:
    x = sheet.left(at) + 4
    if share is None:
        return group(hint(f"{told}: not asked"), text("–", x, top + 22, font_size=12, fill=SOFT_INK))
    words = text(f"{share:.2f}", x, top + 36, font_size=11, fill=SOFT_INK)
    return group(hint(f"{told}: {share:.2f} of draws"), _filled(x, top + 10, sheet.wide - 12, share), words)


def _filled(x: float, y: float, wide: float, share: float) -> str:
    full = tag("rect", x=x, y=y, width=share * wide, height=12, fill=SOFT_INK) if share > 0 else ""
    return full + tag("rect", x=x, y=y, width=wide, height=12, fill="none", stroke=INK, stroke_width=1)
