"""What does pressing do: each agenda held in every draw, on the same draws, against the first one?"""

from dataclasses import dataclass

import numpy as np

from detente import figures as draw
from detente.brief.document import Block, Figure, Grid, Listing, Paragraph, Sentence
from detente.brief.outlook import Pressed
from detente.brief.sections.outlook.telling import POINTS, Telling, by_world, named, points, standing
from detente.brief.words import capital, listed
from detente.figures import written
from detente.figures.text import tenths

HOW = "the same draws once more, with one agenda held in each of them"
NAMED = 3  # voices with more, and with less, that a sentence names
SAME = 0.05  # of the draws: agendas that come closer than that in every world are alike
LEAST = 1.0  # points on average, below which nobody is said to gain or lose
PARTS: tuple[tuple[str, draw.Fill], ...] = (
    ("an agreement stands", "settled"),
    ("one side has given in", "partly"),
    ("talks go on", "open"),
    ("talks have broken off", "failed"),
)


@dataclass(frozen=True, slots=True)
class Against:
    """One agenda beside the first: what stands in every world, and what each voice has more or less on average."""

    pressed: Pressed
    agreed: tuple[int, ...]
    draws: tuple[int, ...]
    broken: tuple[int, ...]


def blocks(told: Telling) -> tuple[Block, ...]:
    """Say, draw and set out what follows where one agenda is insisted on."""
    found = told.found.pressed
    if len(found) < 2:
        return (Paragraph((_none(told),)),)
    return (
        Listing(tuple(_sentence(one, told) for one in _against(told))),
        _matrix(told),
        *(_content(told, w) for w in _worlds(told)),
        *(_gains(told, w) for w in _worlds(told)),
    )


def in_short(told: Telling) -> tuple[Sentence, ...]:
    """Say which agenda costs most agreements, and what another one does that is pressed for."""
    if len(told.found.pressed) < 2:
        return ()
    first, *others = _against(told)
    worst, best = (choose(others, key=lambda one: sum(one.agreed)) for choose in (min, max))
    if _alike(worst, first) or sum(worst.agreed) >= sum(first.agreed):
        return (told.share(f"No agenda that is pressed for costs many agreements beside {_held(first, told)}.", HOW),)
    text = (
        f"Of what is pressed for, {worst.pressed.agenda} costs most agreements: insisted on in every draw, it leaves "
        f"one in {_by_world(worst, told)}; {_held(first, told)}."
    )
    if best is worst:
        return (told.share(text, HOW),)
    if _alike(best, first):
        rest = f"{capital(best.pressed.agenda)} leaves about as many as {first.pressed.agenda}."
    else:
        rest = f"{capital(_held(best, told))}."
    return (told.share(text, HOW), told.share(rest, HOW))


def _held(one: Against, told: Telling) -> str:
    return f"{one.pressed.agenda} leaves one in {_by_world(one, told)}"


def _alike(one: Against, first: Against) -> bool:
    """Whether an agenda leaves about as many agreements as the first in every world."""
    each = zip(one.agreed, first.agreed, one.draws, strict=True)
    return all(abs(a - b) <= SAME * n for a, b, n in each)


def _none(told: Telling) -> Sentence:
    if told.found.sums.setting.modes and len(told.setting.modes) > 1:
        return told.plain("One agenda is held in every draw, so that none is compared with another.", HOW)
    return told.plain("Nobody presses for another agenda, so that there is none to compare.", HOW)


def _worlds(told: Telling) -> list[int]:
    """Return the worlds in which any draw counts."""
    return [w for w in range(len(told.worlds)) if told.found.pressed[0].sums.count[w]]


def _against(told: Telling) -> list[Against]:
    found = []
    for one in told.found.pressed:
        each = [standing(one.sums, w) for w in _worlds(told)]
        found.append(
            Against(
                one,
                tuple(s.agreed for s in each),
                tuple(s.draws for s in each),
                tuple(s.ever_broken for s in each),
            )
        )
    return found


def _by_world(one: Against, told: Telling, *, broken: bool = False) -> str:
    counts = one.broken if broken else one.agreed
    shares = [(told.worlds[w], c, n) for w, c, n in zip(_worlds(told), counts, one.draws, strict=True)]
    return by_world(shares, f" of {one.draws[0]:,} draws" if len(set(one.draws)) == 1 else " of the draws")


def _sentence(one: Against, told: Telling) -> Sentence:
    same = _same_as(one, told)
    if same:
        return told.share(f"{capital(one.pressed.agenda)}: the same as {same}.", HOW)
    text = (
        f"{capital(one.pressed.agenda)}: an agreement stands at the end in {_by_world(one, told)}; talks break off at "
        f"some time in {_by_world(one, told, broken=True)}."
    )
    changes = _changes(one, told)
    return told.share(f"{text}{f' {changes}' if changes else ''}", HOW)


def _same_as(one: Against, told: Telling) -> str | None:
    """Return the earlier agenda that comes to the same in every count."""
    for other in told.found.pressed:
        if other is one.pressed:
            return None
        a, b = other.sums, one.pressed.sums
        if np.array_equal(a.state, b.state) and np.array_equal(a.total.sum(axis=1), b.total.sum(axis=1)):
            return other.agenda
    return None


