"""In what share of the model's draws is the table in which state, round by round, and in what share is force used?"""

from dataclasses import dataclass

from detente.errors import UsageError
from detente.figures.apart import apart
from detente.figures.decision import share_of
from detente.figures.fills import Fill, fill_patterns, fill_sample, filled
from detente.figures.legend import legend
from detente.figures.svg import INK, LINE, PAPER, SOFT_INK, USUAL, group, hint, number, picture, tag, text
from detente.figures.text import wrap

EDGE = 10.0
ROOMY = 500.0
TALL, STRIP = 168.0, 40.0  # the heights of the states at the table and, below them, of force
BETWEEN = 24.0
AXIS, NUMBERS = 30.0, 36.0  # the room at the left and at the right of the columns
LABEL = 13.0
LEAST = 0.03  # a share that takes less of its column is not written beside it
TOPS = (0.1, 0.25, 0.5, 1.0)  # to which share the strip of force may reach


@dataclass(frozen=True, slots=True)
class RoundState:
    """A state, in words and by its filling."""

    name: str
    fill: Fill


@dataclass(frozen=True, slots=True)
class RoundWorld:
    """One world: for every round the share of draws in each state of the table, and in each of force."""

    name: str
    table: tuple[tuple[float, ...], ...]
    force: tuple[tuple[float, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class RoundStates:
    """States over rounds in named worlds: `table` from the foot of a column up, `force` without the state of none."""

    table: tuple[RoundState, ...]
    force: tuple[RoundState, ...]
    worlds: tuple[RoundWorld, ...]

    @property
    def top(self) -> float:
        """Up to which share the strip of force reaches, in every world."""
        most = max((sum(row) for world in self.worlds for row in world.force), default=0.0)
        return next((top for top in TOPS if most <= top), 1.0)

    @property
    def forced(self) -> bool:
        """Whether force is used in any draw of any world."""
        return any(share > 0 for world in self.worlds for row in world.force for share in row)


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where one world is drawn: the left end of its columns, their top, and how wide a round is."""

    id: str
    left: float
    top: float
    step: float
    rounds: int

    @property
    def right(self) -> float:
        return self.left + self.step * self.rounds


def round_states(data: RoundStates, *, id: str, title: str, desc: str, width: float = USUAL) -> str:
    """Draw a column for every round, filled by state, with force in a strip of its own below; one panel a world.

    Raises UsageError where there is no world, or a world has not one share for every state in every round.

    >>> states = (RoundState("talks", "open"), RoundState("deal", "settled"))
    >>> one = RoundStates(states, (), (RoundWorld("drift", ((0.75, 0.25), (0.5, 0.5)), ((), ())),))
    >>> "0.50" in round_states(one, id="f", title="Courses", desc="One world.")
    True
    """
    same_states(data)
    across = len(data.worlds) if width > ROOMY else 1
    wide = (width - 2 * EDGE) / min(across, 3)
    parts, y = [fill_patterns(id)], EDGE
    for first in range(0, len(data.worlds), min(across, 3)):
        row = data.worlds[first : first + min(across, 3)]
        heads = [_head(world, EDGE + wide * k, y, wide) for k, world in enumerate(row)]
        top = max(lowest for _, lowest in heads) + 8
        rounds = len(row[0].table)
        for k, (world, (drawn, _)) in enumerate(zip(row, heads, strict=True)):
            step = min((wide - AXIS - NUMBERS - 8) / rounds, 30.0)
            parts += [drawn, _world(data, world, _Panel(id, EDGE + AXIS + wide * k, top, step, rounds))]
        y = top + TALL + (BETWEEN + STRIP if data.forced else 0) + 38
    samples, y = legend(_samples(data, id), y + 4, width)
    return picture(*parts, samples, id=id, title=title, desc=desc, size=(width, y))


def same_states(data: RoundStates) -> None:
    """Check that every world has a share for every state in the same rounds.

    Raises UsageError where that is not so.
    """
    rounds = {len(one) for world in data.worlds for one in (world.table, world.force)}
    table = {len(row) for world in data.worlds for row in world.table}
    force = {len(row) for world in data.worlds for row in world.force}
    if len(rounds) != 1 or 0 in rounds or table != {len(data.table)} or force != {len(data.force)}:
        raise UsageError(
            "The worlds do not have one share for every state of the table and of force in the same rounds. "
            "Give each world as many rows as there are rounds, and each row as many shares as there are states."
        )


def _head(world: RoundWorld, left: float, top: float, wide: float) -> tuple[str, float]:
    y, parts = top, []
    for line in wrap(world.name, wide - 14, 14, lines=2):
        y += 16
        parts.append(text(line, left, y, font_size=13.5, font_weight=650))
    for line in wrap(world.note, wide - 14, 11.5, lines=4) if world.note else ():
        y += 14
        parts.append(text(line, left, y, font_size=11, fill=SOFT_INK))
    return group(*parts), y


def _world(data: RoundStates, world: RoundWorld, panel: _Panel) -> str:
    bottom = panel.top + TALL
    parts = [_scale(panel, (panel.top, TALL), ("none", "half", "all"))]
    parts += [_columns(data.table, world.table, panel, (bottom, TALL)), _last(world.table[-1], panel, (bottom, TALL))]
    if data.forced:
        foot = bottom + BETWEEN + STRIP
        whole = STRIP / data.top  # as high as all draws would be
        parts.append(text("force", panel.left, bottom + BETWEEN - 6, font_size=11, fill=SOFT_INK))
        parts.append(_scale(panel, (foot - STRIP, STRIP), ("none", "all" if data.top == 1 else f"{data.top:g}")))
        parts.append(_columns(data.force, world.force, panel, (foot, whole), framed=STRIP))
        parts.append(_last(world.force[-1], panel, (foot, whole)))
        bottom = foot
    return group(*parts, _rounds(panel, bottom))


def _columns(
    states: tuple[RoundState, ...],
    shares: tuple[tuple[float, ...], ...],
    panel: _Panel,
    place: tuple[float, float],
    *,
    framed: float = TALL,
) -> str:
    (bottom, tall), parts = place, []
    for round_, row in enumerate(shares):
        y, x = bottom, panel.left + panel.step * round_
        for state, share in zip(states, row, strict=True):
            if share > 0:
                y -= share * tall
                told = f"{state.name}, after round {round_ + 1}: {share_of(share)} of draws"
                box = filled(panel.id, state.fill, (x, y, panel.step, max(share * tall, 0.4)), outlined=False)
                parts.append(group(hint(told), box))
    frame = tag("rect", x=panel.left, y=bottom - framed, width=panel.right - panel.left, height=framed, fill="none",
                stroke=SOFT_INK, stroke_width=0.8)  # fmt: skip
    rules = "".join(f"M{number(panel.left + panel.step * k)} {number(bottom)}v{number(-framed)}"
                    for k in range(1, panel.rounds))  # fmt: skip
    return group(*parts, tag("path", d=rules, stroke=PAPER, stroke_width=1) if rules else "", frame)


def _scale(panel: _Panel, place: tuple[float, float], words: tuple[str, ...]) -> str:
    """Name the foot, the top and what lies between on a scale of shares."""
    (top, tall), parts = place, []
    for k, word in enumerate(words):
        y = top + tall - tall * k / (len(words) - 1)
        parts.append(tag("path", d=f"M{number(panel.left - 4)} {number(y)}h4", stroke=LINE))
        parts.append(text(word, panel.left - 6, y + 4, font_size=10.5, text_anchor="end", fill=SOFT_INK))
    return group(*parts)


def _last(row: tuple[float, ...], panel: _Panel, place: tuple[float, float]) -> str:
    """Write the shares after the last round beside the last column."""
    (bottom, tall), seen = place, []
    y = bottom
    for share in row:
        seen.append((share, y - share * tall / 2))
        y -= share * tall
    shown = [(share, at) for share, at in seen if share * tall >= LEAST * TALL]
    places = apart([at for _, at in shown], [LABEL] * len(shown), ends=(bottom - min(tall, TALL) - 4, bottom + 4))
    return group(
        *(
            text(share_of(share), panel.right + 5, y + 4, font_size=11)
            for (share, _), y in zip(shown, places, strict=True)
        )
    )


def _rounds(panel: _Panel, bottom: float) -> str:
    marks = sorted({1, (panel.rounds + 1) // 2, panel.rounds})
    parts = [
        text(f"{mark}", panel.left + panel.step * (mark - 0.5), bottom + 14, font_size=11, text_anchor="middle",
             fill=SOFT_INK)
        for mark in marks
    ]  # fmt: skip
    word = text("round of talks", (panel.left + panel.right) / 2, bottom + 27, font_size=11, text_anchor="middle",
                fill=SOFT_INK)  # fmt: skip
    return group(*parts, word)


def _samples(data: RoundStates, id: str) -> list[tuple[str, str]]:
    table = met_states(data.table, [row for world in data.worlds for row in world.table])
    force = met_states(data.force, [row for world in data.worlds for row in world.force])
    entries = [(fill_sample(id, state.fill), state.name) for state in (*table, *force)]
    return [*entries, (text("0.42", 1, 4, font_size=11, fill=INK), "share of draws after the last round")]


def met_states(states: tuple[RoundState, ...], rows: list[tuple[float, ...]]) -> tuple[RoundState, ...]:
    """Return the states in which any draw ever is.

    >>> met_states((RoundState("war", "struck"), RoundState("strikes", "failed")), [(0.0, 0.1)])[0].name
    'strikes'
    """
    return tuple(state for k, state in enumerate(states) if any(row[k] > 0 for row in rows))
