"""What is asked: which situation, at which table, on which agendas, against whom, and what is assumed beside it?

All that does not differ between draws is worked out here, once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, TypeAlias

import numpy as np
from jaxtyping import Float

from detente.boards import Deals, deals
from detente.boards.drawn import Draws
from detente.boards.outside.draft import drafted
from detente.boards.outside.dyads import Dyad, dyads
from detente.boards.outside.roles import kind_at
from detente.boards.outside.worlds import WORLDS
from detente.ensemble import Chunk, Drawing, Sampling, draw_inputs, drawn
from detente.ensemble.sampling import USUAL
from detente.errors import BoardError
from detente.outlook.agendas import Plan, base_modes, contested_issues, could_set, plans, setters
from detente.outlook.courses.assumed import AREA, Held, ranges
from detente.outlook.courses.result import NONE, ROUNDS, TALKS, Setting
from detente.outlook.crises import answering, unwritten
from detente.outlook.mandates import with_mandates
from detente.situation.nouns import Situation, Table
from detente.situation.paths import inputs
from detente.situation.values import Basis, Range

NoDealOf: TypeAlias = Literal["computed", "auto", "status-quo", "entered"]
FRESH = timedelta(days=60)  # an incident reported as older does not count as tension any more
MANDATE_DRAWS = 2_048
_ASSUMED_TALKS = "talks-assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What may be chosen: an agenda held in every draw, what no deal is worth, assumptions held to other ranges.

    `agenda` is one of `agendas` by name, or one of your own. Without `supply` no move outside the table is proposed
    that nobody names.
    """

    agenda: str | Plan | None = None
    no_deal: NoDealOf = "computed"
    held: Held = field(default_factory=dict)
    supply: bool = True


AS_IS = Choices()


