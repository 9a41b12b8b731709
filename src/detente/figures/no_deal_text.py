"""The pictures of what happens without a deal in characters, for a terminal."""

import textwrap

from detente.figures.coverage import Coverage, placed
from detente.figures.states import MEANING, ArcKind, StateGraph, StateNode, known, left_out, likely_steps
from detente.figures.text import one_line
from detente.figures.worlds import CrisisWorld, CrisisWorlds, Held, Spread, told_of, whole

COLUMNS = 78
NAME = 16
ACROSS = 3  # worlds beside one another
BARS = "█▒░"
ARROWS: dict[ArcKind, str] = {"gain": "──▶", "answer": "╌╌▶", "move": "··▶"}


def states_as_text(graph: StateGraph) -> tuple[str, ...]:
    """Set every state with the moves in force, and under it the steps that lead away.

    Raises UsageError where an arc or the likely path names a state that is not shown.

    >>> from detente.figures.states import StateArc
    >>> graph = StateGraph((StateNode("0", (), today=True), StateNode("1", ("Karun fills",), stable=True)),
    ...                    (StateArc("0", "1", "Karun", one_way=True),), likely=("0", "1"), concept="SEQ")
    >>> print(*states_as_text(graph), sep="\\n")
    1 today: no move in force
        ──▶ 2 Karun, no way back (step 1)
    2 STABLE: Karun fills
    ──▶ a step by which who takes it gains · STABLE: by SEQ, no gain goes
      unanswered · (step 1): the likely path
    """
    known(graph)
    places = {node.id: k for k, node in enumerate(graph.nodes, start=1)}
    steps, lines = likely_steps(graph), []
    for node in graph.nodes:
        lines += _wrapped(
            f"{places[node.id]}{_state(node)}: {'; '.join(map(one_line, node.lines)) or one_line(graph.nothing)}"
        )
        for k, arc in sorted(enumerate(graph.arcs), key=lambda pair: (pair[0] not in steps, places[pair[1].target])):
            if arc.source == node.id:
                told = f"    {ARROWS[arc.kind]} {places[arc.target]} {one_line(arc.by)}"
                told += ", no way back" if arc.one_way else ""
                lines += _wrapped(f"{told} (step {steps[k]})" if k in steps else told, "          ")
    words = [f"{ARROWS[kind]} {MEANING[kind]}" for kind in ARROWS if any(arc.kind == kind for arc in graph.arcs)]
    if any(node.stable for node in graph.nodes):
        by = f" by {one_line(graph.concept)}," if graph.concept else ""
        words.append(f"STABLE:{by} no gain goes unanswered")
    words += [f"(step 1): {one_line(graph.called)}"] if steps else []
    return (*lines, *_wrapped(left_out(graph)), *_wrapped(" · ".join(words)))


def _state(node: StateNode) -> str:
    return f"{' today' if node.today else ''}{' STABLE' if node.stable else ''}"


def worlds_as_text(crisis: CrisisWorlds) -> tuple[str, ...]:
    """Set a bar for every equilibrium of every world and outcome, and the range over draws under them.

    Raises UsageError where a world has not one share for every outcome.

    >>> one = CrisisWorld("drift", ((0.75, 0.25), (0.5, 0.5)), (Spread(0.4, 0.6, 0.8), Spread(0.2, 0.4, 0.6)))
    >>> print(*worlds_as_text(CrisisWorlds(("nothing", "force"), (one,))), sep="\\n")
                     drift
                     2 equilibria
    nothing          ██████████ 0.75
                     ▒▒▒▒▒▒▒ 0.50
                     ├0.40 ●0.60 0.80┤
    force            ████ 0.25
                     ▒▒▒▒▒▒▒ 0.50
                     ├0.20 ●0.40 0.60┤
    █ ▒ equilibrium 1, 2 · ├low ●mean high┤ over draws · share of the model's
      probability
    """
    whole(crisis)
    lines: list[str] = []
    for first in range(0, len(crisis.worlds), ACROSS):
        here = crisis.worlds[first : first + ACROSS]
        wide = (COLUMNS - NAME - 1) // ACROSS
        lines += _rows("", [_head(world, wide - 1) for world in here], wide)
        for at, outcome in enumerate(crisis.outcomes):
            lines += _rows(outcome, [_outcome(world, at, wide - 6) for world in here], wide)
    many = max((len(w.equilibria) for w in crisis.worlds), default=0)
    signs = " ".join(BARS[: min(many, 3)])
    words = [f"{signs} equilibrium {', '.join(str(k + 1) for k in range(min(many, 3)))}"] if many > 1 else []
    words += ["├low ●mean high┤ over draws"] if any(w.spread for w in crisis.worlds) else []
    return (*lines, *_wrapped(" · ".join([*words, one_line(crisis.measure)])))


def _head(world: CrisisWorld, wide: int) -> list[str]:
    return [line for each in (world.name, *told_of(world)) for line in textwrap.wrap(one_line(each), wide)]


