"""Now beside then: what a page of what-ifs answers, at once on the leading draws, and on all once nothing moves."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.brief.document import block_sentences
from detente.brief.register import Register
from detente.brief.sections import verdicts
from detente.brief.sections.deals import why
from detente.brief.sections.deals.telling import Telling as DealTelling
from detente.brief.sections.levers.beside import Row, lead, rows
from detente.brief.sections.levers.pictures import strips, swung, turns
from detente.brief.sections.levers.telling import Telling
from detente.brief.words import Names
from detente.desk.asking import Asks, asks
from detente.desk.dealt import Asking, narrow
from detente.desk.levers import LeversAsked, ask_levers
from detente.desk.session import Session
from detente.desk.sheet import Page, Section, laid
from detente.desk.trying import ALL, FIRST, Trying, effective, movable, ready
from detente.desk.whatif import Base, edited, tried
from detente.figures.beside import Axis, swing
from detente.levers import Effort, verdict
from detente.situation.values import BasisKind

__all__ = ["Beside", "Lever", "Moving", "Row", "Stands", "beside", "moving", "stands"]

LEVER_DRAWS = {"deals": 4_096, "courses": 512}
SLOW = "no-deal"  # what is too slow to be swept while a page waits
TOLD = 3  # sentences on what decides, and on what would open a deal


@dataclass(frozen=True, slots=True)
class Beside:
    """The answers now and then, over so many draws; `whole` says that no more follow. `hash` is of the situation."""

    says: str
    rows: tuple[Row, ...]
    draws: int
    whole: bool
    tries: int
    agendas: tuple[str, str]
    command: str
    hash: str


@dataclass(frozen=True, slots=True)
class Stands:
    """What is said of one side: the verdict over the ranges and what decides it; what stands in the way of a deal."""

    verdict: tuple[str, ...]
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lever:
    """One bar: an input, where it takes the answer at its low and at its high end, and where that crosses its level.

    `can` says whether the input can be put on a slider.
    """

    path: str
    name: str
    basis: BasisKind
    low: str
    high: str
    strip: str
    turns: str
    can: bool


@dataclass(frozen=True, slots=True)
class Moving:
    """What moves an answer: the answer and those that could be asked about instead, the bars, the strips as a sheet.

    `middle` is where the bars start, `level` what the answer passes where it turns,
    `instead` says why there are none, where there are none.
    """

    answer: str
    named: str
    others: tuple[tuple[str, str], ...]
    levers: tuple[Lever, ...]
    middle: str
    level: str
    draws: int
    sheet: Page | None
    instead: str


def beside(session: Session, asked: Trying, *, whole: bool = False) -> Beside:
    """Answer what is tried: on the leading draws, or where it is asked for on the whole of them.

    Raises UsageError for an edit that is none, SituationError for a value that cannot be, BoardError for an agenda that
    cannot be.
    """
    held = ready(session, asked, draws=(ALL if whole else FIRST)[asked.about])
    edits = effective(held, asked)
    *_, found = tried(held, edits)
    return Beside(
        says=lead(found),
        rows=rows(found),
        draws=found.answers[-1].draws,
        whole=whole or ALL[asked.about] <= FIRST[asked.about],
        tries=len(edits),
        agendas=found.agendas,
        command=_command(session, asked, edits),
        hash=session.now().hash,
    )


def stands(session: Session, asked: Trying) -> tuple[Stands, Stands] | None:
    """Say of both sides whether there is a deal over the ranges, and who blocks; None where no deals are asked about.

    Raises what `beside` raises.
    """
    if asked.about != "deals":
        return None
    held = ready(session, asked, draws=FIRST[asked.about])
    key = ("what-if stands", held.fingerprint, asked.view, held.at.table)
    now = session.kept(key, lambda: _stands(held.asked, held))
    edits = effective(held, asked)
    if not edits:
        return now, now
    situation, at = edited(held, edits)
    return now, _stands(asks(situation, asked.about, at), held)


def moving(session: Session, asked: Trying) -> Moving:
    """Say what moves an answer, most first, and from where on.

    Raises UsageError for an answer that is none.
    """
    held = ready(session, asked, draws=FIRST[asked.about])
    answers, values = held.held.side.asked.answers, held.held.values
    varied = [one.name for k, one in enumerate(answers) if values[:, k].std() > 0]
    answer = asked.answer or next(iter(varied), answers[0].name)
    told = Telling(Names(held.asked.situation), Register(), held.asked.side.ranges)
    others = tuple((one.name, told.short(one)) for one in answers)
    named = dict(others).get(answer, answer)
    nothing = Moving(answer, named, others, (), "", "", 0, None, "")
    if asked.about == SLOW:
        said = f"detente levers {shlex.quote(session.folder.name)} {answer}"
        return replace(nothing, instead=f"Sweeping every input takes minutes here. Run it aside: {said}")
    if answer not in varied and answer in dict(others):
        return replace(nothing, instead=f"{named}: the same in every draw, so nothing moves it. Choose another answer.")
    key = ("what-if moving", held.fingerprint, asked.view, asked.about, held.at.table, answer)
    return session.kept(key, lambda: _moving(held, asked, replace(nothing, answer=answer)))


def _moving(held: Base, asked: Trying, nothing: Moving) -> Moving:
    draws = LEVER_DRAWS[asked.about]
    found = ask_levers(held.case, LeversAsked(answer=nothing.answer, table=held.at.table, draws=draws))
    register = Register()
    told = Telling(Names(found.situation), register, found.ranges)
    paths, data = swung(found, told)
    ends = [at for row in data.rows for at in (row.low, row.high) if at is not None] + [data.middle]
    axis = Axis(0.0, 1.0, data.middle) if data.shares else Axis(min(ends), max(ends))
    crossed = {one.path: turns(one) for one in found.flips}
    unit, able = " of draws" if data.shares else "", movable(held)
    bars = tuple(
        Lever(
            path=path,
            name=row.name,
            basis=row.basis,
            low=f"{row.ends[0]}: {data.number(row.low)}{unit}",
            high=f"{row.ends[1]}: {data.number(row.high)}{unit}",
            strip=swing(row.low, row.high, data.middle, axis),
            turns=crossed.get(path, ""),
            can=path in able,
        )
        for path, row in zip(paths, data.rows, strict=True)
    )
    sheet = laid(found.situation, (Section("turns", "From where on it turns", strips(found, told)),), register)
    middle = f"{data.middle_name}: {data.number(data.middle)}{unit}"
    instead = "" if bars else "No single input is seen to move it over the draws."
    level = "half of draws" if data.shares else "its mean"
    return replace(nothing, levers=bars, middle=middle, level=level, draws=found.draws, sheet=sheet, instead=instead)


def _stands(side: Asks, held: Base) -> Stands:
    asking = Asking(side.situation, held.at.table, side.plan, held.at.no_deal, len(held.held.values), held.at.seed)
    found = verdict(side.situation, held.at.table, side.plan.modes, no_deal=held.at.no_deal, effort=Effort())
    names = Names(side.situation)
    told = DealTelling(narrow(asking, verdict=found), names, Register())
    blocks = [line.text for block in why.blocks(told) for line in block_sentences(block)]
    return Stands((verdicts.summary(found), *verdicts.sentences(found, names, most=TOLD)[:TOLD]), tuple(blocks[:TOLD]))


def _command(session: Session, asked: Trying, edits: Sequence[str]) -> str:
    """Write the command that answers the same."""
    words = ["detente", "whatif", session.folder.name, *edits, "--draws", str(ALL[asked.about])]
    words += ["--about", asked.about] if asked.about != "deals" else []
    words += ["--table", asked.table] if asked.table else []
    return shlex.join(words)
