"""Why does an answer come out as it does: which inputs are on its path, and which of them moves it how far?

What is on the path is exact and there at once; how far each input moves the answer is sampled, and asked for after.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from detente.boards.outside.dyads import dyads
from detente.boards.outside.worlds import WORLDS
from detente.brief import because as words
from detente.brief.because import Behind, Known, Mover, OnPath, Ranked
from detente.desk.asking import NO_DEAL, About, Asks, At, about, asks, table_of
from detente.desk.case import Case
from detente.desk.draws import SEED
from detente.desk.session import Session
from detente.desk.sheet import seen
from detente.errors import UsageError
from detente.levers.answers import crisis_answers, holding_answers
from detente.levers.claim import Open, claim
from detente.levers.critical import Line, swept
from detente.levers.factors import Scalars, at_best, leading, open_among
from detente.levers.flips import Flips, flips
from detente.levers.sources import without
from detente.levers.tornado import Drift, drift
from detente.levers.whatif import hold
from detente.situation.paths import inputs

__all__ = ["AnswerAsked", "Behind", "Mover", "OnPath", "Ranked", "answer_asked", "behind", "ranked", "without_sources"]
Kind: TypeAlias = About | Literal["crisis"]
DRAWS: dict[Kind, int] = {"deals": 4_096, "no-deal": 256, "courses": 1_024, "crisis": 512}
CRISIS = "crisis."
MOST_OFF = 200
LONGEST = 4_000
SWEPT, GRID = 256, 5  # draws and values where turning points are sampled
TURNED = 3  # inputs of which these are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAsked:
    """Which answer: its name among the levers, at which table, on which agenda, in which view, without what."""

    about: str
    table: str | None = None
    agenda: tuple[str, ...] = ()
    no_deal: str = "auto"
    view: str = "completed"
    off: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """Of what the answer is."""
        return "crisis" if self.about.startswith(CRISIS) else about(self.about)

    @property
    def key(self) -> tuple[str, ...]:
        """All but the name of the answer: what answers of one kind have in common."""
        shared = {"no-deal": self.about, "crisis": self.about.rpartition(".")[0]}.get(self.kind, self.kind)
        return (shared, self.table or "", ",".join(self.agenda), self.no_deal, self.view, "\n".join(self.off))


def answer_asked(
    name: str, *, table: str = "", agenda: str = "", no_deal: str = "", view: str = "completed", off: Iterable[str] = ()
) -> AnswerAsked:
    """Read what an address asks; empty words leave the choice to the program.

    Raises UsageError for what is no answer, or too long to be an address of a page.

    >>> answer_asked("gain.iran", agenda="missiles=option,proxies=later").agenda
    ('missiles=option', 'proxies=later')
    """
    if len(agenda) > LONGEST or len(name) > LONGEST:
        raise UsageError("This address is too long to be one of a number. Follow a link of a page.")
    if no_deal and no_deal not in NO_DEAL:
        raise UsageError(f"'{no_deal[:60]}' is no way to say what no deal is worth. Choose: {', '.join(NO_DEAL)}.")
    if not name.startswith(CRISIS):
        about(name)
    return AnswerAsked(
        about=name,
        table=table or None,
        agenda=tuple(part.strip() for part in agenda.split(",") if part.strip()),
        no_deal=no_deal or "auto",
        view=view,
        off=tuple(dict.fromkeys(off))[:MOST_OFF],
    )


def without_sources(case: Case, off: tuple[str, ...], *, view: str = "completed") -> Case:
    """Return a case in a view, with some documents switched off.

    Raises SituationError for a document that is none.
    """
    situation = seen(case.situation, view)
    left = without(situation, off) if off else situation
    return replace(case, situation=left, texts=tuple(t for t in case.texts if t[0] not in off))


@dataclass(frozen=True, slots=True)
class _Put:
    """A question made ready: the answers of its kind, the inputs on the path, and those of them that are open."""

    case: Case
    asks: Asks
    at: At
    asked: Scalars
    paths: tuple[str, ...]
    open: tuple[Open, ...]

    def known(self, session: Session) -> Known:
        """Return what is known of the inputs; those that stand in the file lead to pages of their own."""
        asked, read = self.asks.situation, self.case.situation
        return Known(
            asked,
            self.asks.side.ranges,
            dict(self.case.texts),
            frozenset(i.path for i in inputs(session.now().situation)),
            exact=self.asked.answers[0].name == "deal",
            bodies=len(asked.stances) > len(read.stances),
        )


def behind(session: Session, asked: AnswerAsked) -> Behind:
    """Tell which inputs are on the path of an answer, and what each of them is known from.

    Raises UsageError for an answer that is none, and BoardError where it cannot be asked.
    """
    put = _ready(session, asked)
    answer = put.asked.answers[_place(put.asked, asked.about)]
    return words.behind(put.known(session), answer, put.paths, put.open, at_best=_at_best(put, asked))


def ranked(session: Session, asked: AnswerAsked) -> Ranked:
    """Tell how far each of them moves the answer, over draws, and from which value on it turns.

    Raises what `behind` raises, and AnalysisError where no input is open.
    """
    put = _ready(session, asked)
    at = _place(put.asked, asked.about)
    drifts: tuple[Drift, ...] = session.answer("why-drift", *asked.key, compute=lambda _: _drifts(put, asked))
    lines = session.answer("why-turns", asked.about, *asked.key, compute=lambda _: _turning(put, asked, drifts[at]))
    return words.ranked(put.known(session), drifts[at], lines)


def _ready(session: Session, asked: AnswerAsked) -> _Put:
    return session.answer("why-put", *asked.key, compute=lambda case: _put(case, asked))


def _put(case: Case, asked: AnswerAsked) -> _Put:
    left = without_sources(case, asked.off, view=asked.view)
    at = At(table=table_of(left.situation, asked.table), agenda=asked.agenda, no_deal=asked.no_deal)
    if asked.kind == "crisis":
        return _of_crisis(left, asked, at)
    put = asks(left.situation, asked.kind, at)
    if asked.kind == "deals":
        told = claim(put.situation, at.table, put.plan.modes, no_deal=at.no_deal)
        moving = [issue for issue, mode in put.plan.modes.items() if mode.name in ("in", "option", "precondition")]
        return _Put(left, put, at, put.side.asked, told.ranges.on_agenda(moving), told.open)
    answers = put.side.asked
    if asked.kind == "no-deal":  # each world takes a search of its own: only the one that is asked about
        worlds = [a.where for a in answers.answers if a.name == asked.about]
        answers = holding_answers(put.situation, [w for w in worlds if w is not None])  # type: ignore[misc]
        put = replace(put, side=replace(put.side, asked=answers))
    return _Put(left, put, at, answers, tuple(put.side.ranges), open_among(put.side.ranges))


def _of_crisis(case: Case, asked: AnswerAsked, at: At) -> _Put:
    """Make ready the crisis of a dyad, which starts from the table that is asked about."""
    first = tuple(sorted(case.situation.tables, key=lambda t: t.id != at.table))
    put = asks(case.situation.model_copy(update={"tables": first}), "no-deal", at)
    known = {f"{CRISIS}{d.challenger}.{d.target}.{w}": (d, w) for d in dyads(put.situation) for w in WORLDS}
    wanted = known.get(asked.about.rpartition(".")[0])
    if wanted is None:
        listed = ", ".join(f"{name}.0" for name in known) or "none"
        raise UsageError(f"'{asked.about[:60]}' is no end of a crisis here. Answers of its kind: {listed}.")
    answers = crisis_answers(put.situation, *wanted, seed=SEED)
    put = replace(put, side=replace(put.side, asked=answers))
    return _Put(case, put, at, answers, tuple(put.side.ranges), open_among(put.side.ranges))


def _place(asked: Scalars, name: str) -> int:
    names = [one.name for one in asked.answers]
    if name not in names:
        listed = ", ".join(names) or "none"
        raise UsageError(f"'{name[:60]}' is not an answer here. Answers of its kind: {listed}.")
    return names.index(name)


def _at_best(put: _Put, asked: AnswerAsked) -> float | None:
    """Return the answer at the best guess, where that is known at once."""
    if asked.kind != "deals" or not put.open:
        return None
    return float(put.asked.over(at_best(put.open, 1))[0, _place(put.asked, asked.about)])


def _drifts(put: _Put, asked: AnswerAsked) -> tuple[Drift, ...]:
    held = hold(put.asks.side, draws=DRAWS[asked.kind], seed=SEED)
    return drift(put.asked.answers, held.values, put.open, held.draws)


def _turning(put: _Put, asked: AnswerAsked, moved: Drift) -> dict[str, Line | Flips]:
    """Find where each input turns the answer: exactly for a deal, over few draws for the courses."""
    if asked.kind == "deals":
        sweep = swept(put.asks.situation, put.at.table, put.asks.plan.modes, no_deal=put.at.no_deal)
        return {one.path: sweep.line(one.path) for one in put.open}
    by_path = {one.path: one for one in put.open}
    top = [by_path[m.path] for m in moved.moves if m.seen and not by_path[m.path].is_hardness][:TURNED]
    if asked.kind != "courses" or not top:
        return {}
    held = hold(put.asks.side, draws=SWEPT, seed=SEED)
    found = flips(put.asked, leading(held.draws, SWEPT), top, answer=asked.about, grid=GRID)
    return {line.path: line for line in found}
