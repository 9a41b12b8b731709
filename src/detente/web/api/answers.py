"""What agendas come to, what stands behind a number, and what each source does, as data."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from detente.desk.agenda_now import AgendaNow, agendas_now
from detente.desk.evidence_page import Asks, Nothing, answered
from detente.desk.why_answer import AnswerAsked, Mover, OnPath, answer_asked, behind, ranked
from detente.errors import BoardError
from detente.web.api import WRONG, Dossier
from detente.web.asked import Ask

router = APIRouter(prefix="/api")
Table = Annotated[
    str, Query(max_length=400, description="Which table, by its id; the first with several parties else.")
]
View = Annotated[str, Query(max_length=20, description="text: without what the program supplied.")]
Off = Annotated[list[str] | None, Query(max_length=200, description="Documents that are switched off; several times.")]
About = Annotated[str, Query(max_length=400, description="Such as deal, gain.iran, level.enrichment, war.drift.")]
Agenda = Annotated[str, Query(max_length=4000, description="Such as missiles=option,proxies=precondition:israel.")]
Ranked = Annotated[bool, Query(description="Whether to sample how far each input moves it.")]


class AgendaNowOut(BaseModel):
    """An agenda as it stands: `verdict` is holds, depends, none, or open where it is not settled at once.

    `share_of_draws` and the gains are in words; a share of draws is the model's, and no probability.
    """

    table: str
    agenda: str
    verdict: str
    says: str
    share_of_draws: str
    gains: dict[str, str]
    blocked: list[list[str]]
    why_not: str


class InputOut(BaseModel):
    """An input on the path of a number; `moves` and `turns` are there where they were sampled."""

    path: str
    title: str
    value: str
    basis: str | None
    by: str
    rule: str
    quotes: list[str]
    open: bool
    moves: str
    turns: str


class WhyAnswerOut(BaseModel):
    """What stands behind a number: exactly which inputs, and where it was asked for how far they move it."""

    title: str
    says: str
    sampled: str
    inputs: list[InputOut]


class SourceOut(BaseModel):
    """What a document does: doublings of the ratio between two answers, and the greatest change of a share of draws."""

    document: str
    quotes: list[str]
    doublings: float
    difference: float
    diagnostic: bool
    turns: list[str]
    raises: list[str]


class QuestionOut(BaseModel):
    """A question, its answers and the shares of draws in which each is so."""

    id: str
    answers: list[str]
    shares: list[float] | None
    verdict: str


class EvidenceOut(BaseModel):
    """Every question as it stands without what is off, and what each source that is on does."""

    table: str
    draws: int
    questions: list[QuestionOut]
    sources: list[SourceOut]


@router.get("/agendas-now", responses=WRONG)
def now(asked: Ask, view: View = "", dossier: Dossier = None) -> list[AgendaNowOut]:
    """Say for every table whether there is a deal on its agenda as it stands."""
    return [
        _agenda(one)
        if isinstance(one, AgendaNow)
        else AgendaNowOut(
            table=one.table, agenda="", verdict="", says="", share_of_draws="", gains={}, blocked=[], why_not=one.why
        )
        for one in agendas_now(asked.session, view=asked.view)
    ]


def _wanted(
    asked: Ask, about: About = "deal", table: Table = "", agenda: Agenda = "", off: Off = None, view: View = ""
) -> AnswerAsked:
    return answer_asked(about, table=table, agenda=agenda, view=asked.view, off=off or ())


@router.get("/why-answer", responses=WRONG)
def why_answer(
    asked: Ask, wanted: Annotated[AnswerAsked, Depends(_wanted)], rank: Ranked = False, dossier: Dossier = None
) -> WhyAnswerOut:
    """Tell which inputs are on the path of a number."""
    found = behind(asked.session, wanted)
    rows = [_input(one) for one in (*found.open, *found.fixed)]
    if not rank:
        return WhyAnswerOut(title=found.title, says=found.says, sampled="", inputs=rows)
    told = ranked(asked.session, wanted)
    rows = [_input(m.one, m) for m in (*told.movers, *told.rest)] + [_input(one) for one in found.fixed]
    return WhyAnswerOut(title=found.title, says=told.says, sampled=told.sampled, inputs=rows)


@router.get("/evidence", responses=WRONG)
def evidence(asked: Ask, table: Table = "", off: Off = None, view: View = "", dossier: Dossier = None) -> EvidenceOut:
    """Switch off every source in turn, and tell what that does."""
    found = answered(asked.session, Asks(table=table, view=asked.view, off=tuple(dict.fromkeys(off or ()))))
    if isinstance(found, Nothing):
        raise BoardError(found.why)
    told = found.sources
    return EvidenceOut(
        table=found.table,
        draws=told.draws,
        questions=[
            QuestionOut(
                id=q.id, answers=list(q.hypotheses), shares=list(r.shares) if r.shares else None, verdict=r.verdict
            )
            for q, r in zip(told.questions, told.standing, strict=True)
        ],
        sources=[
            SourceOut(
                document=w.unit.id,
                quotes=list(w.unit.quotes),
                doublings=w.doublings,
                difference=w.difference,
                diagnostic=w.is_diagnostic,
                turns=[s.question for s in w.turns],
                raises=[s.question for s in w.raises],
            )
            for w in told.weights
        ],
    )


def _agenda(one: AgendaNow) -> AgendaNowOut:
    return AgendaNowOut(
        table=one.table,
        agenda=one.specs,
        verdict=one.told.settled,
        says=one.told.verdict,
        share_of_draws=one.told.share,
        gains={about.removeprefix("gain."): points for _, points, about in one.told.gains},
        blocked=[[way.words for way in group] for group in one.told.blocked],
        why_not="",
    )


def _input(one: OnPath, moved: Mover | None = None) -> InputOut:
    return InputOut(
        path=one.why.path,
        title=one.why.title,
        value=one.why.shown,
        basis=one.why.kind,
        by=one.why.by,
        rule=one.why.rule,
        quotes=[q.id for q in one.why.quotes],
        open=one.open,
        moves=moved.moves if moved else "",
        turns=moved.turns if moved else "",
    )
