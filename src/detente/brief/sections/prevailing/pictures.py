"""Which pictures show who prevails? The answers, handed to the figures with the tables behind them."""

from collections.abc import Sequence

from detente import figures as draw
from detente.brief.document import Figure, Grid, Sentence
from detente.brief.prevailing import Band, Lens, OnIssue, Standing
from detente.brief.sections.prevailing.telling import BASELINES, Telling, drawn, every, model, weakest, weights
from detente.brief.words import capital
from detente.figures import span_of, written
from detente.situation.values import Range

LEVELS = 21  # of the shares that are drawn
HEADS = ("member", "position", "salience", "influence", "share of the weight")


def decision(one: OnIssue, told: Telling) -> tuple[Figure, ...]:
    """Draw the shares of the model over the scale, and the members on the same scale."""
    if one.agreed:
        return ()
    issue, (low, high), shares = told.issue(one), told.ends(one), weights(one)
    today = issue.status_quo
    data = draw.Decided(
        issue=_titled(one, told),
        low=low,
        high=high,
        landmarks=told.landmarks(one),
        shares=coarse(one.shares),
        forecast=_interval(one.forecast),
        compromise=one.compromise,
        climatology=_interval(one.climatology),
        today=draw.Level(today.low, today.best, today.high, today.basis.kind),
        members=tuple(_member(s, shares[s.party], told) for s in drawn(one)),
    )
    id_ = f"decision-{told.key}-{one.issue}"
    name = told.names.issue(one.issue)
    title = f"Where {told.body} may come out on {name}" if not told.found.veto else f"Where the weight lies on {name}"
    desc = f"Shares of the model over the scale, and where {every(one)} stands, the larger the more it weighs."
    svg = draw.decision(data, id=f"fig-{id_}", title=title, desc=desc)
    svg += draw.decision(data, id=f"fig-{id_}-narrow", title=title, desc=desc, width=draw.NARROW)
    grid = Grid(
        told.say(f"{title}: its members.", one),
        HEADS,
        tuple(_standing(s, shares[s.party], one, told) for s in sorted(one.standings, key=lambda s: s.position.best)),
    )
    return (Figure(id_, svg, told.say(f"{title}. {desc}", one), grid, draw.decision_as_text(data)),)


def coarse(shares: Sequence[float], most: int = LEVELS) -> tuple[float, ...]:
    """Return shares at evenly spaced levels, both ends included, gathered at fewer such levels.

    >>> coarse((0.1, 0.2, 0.4, 0.2, 0.1), most=3) == (0.2, 0.6, 0.2)
    True
    >>> coarse((0.5, 0.5))
    (0.5, 0.5)
    """
    if len(shares) <= most:
        return tuple(shares)
    found, last = [0.0] * most, len(shares) - 1
    for k, share in enumerate(shares):
        place = k * (most - 1) / last
        down = int(place)
        # What lies half-way between two levels is shared by them, so that the picture leans to neither side.
        if abs(place - down - 0.5) < 1e-9:
            found[down] += share / 2
            found[down + 1] += share / 2
        else:
            found[round(place)] += share
    return tuple(found)


def _interval(band: Band) -> draw.Interval:
    return draw.Interval(band.low, band.median, band.high)


def _titled(one: OnIssue, told: Telling) -> str:
    issue = told.issue(one)
    return capital(issue.name) + (f" ({issue.unit})" if issue.unit else "")


def _member(one: Standing, weight: float, told: Telling) -> draw.Member:
    at = one.position
    span = draw.Span(capital(told.names.bare(one.party)), at.low, at.best, at.high, at.basis.kind)
    return draw.Member(span, weight, weakest(one))


def _standing(one: Standing, weight: float, on: OnIssue, told: Telling) -> tuple[Sentence, ...]:
    head = Sentence(capital(told.names.bare(one.party)), told.register.ranges(one.position), one.position.basis.kind)
    share = told.register.derive("influence x salience at the best guess", *told.refs(one))
    low, high = told.ends(on)
    width = high - low
    return (
        head,
        _value(one.position, told, width),
        _value(one.salience, told),
        _value(one.influence, told) if one.influence is not None else _alike(one, told),
        Sentence(draw.share_of(weight), (share,)),
    )


def _value(value: Range, told: Telling, width: float | None = None) -> Sentence:
    text, ends = written(value.best, width), f"{written(value.low, width)} to {written(value.high, width)}"
    return Sentence(text if value.is_point else f"{text} ({ends})", told.register.ranges(value), value.basis.kind)


def _alike(one: Standing, told: Telling) -> Sentence:
    refs = tuple(r for r in told.refs(one) if r not in told.register.ranges(one.position, one.salience))
    return Sentence("1, as all", refs, "assumed")


def shares(one: OnIssue, told: Telling) -> tuple[Grid, ...]:
    """Set out the shares of the model as numbers, for who asks for them."""
    if one.agreed:
        return ()
    (low, high), found = told.ends(one), coarse(one.shares)
    step, rows, below = (high - low) / (len(found) - 1), [], 0.0
    for k, share in enumerate(found):
        below += share
        rows.append(
            tuple(told.say(text, one) for text in (told.number(one, low + k * step), f"{share:.3f}", f"{below:.3f}"))
        )
    name = told.names.issue(one.issue)
    caption = told.say(f"Shares of the model on {name}, level by level.", one)
    return (Grid(caption, ("level", "share", "at or below"), tuple(rows), fold=f"Shares of the model on {name}"),)


def lenses(one: OnIssue, told: Telling) -> tuple[Figure, ...]:
    """Draw what every model says of an issue, one row each."""
    found = told.lenses(one)
    if one.agreed or not found:
        return ()
    (low, high), name = told.ends(one), told.names.issue(one.issue)
    rows = tuple(
        draw.LensRow(
            capital(model(lens.name)), _part(lens, told), told.value(lens, one),
            _interval(lens.band) if lens.band is not None else None, _why(lens),
        )
        for lens in found
    )  # fmt: skip
    data = draw.Lenses(_titled(one, told), low, high, told.landmarks(one), rows)
    id_ = f"models-{told.key}-{one.issue}"
    title, desc = f"What each model says on {name}", "One row for each model, on the scale of the issue."
    svg = draw.lenses(data, id=f"fig-{id_}", title=title, desc=desc)
    svg += draw.lenses(data, id=f"fig-{id_}-narrow", title=title, desc=desc, width=draw.NARROW)
    how = "every model on the same draws"
    told_of = (_cells(row, lens, high - low) for row, lens in zip(rows, found, strict=True))
    cells = tuple(tuple(told.say(text, one, how) for text in texts) for texts in told_of)
    grid = Grid(told.say(f"{title}.", one, how), ("model", "value", "most of its weight", "median"), cells)
    return (Figure(id_, svg, told.say(f"{title}. {desc}", one, how), grid, draw.lenses_as_text(data)),)


def _part(lens: Lens, told: Telling) -> draw.LensPart:
    if lens.name == told.found.chosen:
        return "default"
    return "baseline" if lens.name in BASELINES else "model"


def _why(lens: Lens) -> str:
    return lens.why_not[:1].lower() + lens.why_not[1:] if lens.why_not[1:2].islower() else lens.why_not


def _cells(row: draw.LensRow, lens: Lens, width: float) -> tuple[str, ...]:
    if row.point is None and row.band is None:
        return (row.name, "none", lens.why_not or "it says nothing", "")
    band = (span_of(row.band, width), written(row.band.median, width)) if row.band is not None else ("none", "none")
    return (row.name, written(row.point, width) if row.point is not None else "none", *band)