def _outcome(world: CrisisWorld, at: int, wide: int) -> list[str]:
    found = [f"{BARS[k % 3] * round(row[at] * wide)} {row[at]:.2f}".lstrip() for k, row in enumerate(world.equilibria)]
    return [*found, _range(world.spread[at])] if world.spread else found


def _range(spread: Spread) -> str:
    return f"├{spread.low:.2f} ●{spread.mean:.2f} {spread.high:.2f}┤"


def _rows(name: str, cells: list[list[str]], wide: int) -> list[str]:
    """Set cells of several lines beside one another, after a name of as many lines as it takes."""
    names = textwrap.wrap(one_line(name), NAME) or [""]
    tall = max(len(names), *(len(cell) for cell in cells))
    columns = [names, *cells]
    widths = [NAME + 1, *(wide for _ in cells)]
    return [
        "".join(
            f"{column[k] if k < len(column) else '':<{w}}" for column, w in zip(columns, widths, strict=True)
        ).rstrip()
        for k in range(tall)
    ]


def held_as_text(data: Held) -> tuple[str, ...]:
    """Set a strip for every world, with a bar for every concept.

    >>> print(*held_as_text(Held(("Nash", "SEQ"), (("drift", (0.25, None)),))), sep="\\n")
                     Nash        SEQ
    drift            ██░░░░ 0.25 –
    share of the model's draws in which it holds
    """
    wide = 12
    shown = (COLUMNS - NAME - 1) // wide
    lines: list[str] = []
    for first in range(0, len(data.concepts), shown):
        lines += _rows("", [[one_line(c)[: wide - 1]] for c in data.concepts[first : first + shown]], wide)
        for world, shares in data.worlds:
            lines += _rows(world, [[_strip(share)] for share in shares[first : first + shown]], wide)
    return (*lines, "share of the model's draws in which it holds")


def _strip(share: float | None) -> str:
    if share is None:
        return "–"
    full = round(share * 6)
    return f"{'█' * full}{'░' * (6 - full)} {share:.2f}"


def coverage_as_text(matrix: Coverage) -> tuple[str, ...]:
    """Set acts down the side and threats as numbered columns; an act that none answers is marked in every column.

    Raises UsageError where an answer names an act, a threat or a world that is not there.

    >>> from detente.figures.coverage import Act, Answer, StatedThreat
    >>> acts = (Act("Karun", "closes the gates"), Act("Meridia", "closes the gates", "assumed"))
    >>> stated = (StatedThreat("Delta", "stops the barges"),)
    >>> print(*coverage_as_text(Coverage(acts, stated, (Answer(0, 0, ("yes", "no")),), ("drift", "force"))), sep="\\n")
     1
     ✓yn  Karun: closes the gates
     !    Meridia: closes the gates (assumed): UNCOVERED
    1 Delta: stops the barges
    ✓ the threat as worded answers the act · ! no stated threat answers it · y
      deters, n does not, ? depends, in the worlds drift, force
    """
    placed(matrix)
    found = {(a.act, a.threat): "✓" + "".join({"yes": "y", "no": "n"}.get(d, "?") for d in a.deters)
             for a in matrix.answers}  # fmt: skip
    wide = max(map(len, (str(len(matrix.threats)), *found.values())))
    listed = (wide + 1) * len(matrix.threats) > COLUMNS // 2  # too many columns: every act says its answers in words
    bare, heads = matrix.uncovered(), [f"{k + 1:<{wide}}" for k in range(len(matrix.threats))]
    lines = [] if listed or not heads else [" " + " ".join(heads)]
    for at, act in enumerate(matrix.acts):
        told = f"{one_line(act.actor)}: {one_line(act.act)}{'' if act.basis == 'read' else f' ({act.basis})'}"
        told += ": UNCOVERED" if at in bare else ""
        columns = [found.get((at, k), "!" if at in bare else "·") for k in range(len(heads))]
        start = " " + "".join(f"{mark:<{wide}} " for mark in columns if not listed) + " "
        if listed:
            told += "".join(f"; {mark} {k}" for k, mark in enumerate(columns, start=1) if mark not in "!·")
        lines += textwrap.wrap(told, COLUMNS, initial_indent=start, subsequent_indent=" " * len(start))
    for k, threat in enumerate(matrix.threats, start=1):
        known_by = "" if threat.basis == "read" else f" ({threat.basis})"
        lines += _wrapped(f"{k} {one_line(threat.by)}: {one_line(threat.action)}{known_by}")
    return (*(line.rstrip() for line in lines), *_wrapped(" · ".join(_coverage_words(matrix))))


def _coverage_words(matrix: Coverage) -> list[str]:
    words = ["✓ the threat as worded answers the act"] if matrix.answers else []
    words += ["! no stated threat answers it"] if matrix.uncovered() and matrix.threats else []
    if any(answer.deters for answer in matrix.answers):
        words.append(f"y deters, n does not, ? depends, in the worlds {', '.join(map(one_line, matrix.worlds))}")
    return words


def _wrapped(line: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(line, COLUMNS, subsequent_indent=indent)
