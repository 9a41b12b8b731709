"""Which questions about the future does a situation raise, so put that anybody can tell how they came out?

Asked are: for each table at which something is bargained over, an agreement, a further round, and whether a contested
issue is taken up; each planned meeting; the use of force by whoever could or says it would; war between the principal
two; and each conditional threat, as a pair: is it carried out within a week if what it names comes about, and is it if
that does not? What hangs on one event is one cluster: all talks at one table, and all use of force in one situation.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from detente.boards.outside.roles import main_table
from detente.errors import LedgerError
from detente.ledger import criteria
from detente.ledger.acts import Act, called, made, setting_off, threatened
from detente.ledger.criteria import SOURCES, day_in_words, together
from detente.outlook.agendas import contested_issues
from detente.situation.nouns import Meeting, Situation, Table, Threat
from detente.situation.questions import About, Condition, Question
from detente.situation.values import Basis

DAYS = (30, 90)
ANSWER_DAYS = 7  # within which a threat is to be carried out
GRACE_DAYS = 3  # by which a planned meeting may be late
_BARGAINED = ("in", "option", "precondition")
_LONGEST = 80
_Armed: TypeAlias = tuple[tuple[str, str], tuple[str, ...]]
_BASIS = Basis(kind="supplied", rule="question-suggested")


def suggested(situation: Situation, *, as_of: dt.date, days: Sequence[int] = DAYS) -> tuple[Question, ...]:
    """Write questions from a situation, opened on a day and closing so many days later.

    War, agendas and threats are asked about over the longest of `days` alone. An id is the same whenever the same
    question is written again for the same closing day.

    Raises LedgerError where there are no days, or one of them is not ahead.

    >>> from detente.situation.nouns import Issue, AgendaItem
    >>> from detente.situation.values import Range
    >>> cap = Issue(id="cap", name="cap", status_quo=Range.point(0, _BASIS))
    >>> talks = Table(id="talks", name="talks", consent=("a", "b"), agenda=(AgendaItem(issue="cap", mode="in"),))
    >>> made = suggested(Situation(title="t", tables=(talks,), issues=(cap,)), as_of=dt.date(2026, 2, 8), days=(30,))
    >>> [q.text for q in made]  # doctest: +NORMALIZE_WHITESPACE
    ['Will a and b reach an agreement by 10 March 2026?', 'Will a and b hold a round of talks by 10 March 2026?']
    """
    if not days or min(days) < 1:
        raise LedgerError(
            "Questions close some days after they are opened, and none of the days given lies ahead. Give at least one "
            "number of days of 1 or more, such as 30."
        )
    asked = _Asked(situation, as_of, tuple(sorted(set(days))))
    found = [*_at_tables(asked), *_meetings(asked), *_of_force(asked), *_of_war(asked), *_of_threats(asked)]
    return tuple({question.id: question for question in found}.values())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked: the situation, the day of opening and the numbers of days, ascending."""

    situation: Situation
    as_of: dt.date
    days: tuple[int, ...]

    def closing(self) -> tuple[dt.date, ...]:
        return tuple(self.as_of + dt.timedelta(days=n) for n in self.days)

    def last(self) -> dt.date:
        return self.closing()[-1]

    def span(self, closes: dt.date) -> tuple[dt.date, dt.date]:
        return self.as_of, closes

    def names(self, parties: Sequence[str]) -> list[str]:
        return [called(self.situation, p) for p in parties]

    def binary(self, stem: str, text: str, told: str, closes: dt.date, **rest: object) -> Question:
        return Question.model_validate(
            {
                **{"id": _id(stem, closes), "text": text, "criteria": told, "sources": SOURCES},
                **{"opens": self.as_of, "closes": closes, "basis": _BASIS, **rest},
            }
        )


def _id(stem: str, closes: dt.date) -> str:
    """Return an id that is as long as one may be, and no two stems alike."""
    tail = f"-by-{closes}"
    if len(stem) + len(tail) <= _LONGEST:
        return stem + tail
    mark = hashlib.sha256(stem.encode()).hexdigest()[:8]
    return f"{stem[: _LONGEST - len(tail) - 9].strip('-')}-{mark}{tail}"