@dataclass(frozen=True, slots=True)
class Leaning:
    """Who leans on a party of the table, as its ally or a lobby, and the path of how much that weighs."""

    path: str
    weight: Range
    voice: int
    party: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything about a case that is the same in every draw; `situation` is drafted, its bodies have mandates.

    `answered` says of each dyad whether a move of force stands against its challenge, `inside` whether both of it are
    at the table. `reported` counts fresh incidents and pressure in force, `start` is the state of the table before the
    first round. `agenda` is set where one is held in every draw.
    """

    situation: Situation
    setting: Setting
    plans: tuple[Plan, ...]
    agenda: int | None
    no_deal: NoDealOf
    contested: tuple[int, ...]
    leaning: tuple[Leaning, ...]
    answered: tuple[bool, ...]
    inside: tuple[bool, ...]
    assumed: Mapping[str, Range]
    reported: int
    start: int
    seed: int
    sampling: Sampling = USUAL


def question(situation: Situation, table: str, *, seed: int, choices: Choices = AS_IS) -> Question:
    """Work out what is asked of one table.

    Raises BoardError for a table that cannot be put on a board or does not need the consent of several, and for an
    agenda of no such name; UsageError for a path that is held and that the outlook does not have.

    >>> from detente.situation.nouns import Issue, Stance
    >>> know = Range.point(50, _swept())
    >>> talks = Table(id="talks", name="talks", consent=("a", "b"))
    >>> cap = Issue(id="cap", name="cap", status_quo=Range.point(0, _swept()))
    >>> both = tuple(Stance(party=p, issue="cap", position=know, salience=know) for p in ("a", "b"))
    >>> question(Situation(title="t", tables=(talks,), issues=(cap,), stances=both), "talks", seed=1).setting.modes
    ("today's agenda",)
    """
    written = drafted(_at_first(situation, table), supply=choices.supply)
    written = with_mandates(written, drawing=Drawing(MANDATE_DRAWS, seed))
    at, no_deal = written.table(table), choices.no_deal
    board = deals(written, table, no_deal="auto" if no_deal == "computed" else no_deal)
    listed = (choices.agenda,) if isinstance(choices.agenda, Plan) else agendas(written, table)
    pairs = dyads(written)
    names = [(d.challenger, d.target) for d in pairs]
    return Question(
        situation=written,
        setting=_setting(written, board, listed, no_deal if no_deal == "computed" else board.no_deal_kind),
        plans=listed,
        agenda=_held_agenda(listed, choices.agenda),
        no_deal=no_deal,
        contested=tuple(board.issues.index(i) for i in contested_issues(written, at) if i in board.issues),
        leaning=_leaning(written, board),
        answered=tuple(_answered(written, d) for d in pairs),
        inside=tuple({d.challenger, d.target} <= set(at.consent) for d in pairs),
        assumed=ranges(choices.held, parties=board.parties, dyads=names),
        reported=_reported(written),
        start=_start(written, at),
        seed=seed,
    )


def agendas(situation: Situation, table: str) -> tuple[Plan, ...]:
    """Return the agendas put forward: the table's own, all contested issues as options, each presser's precondition.

    >>> agendas(Situation(title="t", tables=(Table(id="talks", name="talks", consent=("a", "b")),)), "talks")[0].name
    "today's agenda"
    """
    at = situation.table(table)
    contested = contested_issues(situation, at)
    listed = plans(situation, table)
    narrow = next(iter(listed), Plan("today's agenda", (), "left_out", None, base_modes(situation, table, contested)))
    found = [narrow, *(p for p in listed if p.mode == "option" and p.issues == contested)]
    for presser in setters_of(situation, at, contested):
        pressed = tuple(i for i in contested if could_set(situation, at, presser, (i,)))
        found += [p for p in listed if p.mode == "precondition" and p.by == presser and p.issues == pressed]
    return tuple(found)


def setters_of(situation: Situation, at: Table, contested: Sequence[str]) -> tuple[str, ...]:
    """Return who could make at least one of these issues a precondition, each once."""
    return tuple(dict.fromkeys(p for issue in contested for p in setters(situation, at, (issue,))))


def drawn_inputs(question: Question, chunk: Chunk) -> dict[str, Float[np.ndarray, " draw"]]:
    """Draw every input of the courses in one chunk, by path: those of the situation, and all that is assumed."""
    seed, sampling = question.seed, question.sampling
    found = draw_inputs(question.situation, chunk.draws, seed=seed, chunk=chunk.index, sampling=sampling)
    for path, value in _beside(question):
        if path not in found:
            found[path] = drawn(path, value, chunk.draws, seed=seed, chunk=chunk.index, sampling=sampling)
    return found


def completed(question: Question, draws: Draws, count: int) -> dict[str, Float[np.ndarray, " draw"]]:
    """Return draws with every input that they leave out at its best guess."""
    best = {path: value.best for path, value in known_ranges(question).items() if path not in draws}
    return {**draws, **{path: np.full(count, at) for path, at in best.items()}}


def known_ranges(question: Question) -> dict[str, Range]:
    """Return the range of every input that `drawn_inputs` draws, but for the luck of red lines."""
    own = {i.path: i.value for i in inputs(question.situation)}
    return {**dict(_beside(question)), **own}


def assumed_draws(question: Question, draws: Draws, name: str, *of: str) -> Float[np.ndarray, " draw"]:
    """Return the draws of one thing that is assumed, of a party or a dyad where it is theirs."""
    return np.asarray(draws[".".join((AREA, name, *of))])


def _swept() -> Basis:
    return Basis(kind="assumed", rule="tie-weight-swept")


def _beside(question: Question) -> list[tuple[str, Range]]:
    crises = [u for d in question.setting.dyads for w in WORLDS for u in unwritten(question.situation, d, w)]
    leaning = [(one.path, one.weight) for one in question.leaning]
    return [*question.assumed.items(), *crises, *leaning]


def _at_first(situation: Situation, table: str) -> Situation:
    """Put the table that is asked about first, which is the one that a draft is about."""
    found = next((t for t in situation.tables if t.id == table), None)
    if found is None or len(found.consent) < 2:
        several = ", ".join(t.id for t in situation.tables if len(t.consent) > 1) or "none"
        raise BoardError(
            f"'{table}' is not a table of '{situation.title}' at which several must consent, so there are no talks to "
            f"follow. Tables where they must: {several}."
        )
    return situation.model_copy(update={"tables": tuple(sorted(situation.tables, key=lambda t: t.id != table))})


def _held_agenda(listed: Sequence[Plan], agenda: str | Plan | None) -> int | None:
    if agenda is None:
        return None
    names = [p.name for p in listed]
    name = agenda.name if isinstance(agenda, Plan) else agenda
    if name not in names:
        raise BoardError(f"'{name}' is not an agenda that is put forward here. These are: {', '.join(names)}.")
    return names.index(name)


def _setting(written: Situation, board: Deals, listed: Sequence[Plan], kind: str) -> Setting:
    at, pairs = written.table(board.table), dyads(written)
    kinds = {m.id: kind_at(written, m) for m in written.moves}
    due = next((d for d in written.deadlines if d.table in (None, at.id)), None)
    links = [link.table for link in at.links if link.kind != "consultation"]
    return Setting(
        table=board.table,
        parties=board.parties,
        voices=_voices(board),
        issues=board.issues,
        levels=board.levels,
        status_quo=board.status_quo,
        modes=tuple(p.name for p in listed),
        worlds=WORLDS,
        dyads=pairs,
        forceful=tuple(kinds[d.challenge] == "force" for d in pairs),
        proposer=_proposer(written, at, contested_issues(written, at)),
        deadline=None if due is None else due.id,
        deadline_by=None if due is None else due.by,
        rounds=ROUNDS,
        no_deal=kind,
        left_out=tuple(f"what table '{t}' settles is not waited for" for t in links),
    )


def _voices(board: Deals) -> tuple[str, ...]:
    return board.parties + (board.watchers.parties if board.watchers else ())


def _proposer(situation: Situation, at: Table, contested: Sequence[str]) -> str:
    """Return who puts agendas forward: the seated party that a third leans on to widen them, else one that presses."""
    own = {m: p.id for p in situation.parties if p.id in at.consent for m in p.members}
    pressing = [
        d for d in situation.demands if d.issue in contested and d.ask != "exclude" and d.table in (None, at.id)
    ]
    seated = {d.id: own.get(d.by, d.by) for d in pressing}
    thirds = [d for d in pressing if seated[d.id] not in at.consent]
    friends = [p for d in thirds for p in at.consent if _tied(situation, d.by, p)]
    asked = [d.to for d in thirds if d.to in at.consent]
    return next((p for p in (*friends, *asked, *seated.values()) if p in at.consent), at.consent[0])


def _tied(situation: Situation, one: str, other: str) -> bool:
    return any({t.source, t.target} == {one, other} for t in situation.ties if t.kind in ("ally", "lobby"))


def _leaning(situation: Situation, board: Deals) -> tuple[Leaning, ...]:
    """List who leans on whom; a tie without a weight counts from nothing to all."""
    voices, found = _voices(board), []
    for tie in situation.ties:
        ends = [(tie.source, tie.target)] + ([(tie.target, tie.source)] if tie.kind == "ally" else [])
        pairs = [(a, p) for a, p in ends if p in board.parties and a in voices and a not in board.parties]
        if tie.kind in ("ally", "lobby") and pairs:
            weight = tie.weight or Range(low=0, best=0.5, high=1, basis=_swept())
            ally, party = pairs[0]
            found.append(Leaning(f"{tie.id}.weight", weight, voices.index(ally), board.parties.index(party)))
    return tuple(found)


def _answered(situation: Situation, dyad: Dyad) -> bool:
    answers = answering(situation, dyad)
    return any(kind_at(situation, m) == "force" for m in situation.moves if m.id in answers)


def _reported(situation: Situation) -> int:
    since = None if situation.as_of is None else situation.as_of - FRESH
    fresh = [i for i in situation.incidents if i.date is None or since is None or i.date >= since]
    return len(fresh)


def _start(situation: Situation, at: Table) -> int:
    met = any(m.table in (None, at.id) and set(at.consent) <= set(m.parties) for m in situation.meetings)
    return NONE if at.basis.rule == _ASSUMED_TALKS and not met else TALKS
