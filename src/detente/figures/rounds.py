"""How do the members of a body move on one issue, round by round, until nobody moves any more?"""

from dataclasses import dataclass

from detente.errors import UsageError
from detente.figures.apart import apart
from detente.figures.interval import numbered, written
from detente.figures.landmarks import Landmark
from detente.figures.legend import legend
from detente.figures.scale import ticks
from detente.figures.svg import INK, LINE, PAPER, SOFT_INK, USUAL, group, hint, number, picture, tag, text
from detente.figures.text import shorten, text_width, wrap

EDGE = 10.0
ROOMY = 500.0
NAME = 13.5  # the height of a name at the right
STILL = 1e-3  # of the scale: a smaller step is no move
DASHES = (None, "7 3", "2 3", "9 3 2 3")  # lines of those who move, told apart without colour


@dataclass(frozen=True, slots=True)
class Course:
    """Where one member stands before the first round and after each."""

    party: str
    at: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Courses:
    """One issue over the rounds; `settled` is whether it came to rest before the last round that was allowed."""

    issue: str
    low: float
    high: float
    landmarks: tuple[Landmark, ...]
    courses: tuple[Course, ...]
    settled: bool = True

    def moves(self, course: Course) -> bool:
        """Whether a member ever moves."""
        least = STILL * (self.high - self.low)
        return max(course.at) - min(course.at) > least

    def number(self, value: float) -> str:
        """Write a level, as fine as the scale asks for."""
        return written(value, self.high - self.low)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the rounds and the levels lie on the page."""

    data: Courses
    box: tuple[float, float, float, float]  # left, top, right, bottom
    rounds: int

    def x(self, round_: int) -> float:
        left, _, right, _ = self.box
        return left + (right - left) * round_ / max(self.rounds, 1)

    def y(self, value: float) -> float:
        _, top, _, bottom = self.box
        width = self.data.high - self.data.low
        share = (min(max(value, self.data.low), self.data.high) - self.data.low) / width if width > 0 else 0.5
        return bottom - share * (bottom - top)


def courses(data: Courses, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw a line for every member over the rounds, with its name where it ends.

    Raises UsageError where there is no member, or the members do not have the same number of rounds.

    >>> two = Courses("Fill", 0, 100, (), (Course("Karun", (80, 60)), Course("Delta", (20, 20))))
    >>> courses(two, id="f", title="Rounds", desc="One round.").startswith("<svg")
    True
    """
    same_rounds(data)
    name = wrap(data.issue, width - 2 * EDGE, 14.5, lines=2)
    heading = [text(line, EDGE, 18 + 17 * k, font_size=14, font_weight=650) for k, line in enumerate(name)]
    frame = _frame(data, width, 18.0 + 17 * (len(name) - 1) + 26)
    still = [c for c in data.courses if not data.moves(c)]
    moving = [c for c in data.courses if data.moves(c)]
    lines = [_line(frame, c, None, k) for k, c in enumerate(still)]
    lines += [_line(frame, c, DASHES[k % len(DASHES)], k) for k, c in enumerate(moving)]
    samples, y = legend(_samples(bool(still), bool(moving), data.settled), frame.box[3] + 56, width)
    return picture(*heading, _levels(frame), _axis(frame), *lines, _names(frame, width), samples, id=id, title=title,
                   desc=desc, size=(width, y))  # fmt: skip


def same_rounds(data: Courses) -> None:
    """Check that there are members, each with the same number of rounds.

    Raises UsageError where that is not so.
    """
    if len({len(c.at) for c in data.courses}) != 1 or not data.courses[0].at:
        raise UsageError(
            f"On '{data.issue}' the members do not stand somewhere in the same number of rounds. "
            "Give every member one place before the first round and one after each."
        )


def _frame(data: Courses, width: float, top: float) -> _Frame:
    roomy = width > ROOMY
    longest = max(text_width(f"{c.party}: {data.number(c.at[-1])}", 12) for c in data.courses)
    right = min(longest + 26, 210.0 if roomy else 128.0)
    left = 118.0 if roomy else 82.0
    tall = max(230.0 if roomy else 210.0, NAME * len(data.courses))
    return _Frame(data, (EDGE + left, top, width - EDGE - right, top + tall), len(data.courses[0].at) - 1)