def _bargains(table: Table) -> list[str]:
    """Return the issues that may be settled at a table; none where it is a consultation."""
    return [a.issue for a in table.agenda if a.mode in _BARGAINED] if len(table.consent) > 1 else []


def _at_tables(asked: _Asked) -> Iterator[Question]:
    for table in asked.situation.tables:
        open_issues = _bargains(table)
        if not open_issues:
            continue
        for closes in asked.closing():
            yield _agreement(asked, table, closes)
        for closes in asked.closing():
            yield _talks(asked, table, closes)
        for issue in contested_issues(asked.situation, table):
            yield _agenda(asked, table, issue, asked.last())


def _agreement(asked: _Asked, table: Table, closes: dt.date) -> Question:
    issues = [i.name for i in asked.situation.issues if i.id in {a.issue for a in table.agenda}]
    names = asked.names(table.consent)
    return asked.binary(
        f"{table.id}-agreement",
        f"Will {together(names)} reach an agreement by {day_in_words(closes)}?",
        criteria.for_agreement(names, issues, asked.span(closes)),
        closes,
        evidence=table.evidence,
        cluster=_id_of("talks", table.id),
        topics=("agreement",),
        about=About(event="agreement", table=table.id),
    )


def _talks(asked: _Asked, table: Table, closes: dt.date) -> Question:
    names = asked.names(table.consent)
    held = any(m.table == table.id and m.status == "held" for m in asked.situation.meetings)
    planned = [m for m in asked.situation.meetings if m.table == table.id and m.status == "planned"]
    return asked.binary(
        f"{table.id}-round",
        f"Will {together(names)} hold a {'further ' if held else ''}round of talks by {day_in_words(closes)}?",
        criteria.for_talks(names, asked.span(closes)),
        closes,
        evidence=tuple(dict.fromkeys((*table.evidence, *(e for m in planned for e in m.evidence)))),
        cluster=_id_of("talks", table.id),
        topics=("talks",),
        about=About(event="talks", table=table.id),
    )


def _agenda(asked: _Asked, table: Table, issue: str, closes: dt.date) -> Question:
    names, name = asked.names(table.consent), asked.situation.issue(issue).name
    demands = [d for d in asked.situation.demands if d.issue == issue and d.table in (None, table.id)]
    item = next((a for a in table.agenda if a.issue == issue), None)
    return asked.binary(
        f"{table.id}-takes-up-{issue}",
        f"Will the talks of {together(names)} take up {name} by {day_in_words(closes)}?",
        criteria.for_agenda(names, name, asked.span(closes)),
        closes,
        evidence=tuple(dict.fromkeys((*(item.evidence if item else ()), *(e for d in demands for e in d.evidence)))),
        cluster=_id_of("talks", table.id),
        topics=("agenda",),
        about=About(event="agenda", table=table.id, issue=issue),
    )


def _meetings(asked: _Asked) -> Iterator[Question]:
    """Ask about planned meetings, but for a round without a day of talks that are asked about anyway."""
    bargaining = {t.id for t in asked.situation.tables if _bargains(t)}
    for meeting in asked.situation.meetings:
        undated = meeting.date is None
        if meeting.status != "planned" or len(meeting.parties) < 2 or (undated and meeting.table in bargaining):
            continue
        closes = asked.closing()[0] if meeting.date is None else meeting.date + dt.timedelta(days=GRACE_DAYS)
        if meeting.date is None or meeting.date >= asked.as_of:
            yield _meeting(asked, meeting, closes)


def _meeting(asked: _Asked, meeting: Meeting, closes: dt.date) -> Question:
    names = asked.names(meeting.parties)
    when = f'"{meeting.when}"' if meeting.when and meeting.date is None else ""
    day = "" if meeting.date is None else f" for {day_in_words(meeting.date)}"
    told = ", ".join(said for said in (when, meeting.venue) if said)
    planned = day + (f" ({told})" if told else "")
    table = next((t for t in asked.situation.tables if t.id == meeting.table), None)
    whole = table is not None and set(table.consent) <= set(meeting.parties)
    return asked.binary(
        f"{meeting.id}-held",
        f"Will the meeting of {together(names)} planned{planned} be held by {day_in_words(closes)}?",
        criteria.for_meeting(names, meeting.venue, asked.span(closes)),
        closes,
        evidence=meeting.evidence,
        cluster=_id_of("meeting", meeting.id) if meeting.table is None else _id_of("talks", meeting.table),
        topics=("talks",),
        about=About(event="talks", table=meeting.table) if whole else About(),
    )