def _changes(one: Against, told: Telling) -> str:
    """Say who has more and who has less than on the first agenda, in the first world."""
    first, world = told.found.pressed[0], _worlds(told)[0]
    if one.pressed is first:
        return ""
    change = _means(one.pressed, world) - _means(first, world)
    order = np.argsort(-np.abs(change), kind="stable").tolist()
    named_ = [(told.names.party(told.setting.voices[v]), tenths(float(change[v]) / POINTS)) for v in order]
    more = [f"{who} ({by:+.1f})" for who, by in named_ if by >= LEAST][:NAMED]
    less = [f"{who} ({by:+.1f})" for who, by in named_ if by <= -LEAST][:NAMED]
    parts = [f"{words} {listed(who)}" for words, who in (("more for", more), ("less for", less)) if who]
    where = f"Against {first.agenda} that is, in {named(told.worlds[world])} and in points on average over all draws,"
    return f"{where} {' and '.join(parts)}." if parts else f"{where} not much for anybody."


def _means(one: Pressed, world: int) -> np.ndarray:
    """Return what every voice gains on average over all draws, in basis points; where nothing is agreed, 0."""
    return np.asarray(one.sums.total[world].sum(axis=0) / max(int(one.sums.count[world]), 1))


def _matrix(told: Telling) -> Figure:
    """Draw agendas down the side and worlds across, a bar in parts for each."""
    worlds = _worlds(told)
    rows = tuple((capital(one.agenda), tuple(_cell(one, w) for w in worlds)) for one in told.found.pressed)
    data = draw.Stacked(PARTS, tuple(told.worlds[w] for w in worlds), rows)
    title = "What stands at the end, with one agenda held in every draw"
    desc = (
        "Agendas down the side, worlds across. Under each bar: the share of the draws with an agreement, and the share "
        "in which talks broke off at some time."
    )
    svg = draw.stacked(data, id="fig-pressing", title=title, desc=desc)
    svg += draw.stacked(data, id="fig-pressing-narrow", title=title, desc=desc, width=draw.NARROW)
    names = (*(name for name, _ in PARTS), "broken off at some time")
    cells = tuple(
        told.row(f"{capital(one.agenda)}, {told.worlds[w]}", (draw.share_of(share) for share in _shares(one, w)), HOW)
        for one in told.found.pressed
        for w in worlds
    )
    grid = Grid(told.share(f"{title}: shares of {told.found.pressed_draws:,} draws.", HOW), ("agenda", *names), cells)
    caption = told.share(f"{title}: shares of {told.found.pressed_draws:,} draws. {desc}", HOW)
    return Figure("pressing", svg, caption, grid, draw.stacked_as_text(data))


def _shares(one: Pressed, world: int) -> tuple[float, ...]:
    found = standing(one.sums, world)
    return (*found.parts, found.ever_broken / max(found.draws, 1))


def _cell(one: Pressed, world: int) -> draw.StackedCell:
    agreed, *others, broken = _shares(one, world)
    return draw.StackedCell((agreed, *others), f"{draw.share_of(agreed)} · {draw.share_of(broken)}")


def _content(told: Telling, world: int) -> Grid:
    """Set out the mean level of every issue where an agreement stands, agenda by agenda."""
    setting, found = told.setting, told.found.pressed
    rows = []
    for i, issue in enumerate(setting.issues):
        today = float(setting.levels[i][setting.status_quo[i]])
        name = f"{capital(told.names.issue(issue))} (today {told.names.level(issue, today)})"
        rows.append(told.row(name, (_level(one, world, i) for one in found), HOW))
    where = named(told.worlds[world])
    caption = told.share(
        f"Mean level of every issue in {where} where an agreement stands, agenda by agenda, in the issue's unit.", HOW
    )
    return Grid(caption, ("issue", *(one.agenda for one in found)), tuple(rows), fold=f"What is agreed in {where}")


def _level(one: Pressed, world: int, issue: int) -> str:
    counts, levels = one.sums.level[issue][world].sum(axis=0), one.sums.setting.levels[issue]
    settled = int(counts.sum())
    if not settled:
        return "no agreement"
    return written(float(counts @ levels) / settled, float(levels[-1] - levels[0]))


def _gains(told: Telling, world: int) -> Grid:
    """Set out what every voice has on average over all draws, agenda by agenda, and the change from the first."""
    setting, found = told.setting, told.found.pressed
    means = [_means(one, world) for one in found]
    rows = []
    for v, voice in enumerate(setting.voices):
        seat = "" if voice in setting.parties else ", without a seat"
        first = points(float(means[0][v]))
        cells = [first, *(f"{points(float(m[v]))} ({points(float(m[v] - means[0][v]))})" for m in means[1:])]
        rows.append(told.row(f"{capital(told.names.bare(voice))}{seat}", cells, HOW))
    where = named(told.worlds[world])
    caption = told.share(
        f"What every voice gains beyond no deal in {where}, on average over all draws, nothing where none is agreed, "
        f"in points of 100; in brackets the change from {found[0].agenda}.",
        HOW,
    )
    heads = ("voice", *(one.agenda for one in found))
    return Grid(caption, heads, tuple(rows), fold=f"Who gains and who loses in {where}")
