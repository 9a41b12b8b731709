"""Which act by whom does a stated threat answer, which does none, and would the answer deter?"""

from dataclasses import dataclass
from typing import Literal

from detente.errors import UsageError
from detente.figures.legend import legend
from detente.figures.svg import (
    ALARM,
    COLOURS,
    INK,
    LINE,
    MEANINGS,
    NARROW,
    PAPER,
    SOFT_INK,
    USUAL,
    WASH,
    dot,
    group,
    hint,
    number,
    picture,
    tag,
    text,
)
from detente.figures.text import text_width, wrap
from detente.situation.values import BasisKind

EDGE = 10.0
LEADING = 14.5
SIZE = 12.0
HEAVY = 1.07  # how much wider heavy letters run than the estimate
NARROWEST = 36.0  # of the columns
MARK = 10.5  # from one mark to the next, where columns are narrow
Deters = Literal["yes", "no", "depends"]
DETERS: dict[Deters, str] = {"yes": "it deters", "depends": "whether it deters depends", "no": "it does not deter"}


@dataclass(frozen=True, slots=True)
class Act:
    """A row: what somebody could do, and how it is known that they could."""

    actor: str
    act: str
    basis: BasisKind = "read"


@dataclass(frozen=True, slots=True)
class StatedThreat:
    """A column: who threatens, and with what."""

    by: str
    action: str
    basis: BasisKind = "read"