def _levels(frame: _Frame) -> str:
    """Name the landmarks at the left, pushed apart where they are close, with a faint line at each."""
    left, top, right, bottom = frame.box
    marks = numbered(frame.data.landmarks, (frame.data.low, frame.data.high))
    told = [wrap(m.name, left - 2 * EDGE - 6, 11, lines=3) for m in marks]
    sizes = [12.5 * len(lines) + 3 for lines in told]
    places = apart([frame.y(m.at) for m in marks], sizes, ends=(top - 10, bottom + 10))
    parts = []
    for mark, lines, y in zip(marks, told, places, strict=True):
        at = frame.y(mark.at)
        lead = f"M{number(left - 14)} {number(y)}L{number(left - 4)} {number(at)}H{number(right)}"
        parts.append(tag("path", d=lead, stroke=LINE, fill="none"))
        first = y - 12.5 / 2 * (len(lines) - 1) + 4
        parts += [
            text(line, left - 17, first + 12.5 * k, font_size=11, text_anchor="end", fill=SOFT_INK)
            for k, line in enumerate(lines)
        ]
    return group(*parts)


def _axis(frame: _Frame) -> str:
    """Number the rounds along the bottom."""
    left, _, right, bottom = frame.box
    base = bottom + 12
    rule = tag("path", d=f"M{number(left)} {number(base)}H{number(right)}", stroke=INK, stroke_width=1.2)
    marks = sorted({int(t) for t in ticks(0, max(frame.rounds, 1), most=7) if t == int(t) and t <= frame.rounds})
    parts = [
        tag("path", d=f"M{number(frame.x(m))} {number(base)}v4", stroke=INK)
        + text("start" if m == 0 else f"{m}", frame.x(m), base + 16, font_size=11, text_anchor="middle", fill=SOFT_INK)
        for m in marks
    ]
    word = text("round", (left + right) / 2, base + 30, font_size=11, text_anchor="middle", fill=SOFT_INK)
    return group(rule, *parts, word)


def _line(frame: _Frame, course: Course, dash: str | None, k: int) -> str:
    """Draw one member's way; who never moves is drawn thin, who moves with a dot at the start and wherever it moved."""
    moves = frame.data.moves(course)
    points = [(frame.x(r), frame.y(at)) for r, at in enumerate(course.at)]
    way = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    told = f"{course.party}: from {frame.data.number(course.at[0])} to {frame.data.number(course.at[-1])}"
    if not moves:
        line = tag("path", d=f"M{way}", fill="none", stroke=SOFT_INK, stroke_width=1.2, stroke_opacity="0.75")
        return group(hint(f"{course.party}: stays at {frame.data.number(course.at[0])}"), line)
    least = STILL * (frame.data.high - frame.data.low)
    moved = [0, *(r for r in range(1, len(points)) if abs(course.at[r] - course.at[r - 1]) > least)]
    dots = [
        tag("circle", cx=points[r][0], cy=points[r][1], r=3 if r else 3.6, fill=INK if r else PAPER, stroke=INK,
            stroke_width=1.4)
        for r in moved
    ]  # fmt: skip
    line = tag("path", d=f"M{way}", fill="none", stroke=INK, stroke_width=1.9, stroke_dasharray=dash,
               stroke_linejoin="round")  # fmt: skip
    return group(hint(told), line, *dots)


def _names(frame: _Frame, width: float) -> str:
    """Set every member's name at the right of where it ends, pushed apart, with a line to its place."""
    data, (_, top, right, bottom) = frame.data, frame.box
    ordered = sorted(data.courses, key=lambda c: (-c.at[-1], -c.at[0], c.party))
    wanted = [frame.y(c.at[-1]) for c in ordered]
    places = apart(wanted, [NAME] * len(ordered), ends=(top - 14, bottom + 40))
    parts = []
    for course, at, y in zip(ordered, wanted, places, strict=True):
        lead = f"M{number(right + 3)} {number(at)}L{number(right + 15)} {number(y)}h3"
        parts.append(tag("path", d=lead, fill="none", stroke=SOFT_INK, stroke_width=0.8))
        number_ = f": {data.number(course.at[-1])}"
        room = width - EDGE - right - 22 - text_width(number_, 12)
        name = shorten(course.party, room, 12) + number_
        parts.append(text(name, right + 21, y + 4, font_size=12, font_weight=650 if data.moves(course) else None))
    return group(*parts)


def _samples(still: bool, moving: bool, settled: bool) -> list[tuple[str, str]]:
    entries = []
    if moving:
        line = tag("path", d="M3 0H27", stroke=INK, stroke_width=1.9)
        dots = tag("circle", cx=3, cy=0, r=3.6, fill=PAPER, stroke=INK, stroke_width=1.4)
        dots += tag("circle", cx=24, cy=0, r=3, fill=INK)
        entries.append((line + dots, "a member that moves, move by move"))
    if still:
        entries.append((tag("path", d="M1 0H29", stroke=SOFT_INK, stroke_width=1.2), "a member that stays"))
    if not settled:
        entries.append((text("…", 8, 3), "not come to rest by the last round"))
    return entries