def _force_pairs(situation: Situation) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return who could use force against whom, with the evidence."""
    found: dict[tuple[str, str], list[str]] = {}
    for pair, evidence in (*_by_moves(situation), *_by_threats(situation), *_by_rivalry(situation)):
        found.setdefault(pair, []).extend(evidence)
    return {pair: tuple(dict.fromkeys(evidence)) for pair, evidence in found.items()}


def _by_moves(situation: Situation) -> Iterator[_Armed]:
    for move in situation.moves:
        act = made(situation, move)
        if act is not None and act.means == "force" and act.against is not None:
            yield (act.by, act.against), move.evidence


def _by_threats(situation: Situation) -> Iterator[_Armed]:
    """Yield who threatens force, and who would set a threat off by it."""
    for threat in situation.threats:
        done, act = threatened(situation, threat), setting_off(situation, threat)
        if threat.kind == "threat" and done.means == "force":
            yield (threat.by, threat.against), threat.evidence
        if act is not None and act.means == "force" and act.against is not None:
            yield (act.by, act.against), threat.evidence


def _by_rivalry(situation: Situation) -> Iterator[_Armed]:
    for tie in situation.ties:
        if tie.kind == "rivalry":
            yield (tie.source, tie.target), tie.evidence
            yield (tie.target, tie.source), tie.evidence


def _of_force(asked: _Asked) -> Iterator[Question]:
    for pair, evidence in _force_pairs(asked.situation).items():
        for closes in asked.closing():
            yield _force(asked, pair, evidence, closes)


def _force(asked: _Asked, pair: tuple[str, str], evidence: tuple[str, ...], closes: dt.date) -> Question:
    by, against = asked.names(pair)
    return asked.binary(
        f"{pair[0]}-force-against-{pair[1]}",
        f"Will {by} use armed force against {against} by {day_in_words(closes)}?",
        criteria.for_force(by, against, asked.span(closes)),
        closes,
        evidence=evidence,
        cluster=_outbreak(asked.situation),
        topics=("force",),
        about=About(event="force", by=pair[0], against=pair[1]),
    )


def _of_war(asked: _Asked) -> Iterator[Question]:
    """Ask about war between two that could use force against each other: rivals, or two at the main table."""
    pairs = _force_pairs(asked.situation)
    table = main_table(asked.situation)
    seats = () if table is None else table.consent
    rivals = [frozenset((t.source, t.target)) for t in asked.situation.ties if t.kind == "rivalry"]
    near = [frozenset(p) for p in pairs if set(p) <= set(seats)]
    for pair in dict.fromkeys((*rivals, *near)):
        two = tuple(dict.fromkeys(p for both in pairs for p in both if set(both) == pair))
        if len(two) == 2:
            evidence = dict.fromkeys(e for both, said in pairs.items() if set(both) == pair for e in said)
            yield _war(asked, two, tuple(evidence), asked.last())


def _war(asked: _Asked, pair: Sequence[str], evidence: tuple[str, ...], closes: dt.date) -> Question:
    names = asked.names(pair)
    return asked.binary(
        f"{pair[0]}-{pair[1]}-war",
        f"Will there be a full-scale war between {together(names)} by {day_in_words(closes)}?",
        criteria.for_war(names, asked.span(closes)),
        closes,
        evidence=evidence,
        cluster=_outbreak(asked.situation),
        topics=("war",),
        about=About(event="war", by=pair[0], against=pair[1]),
    )


def _of_threats(asked: _Asked) -> Iterator[Question]:
    for threat in asked.situation.threats:
        found = _condition(asked, threat, setting_off(asked.situation, threat))
        if found is not None:
            yield found.question
            yield from _pair(asked, threat, found)


@dataclass(frozen=True, slots=True)
class _Condition:
    """The question on what would set a threat off, with its sentence: who, and what after "will"."""

    question: Question
    who: str
    does: str


def _condition(asked: _Asked, threat: Threat, act: Act | None) -> _Condition | None:
    """Ask about what would set a threat off; None for a threat that names nothing."""
    closes = asked.last()
    if act is None:
        return _as_named(asked, threat, closes) if threat.condition else None
    who = called(asked.situation, act.by)
    if act.means == "force" and act.against is not None:
        return _Condition(_force(asked, (act.by, act.against), threat.evidence, closes), who, act.words)
    both = {act.by, threat.by}
    table = next((t for t in asked.situation.tables if both <= set(t.consent) and _bargains(t)), None)
    if act.means == "settlement" and table is not None:
        names = together(asked.names(table.consent))
        return _Condition(_agreement(asked, table, closes), names, "reach an agreement")
    warned = f' (the warning: "{threat.condition}")' if threat.condition and act.means != "sanctions" else ""
    does = act.words + warned
    question = asked.binary(
        f"{threat.id}-set-off",
        f"Will {who} {does} by {day_in_words(closes)}?",
        criteria.for_act(asked.situation, act, threat.condition or "", asked.span(closes)),
        closes,
        evidence=threat.evidence,
        cluster=_id_of("threat", threat.id),
        topics=("threat",),
    )
    return _Condition(question, who, does)


def _as_named(asked: _Asked, threat: Threat, closes: dt.date) -> _Condition:
    """Ask about a condition of which no act is known: whether the one who warned says that it is met."""
    who, does = called(asked.situation, threat.by), f'say that this has come about: "{threat.condition}"'
    question = asked.binary(
        f"{threat.id}-set-off",
        f"Will {who} {does}, by {day_in_words(closes)}?",
        criteria.for_condition(who, threat.condition or "", asked.span(closes)),
        closes,
        evidence=threat.evidence,
        cluster=_id_of("threat", threat.id),
        topics=("threat",),
    )
    return _Condition(question, who, does)


def _pair(asked: _Asked, threat: Threat, first: _Condition) -> Iterator[Question]:
    """Ask whether a threat is carried out, once if what it names comes about, and once if that does not."""
    done, closes = threatened(asked.situation, threat), asked.last()
    by = called(asked.situation, threat.by)
    for outcome, turn, since in (("yes", "", ""), ("no", "not ", f" after {day_in_words(closes)}")):
        yield asked.binary(
            f"{threat.id}-if-{outcome}",
            f"Should {first.who} {turn}{first.does} by {day_in_words(closes)}: "
            f"will {by} {_done(asked, threat, done)} within {ANSWER_DAYS} days{since}?",
            criteria.for_branch(asked.situation, done, (first.question.id, outcome), ANSWER_DAYS),
            closes + dt.timedelta(days=ANSWER_DAYS),
            evidence=threat.evidence,
            given=Condition(question=first.question.id, outcome=outcome, within_days=ANSWER_DAYS),
            cluster=_outbreak(asked.situation) if done.kind == "force" else first.question.cluster,
            topics=("threat",),
            about=About(event="threat", threat=threat.id, by=threat.by, against=threat.against),
        )


def _done(asked: _Asked, threat: Threat, done: Act) -> str:
    """Say what it is to carry a threat out, or to keep a promise."""
    if done.means != "act":
        return done.words
    against = called(asked.situation, threat.against)
    if threat.kind == "commitment":
        return f"keep its promise to {against} to {done.words}"
    return f"carry out its threat against {against} to {done.words}"


def _outbreak(situation: Situation) -> str:
    """Name the cluster of all use of force in a situation: one outbreak draws the others in."""
    table = main_table(situation)
    pair = table.consent[:2] if table is not None else next(iter(_force_pairs(situation)), ())
    return _id_of("force", "-".join(sorted(pair)))


def _id_of(kind: str, of: str) -> str:
    return f"{kind}-{of}"[:_LONGEST].strip("-")