@dataclass(frozen=True, slots=True)
class Answer:
    """A cell: the threat answers the act, by their places in the matrix; whether that deters, world by world."""

    act: int
    threat: int
    deters: tuple[Deters, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Acts down the side, stated threats across; `worlds` are the names that `deters` goes by."""

    acts: tuple[Act, ...]
    threats: tuple[StatedThreat, ...]
    answers: tuple[Answer, ...] = ()
    worlds: tuple[str, ...] = ()

    def uncovered(self) -> tuple[int, ...]:
        """Return the acts that no threat answers, by their places."""
        return tuple(k for k in range(len(self.acts)) if all(answer.act != k for answer in self.answers))


@dataclass(frozen=True, slots=True)
class _Sheet:
    head: float
    wide: float
    width: float
    numbered: bool

    def left(self, column: int) -> float:
        return EDGE + self.head + self.wide * column


def coverage(matrix: Coverage, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw which acts the threats answer; an act that none answers is a row of its own kind.

    Raises UsageError where an answer names an act, a threat or a world that is not there.

    >>> acts = (Act("Karun", "closes the gates"), Act("Meridia", "closes the gates", "assumed"))
    >>> matrix = Coverage(acts, (StatedThreat("Delta", "stops the barges"),), (Answer(0, 0),))
    >>> "uncovered" in coverage(matrix, id="f", title="Threats", desc="One threat.")
    True
    """
    placed(matrix)
    sheet = _sheet(matrix, width)
    drawn, y = _heads(matrix, sheet)
    parts = [drawn]
    for at in range(len(matrix.acts)):
        drawn, y = _row(matrix, at, sheet, y)
        parts.append(drawn)
    if sheet.numbered:
        drawn, y = _list(matrix, y + 8, sheet.width)
        parts.append(drawn)
    samples, y = legend(_samples(matrix), y + 12, sheet.width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(sheet.width, y))


def placed(matrix: Coverage) -> None:
    """Check that every answer stands in the matrix.

    Raises UsageError where it does not.
    """
    for one in matrix.answers:
        inside = 0 <= one.act < len(matrix.acts) and 0 <= one.threat < len(matrix.threats)
        if not inside or (one.deters and len(one.deters) != len(matrix.worlds)):
            raise UsageError(
                f"The answer of threat {one.threat} to act {one.act} names an act, a threat or a world that the "
                "matrix has not. Count acts and threats from 0, and give one word on deterrence for every world."
            )


def _sheet(matrix: Coverage, width: float) -> _Sheet:
    """Give columns their names where the words fit; else they go by number, and what they are is written below."""
    columns, roomy = max(len(matrix.threats), 1), width >= NARROW + 140
    head = 212.0 if roomy else 150.0
    wide = min((width - head - 2 * EDGE) / columns, 230.0)
    words = [word for threat in matrix.threats for word in f"{threat.by} {threat.action}".split()]
    numbered = max((text_width(word, SIZE) for word in words), default=0) * HEAVY > wide - 8
    least = max(NARROWEST, MARK * len(matrix.worlds) + 4)
    if numbered and wide < least:
        head = max(124.0, width - 2 * EDGE - least * columns)
    wide = min(max((width - head - 2 * EDGE) / columns, least), 64.0) if numbered else wide
    return _Sheet(head, wide, max(width, head + 2 * EDGE + wide * columns), numbered)


def _heads(matrix: Coverage, sheet: _Sheet) -> tuple[str, float]:
    """Set who threatens what over every column, or its number where columns are narrow."""
    words = [_head(threat, at, sheet) for at, threat in enumerate(matrix.threats)]
    lowest = EDGE + LEADING * max((len(lines) for lines, _ in words), default=0) + 16
    parts: list[str] = []
    for at, (lines, heavy) in enumerate(words):
        x, y = sheet.left(at) + 4, lowest - 6 - LEADING * (len(lines) - 1)
        parts.append(hint(f"{matrix.threats[at].by}: {matrix.threats[at].action}"))
        parts.append(dot(matrix.threats[at].basis, x + 5, y - LEADING - 3, 4.5))
        parts += [
            text(line, x, y + LEADING * k, font_size=SIZE, font_weight=650 if k < heavy else None)
            for k, line in enumerate(lines)
        ]
    return group(*parts), lowest


def _head(threat: StatedThreat, at: int, sheet: _Sheet) -> tuple[tuple[str, ...], int]:
    if sheet.numbered:
        return (str(at + 1),), 1
    by = wrap(threat.by, (sheet.wide - 8) / HEAVY, SIZE, lines=3)
    return (*by, *wrap(threat.action, sheet.wide - 8, SIZE, lines=4)), len(by)


def _row(matrix: Coverage, at: int, sheet: _Sheet, top: float) -> tuple[str, float]:
    act = matrix.acts[at]
    actor = wrap(act.actor, (sheet.head - 24) / HEAVY, 12.5, lines=4)
    doing = wrap(act.act, sheet.head - 22, SIZE, lines=4)
    tall = max(LEADING * (len(actor) + len(doing)) + 12, 62.0 if matrix.worlds else 40.0)
    parts = [tag("path", d=f"M{EDGE} {number(top)}H{number(sheet.width - EDGE)}", stroke=LINE)]
    parts.append(dot(act.basis, EDGE + 5.5, top + 15))
    parts += [
        text(line, EDGE + 17, top + 19 + LEADING * k, font_size=12.5, font_weight=650) for k, line in enumerate(actor)
    ]
    below = top + 19 + LEADING * len(actor)
    parts += [text(line, EDGE + 17, below + LEADING * k, font_size=SIZE) for k, line in enumerate(doing)]
    answers = {a.threat: a for a in matrix.answers if a.act == at}
    if answers or not matrix.threats:
        parts += [
            _cell(matrix, at, k, answers.get(k), (sheet.left(k) + 2, top + 3, sheet.wide - 4, tall - 6))
            for k in range(len(matrix.threats))
        ]
    else:
        wide = sheet.wide * len(matrix.threats) - 4
        parts.append(_uncovered(act, (sheet.left(0) + 2, top + 3, wide, tall - 6)))
    return group(*parts), top + tall


def _uncovered(act: Act, box: tuple[float, float, float, float]) -> str:
    x, y, wide, tall = box
    frame = tag(
        "rect", x=x + 1, y=y + 1, width=wide - 2, height=tall - 2, rx=3, fill=PAPER, stroke=ALARM, stroke_width=1.8,
        stroke_dasharray="5 3",
    )  # fmt: skip
    words = "uncovered: no stated threat answers it"
    told = words if text_width(words, SIZE) * HEAVY < wide - 16 else "uncovered"
    middle = text(
        told, x + wide / 2, y + tall / 2 + 4, text_anchor="middle", font_size=SIZE, font_weight=650, fill=ALARM
    )
    return group(hint(f"{act.actor}, {act.act}: no stated threat answers it"), frame, middle)


def _cell(matrix: Coverage, at: int, column: int, answer: Answer | None, box: tuple[float, float, float, float]) -> str:
    x, y, wide, tall = box
    if answer is None:
        return tag("rect", x=x, y=y, width=wide, height=tall, rx=3, fill=WASH)
    act, threat = matrix.acts[at], matrix.threats[column]
    frame = tag(
        "rect", x=x + 0.7, y=y + 0.7, width=wide - 1.4, height=tall - 1.4, rx=3, fill=COLOURS[threat.basis],
        fill_opacity="0.14", stroke=COLOURS[threat.basis], stroke_width=1.4, stroke_dasharray=_dash(threat.basis),
    )  # fmt: skip
    middle, line = x + wide / 2, y + tall / 2 + (-11 if answer.deters else 4)
    word = [] if wide < 66 else [text("answers", middle - 12, line, font_size=SIZE)]
    left = middle - (29 if word else 5)
    tick = tag("path", d=f"M{number(left)} {number(line - 4)}l3.5 4l6.5 -8.5", fill="none", stroke=INK, stroke_width=2)
    step = min((wide - 2) / max(len(answer.deters), 1), 16.0)
    first = middle - step * (len(answer.deters) - 1) / 2
    marks = [
        _mark(one, first + step * k, line + 14) + _initial(world, first + step * k, line + 31)
        for k, (one, world) in enumerate(zip(answer.deters, matrix.worlds, strict=bool(answer.deters)))
    ]
    worlds = "; ".join(f"{w}: {DETERS[one]}" for one, w in zip(answer.deters, matrix.worlds, strict=False))
    told = f"{threat.by} ({threat.action}) answers {act.actor}, {act.act}{f'. {worlds}' if worlds else ''}"
    return group(hint(told), frame, tick, *word, *marks)


def _initial(world: str, x: float, y: float) -> str:
    return text(world[:1].upper(), x, y, font_size=10.5, fill=SOFT_INK, text_anchor="middle")


def _mark(deters: Deters, x: float, y: float) -> str:
    """Draw whether an answer deters: a full disc, half a disc, or a ring."""
    ring = tag("circle", cx=x, cy=y, r=4.2, fill=PAPER, stroke=INK, stroke_width=1.3)
    if deters == "yes":
        return tag("circle", cx=x, cy=y, r=4.8, fill=INK)
    if deters == "depends":
        return ring + tag("path", d=f"M{number(x)} {number(y - 4.2)}a4.2 4.2 0 0 0 0 8.4z", fill=INK)
    return ring


def _dash(basis: BasisKind) -> str | None:
    return {"read": None, "entered": "11 3 2 3", "supplied": "1.5 2.5", "assumed": "5 4"}[basis]


def _list(matrix: Coverage, top: float, width: float) -> tuple[str, float]:
    """Write what the numbered threats are."""
    parts: list[str] = []
    y = top
    for at, threat in enumerate(matrix.threats, start=1):
        parts.append(text(f"{at}", EDGE, y + 14, font_size=SIZE, font_weight=650))
        for line in wrap(f"{threat.by}: {threat.action}", width - 2 * EDGE - 22, SIZE, lines=3):
            parts.append(text(line, EDGE + 22, y + 14, font_size=SIZE))
            y += LEADING
        y += 3
    return group(*parts), y


def _samples(matrix: Coverage) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    if matrix.answers:
        tick = tag("path", d="M10 -1l3.5 4l6.5 -8.5", fill="none", stroke=INK, stroke_width=2)
        entries.append((tick, "the threat as worded answers the act"))
    if matrix.uncovered() and matrix.threats:
        dashed = tag(
            "rect", x=1, y=-7, width=28, height=14, rx=3, fill=PAPER, stroke=ALARM, stroke_width=1.8,
            stroke_dasharray="5 3",
        )  # fmt: skip
        entries.append((dashed, "uncovered: no stated threat answers it"))
    used = {one for answer in matrix.answers for one in answer.deters}
    if used:
        names = ", ".join(matrix.worlds)
        entries += [(_mark(one, 15, 0), DETERS[one]) for one in DETERS if one in used]
        entries.append(
            ("".join(_initial(w, 3 + 12 * k, 4) for k, w in enumerate(matrix.worlds)), f"the worlds: {names}")
        )
    bases = {act.basis for act in matrix.acts} | {threat.basis for threat in matrix.threats}
    entries += [(dot(basis, 15, 0), MEANINGS[basis]) for basis in MEANINGS if basis in bases]
    return entries
