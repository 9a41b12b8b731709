"""What are levers asked about: the deals of a table, today's state without one, or the courses?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from detente.boards.frame import no_deal_kind
from detente.boards.outside.draft import drafted
from detente.desk.agendas import parsed
from detente.desk.dealt import usual
from detente.desk.draws import DRAWS, SEED
from detente.desk.no_agreement import ask_no_agreement, with_computed
from detente.desk.positions import USUAL
from detente.errors import BoardError, UsageError
from detente.levers.answers import ENDS, course_answers, deal_answers, holding_answers
from detente.levers.claim import Open, claim
from detente.levers.factors import open_among
from detente.levers.whatif import Side, side
from detente.outlook.agendas import Plan
from detente.outlook.courses.question import Choices, known_ranges, question
from detente.outlook.mandates import with_mandates
from detente.situation.nouns import Situation
from detente.situation.values import Range

About: TypeAlias = Literal["deals", "no-deal", "courses"]
ABOUT: tuple[About, ...] = ("deals", "no-deal", "courses")
NO_DEAL = ("auto", "status-quo", "entered", "computed")


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Where it is asked: at which table, on which agenda, with which value of no deal, from which seed.

    `held` are assumptions of the courses held to ranges of their own.
    """

    table: str
    agenda: tuple[str, ...] = ()
    no_deal: str = "auto"
    seed: int = SEED
    held: Mapping[str, Range] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asks:
    """A situation that can be asked, and what."""

    situation: Situation
    side: Side
    agenda: str
    no_deal: str
    plan: Plan


def bearing(put: Asks, kind: About, at: At) -> tuple[Open, ...]:
    """List the inputs that bear on the answers and can take several values."""
    if kind != "deals":
        return open_among(put.side.ranges)
    return claim(put.situation, at.table, put.plan.modes, no_deal=at.no_deal).open


def table_of(situation: Situation, table: str | None) -> str:
    """Return the table that is asked about: the first at which several must consent, where none is named.

    Raises BoardError where there is none.
    """
    known = [t.id for t in situation.tables]
    if table is not None and table not in known:
        listed = ", ".join(known) or "none"
        raise BoardError(f"'{table}' is not a table of '{situation.title}'. Its tables: {listed}.")
    several = [t.id for t in situation.tables if len(t.consent) > 1]
    if table is None and not several:
        raise BoardError(
            f"'{situation.title}' has no table at which several parties must consent, so there is nothing to move. "
            "Add a table with the parties whose consent it takes."
        )
    return table if table is not None else several[0]


def about(answer: str) -> About:
    """Say of what an answer is, by its name.

    Raises UsageError for a name that begins like no answer.

    >>> about("gain.iran"), about("holds.drift"), about("war.force")
    ('deals', 'no-deal', 'courses')
    """
    head = answer.partition(".")[0]
    if head in ("deal", "gain", "level"):
        return "deals"
    if head == "holds":
        return "no-deal"
    if head in ENDS:
        return "courses"
    told = f"deal, gain.PARTY, level.ISSUE, holds.WORLD, {', '.join(f'{end}.WORLD' for end in ENDS)}"
    raise UsageError(f"'{answer}' is no answer that could be moved. Answers: {told}.")


def asks(situation: Situation, kind: About, at: At) -> Asks:
    """Make a situation ready to be asked.

    Raises BoardError where it cannot be put on the board that this takes.
    """
    whole = with_mandates(situation, drawing=USUAL)
    plan = parsed(whole, at.table, at.agenda) if at.agenda else usual(whole, at.table)
    if kind == "deals":
        return _deals(whole, plan, at)
    if kind == "no-deal":
        written = drafted(whole)
        known = side(written, holding_answers(written))
        return Asks(written, known, plan.name, at.no_deal, plan)
    return _courses(situation, plan, at)


def _deals(whole: Situation, plan: Plan, at: At) -> Asks:
    if at.no_deal == "computed":
        whole = with_computed(whole, ask_no_agreement(whole, table=at.table, draws=(DRAWS, at.seed)))
    asked = deal_answers(whole, at.table, plan.modes, agenda=plan.name, no_deal=at.no_deal)
    return Asks(whole, side(whole, asked), plan.name, no_deal_kind(whole.table(at.table), at.no_deal), plan)


def _courses(situation: Situation, plan: Plan, at: At) -> Asks:
    if at.no_deal not in ("auto", "computed"):
        raise UsageError(f"The courses compute what no deal is worth: '{at.no_deal}' has no place there. Leave it out.")
    held = Choices(agenda=plan if at.agenda else None, held=at.held)
    asked = question(situation, at.table, seed=at.seed, choices=held)
    known = side(asked.situation, course_answers(asked), beside=known_ranges(asked))
    name = plan.name if at.agenda else "whichever agenda is agreed on"
    return Asks(asked.situation, known, name, "computed", plan)
