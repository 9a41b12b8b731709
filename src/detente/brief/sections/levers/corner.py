"""In which corner of the inputs is an answer otherwise: the scenario in words."""

from detente import figures as draw
from detente.brief.document import Block, Figure, Grid, Paragraph, Sentence
from detente.brief.levers import Levers
from detente.brief.sections.levers.telling import Telling
from detente.brief.words import capital, listed, percent
from detente.figures import written
from detente.levers.scenario import Bound, Scenario

HOW = "patient rule induction (Friedman and Fisher 1999), found in one half of the draws and judged in the other"
UNFOUND = "why no corner was looked for"


def blocks(found: Levers, told: Telling) -> tuple[Block, ...]:
    """Say where the rarer side of the answer lies."""
    box = found.scenario
    if box is None:
        return tuple(Paragraph((told.say(why, UNFOUND),)) for why in found.left_out)
    if not box.bounds:
        text = "No corner of up to three inputs was found in which it is otherwise much more often than overall."
        return (Paragraph((told.say(text, HOW),)),)
    return (Paragraph((_rule(found, box, told), *_together(found, told))), _picture(box, told))


def _side(found: Levers, box: Scenario, told: Telling) -> str:
    if found.corner is not None:
        return f"{told.answer(found.answer)} lies above {written(found.corner)}"
    return told.clause(found.answer, holds=box.holds)


def _rule(found: Levers, box: Scenario, told: Telling) -> Sentence:
    conditions = listed(condition(bound, told) for bound in box.bounds)
    side = _side(found, box, told)
    text = (
        f"Where {conditions}, {side} in {percent(box.density)} of draws, against {percent(box.overall)} of draws "
        f"overall; that corner is {percent(box.share)} of draws and holds {percent(box.coverage)} of those draws in "
        "which it is so."
    )
    return told.say(text, HOW, [b.path for b in box.bounds])


def condition(bound: Bound, told: Telling) -> str:
    """Return one restriction in words."""
    if bound.path.endswith(".hardness"):
        line = told.names.line(bound.path)
        return f"{line} is {'real' if bound.low is not None else 'not real'}"
    drawn = bound.path.endswith(".red_line")
    what = told.names.line(bound.path) if drawn else told.input(bound.path)
    if bound.low is not None and bound.high is not None:
        return f"{what} lies from {written(bound.low)} to {written(bound.high)}"
    if bound.low is not None:
        return f"{what} {'lies at' if drawn else 'is'} {written(bound.low)} or more"
    return f"{what} {'lies at' if drawn else 'is'} {written(bound.high or 0.0)} or less"


def _together(found: Levers, told: Telling) -> tuple[Sentence, ...]:
    known = found.together
    if known is None or known.right is None or found.worth.frequent is None:
        return ()
    before, after = found.worth.frequent, min(1.0, found.worth.frequent + known.right)
    many = len(known.paths)
    text = (
        f"Whoever knew {'both' if many == 2 else f'all {many}'} would name the verdict rightly in "
        f"{percent(after)} of draws, against {percent(before)} of draws with the more frequent one named always."
    )
    return (told.say(text, "expected value of knowing these inputs, cross-fitted over bins of draws", known.paths),)


def _picture(box: Scenario, told: Telling) -> Figure:
    """Draw each restricted input's range, and under it the part of it that lies in the corner."""
    lines = tuple(_line(bound, told) for bound in box.bounds)
    paths = [bound.path for bound in box.bounds]
    title, desc = "The corner", "One scale for each input: the range that is drawn from, and the part in the corner."
    svg = draw.landmarks(lines, id="fig-corner", title=title, desc=desc)
    svg += draw.landmarks(lines, id="fig-corner-narrow", title=title, desc=desc, width=draw.NARROW)
    caption = told.say(f"{title}. {desc} A mark is the best guess, or the end of the corner next to it.", HOW, paths)
    return Figure("corner", svg, caption, _table(box, told), draw.landmarks_as_text(lines))


def _line(bound: Bound, told: Telling) -> draw.IssueLine:
    known, hard = told.ranges[bound.path], bound.path.endswith(".hardness")
    low, high = (0.0, 1.0) if hard else (known.low, known.high)
    marks = (draw.Landmark(0.0, "not real"), draw.Landmark(1.0, "real")) if hard else ()
    least = low if bound.low is None else max(low, bound.low)
    most = high if bound.high is None else min(high, bound.high)
    best = min(max(known.best, least), most)
    basis = known.basis.kind
    drawn = draw.Span("its range", low, min(max(known.best, low), high), high, basis)
    inside = draw.Span("in the corner", least, best, max(least, most), basis)
    return draw.IssueLine(capital(told.input(bound.path)), low, high, marks, None, (drawn, inside))


def _table(box: Scenario, told: Telling) -> Grid:
    rows = []
    for bound in box.bounds:
        paths = [bound.path]
        known = told.ranges[bound.path]
        over = (
            "not real or real" if bound.path.endswith(".hardness") else f"{written(known.low)} to {written(known.high)}"
        )
        cells = (capital(told.input(bound.path)), _ends(bound, told), over, _chance(bound.quasi_p))
        rows.append(told.row(cells, HOW, paths))
    text = "The bounds of the corner, and how often each would look as good if it did not matter (quasi-p)."
    return Grid(
        told.say(text, HOW, [b.path for b in box.bounds]),
        ("input", "in the corner", "its range", "quasi-p"),
        tuple(rows),
    )


def _ends(bound: Bound, told: Telling) -> str:
    if bound.path.endswith(".hardness"):
        return "real" if bound.low is not None else "not real"
    low = "" if bound.low is None else f"{written(bound.low)} or more"
    high = "" if bound.high is None else f"{written(bound.high)} or less"
    return ", ".join(part for part in (low, high) if part)


def _chance(p: float) -> str:
    return "under 0.001" if p < 0.001 else f"{p:.3f}"
