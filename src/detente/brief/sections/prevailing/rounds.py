"""Who moves whom, round by round, in the model that has rounds?"""

from collections.abc import Sequence
from dataclasses import replace

from detente import figures as draw
from detente.boards.decision import Shift
from detente.brief.document import Block, Figure, Grid, Paragraph, Sentence
from detente.brief.prevailing import OnIssue, Rounds
from detente.brief.sections.prevailing.telling import HOW, Telling, by_model, drawn, every, model
from detente.brief.words import capital, counted

FEW = 12  # shifts that a table shows without being asked
# What a model's rounds are worth, where that was measured on decisions whose end is known.
MEASURED = {
    "spatial_bargaining": "On the decisions of the European Union of which the end is known, the rounds of this model "
    "made its forecast worse and not better: read them as a story of how it may come about."
}


def blocks(told: Telling) -> tuple[Block, ...]:
    """Draw the ways of all members, and set out who moved whom."""
    rounds = told.found.rounds
    if rounds is None or len(rounds.path) < 2:
        return ()
    moved = [one for one in told.found.issues if one.issue in rounds.issues and _moves(one, rounds, told)]
    shown: list[Block] = [Paragraph(_said(rounds, moved, told))]
    for one in moved:
        shown += (_figure(one, rounds, told), *_shifts(one, rounds, told))
    return tuple(shown)


def _how(rounds: Rounds) -> str:
    return f"{HOW.get(rounds.model, model(rounds.model))}; at the best guess"


def _say(text: str, rounds: Rounds, told: Telling) -> Sentence:
    standings = [s for one in told.found.issues for s in one.standings]
    return Sentence(text, (told.register.derive(_how(rounds), *told.refs(*standings)),), told.mark(*standings))


def _said(rounds: Rounds, moved: list[OnIssue], told: Telling) -> tuple[Sentence, ...]:
    many = len(rounds.path) - 1
    if not moved:
        text = f"In the rounds of {by_model(rounds.model)} nobody moves on any issue at the best guess."
        return (_say(text, rounds, told),)
    end = "and comes to rest" if rounds.settled else "and has not come to rest by then, the last that was allowed"
    where = told.names.issues(one.issue for one in moved)
    takes = f"At the best guess {by_model(rounds.model)} takes {counted(many, 'round', 'rounds')}"
    moves = _say(f"{takes} {end}; on {where} somebody moves.", rounds, told)
    measured = MEASURED.get(rounds.model)
    backtest = "forecasts and outcomes of the decisions in the DEU III data set; backtest"
    return (moves, *((told.plain(measured, backtest),) if measured else ()))


def _courses(one: OnIssue, rounds: Rounds, told: Telling) -> draw.Courses:
    at, (low, high) = rounds.issues.index(one.issue), told.ends(one)
    standing = {s.party for s in drawn(one)}
    return draw.Courses(
        issue=capital(told.names.issue(one.issue)),
        low=low,
        high=high,
        landmarks=told.landmarks(one),
        courses=tuple(
            draw.Course(capital(told.names.bare(party)), tuple(step[p][at] for step in rounds.path))
            for p, party in enumerate(rounds.parties)
            if party in standing
        ),
        settled=rounds.settled,
    )


def _moves(one: OnIssue, rounds: Rounds, told: Telling) -> bool:
    data = _courses(one, rounds, told)
    return any(data.moves(course) for course in data.courses)


def _figure(one: OnIssue, rounds: Rounds, told: Telling) -> Figure:
    data, name = _courses(one, rounds, told), told.names.issue(one.issue)
    id_ = f"rounds-{told.key}-{one.issue}"
    title = f"The way of {every(one)} on {name}, by {by_model(rounds.model)}"
    desc = "A line for each over the rounds, with its name and place where it ends."
    svg = draw.courses(data, id=f"fig-{id_}", title=title, desc=desc)
    svg += draw.courses(data, id=f"fig-{id_}-narrow", title=title, desc=desc, width=draw.NARROW)
    rows = tuple(
        tuple(
            told.say(text, one, _how(rounds))
            for text in (
                c.party,
                data.number(c.at[0]),
                data.number(c.at[-1]),
                str(_steps(c, data)) if data.moves(c) else "none",
            )
        )
        for c in data.courses
    )
    heads = ("member", "at the start", "at the end", "rounds in which it moves")
    grid = Grid(told.say(f"{title}.", one, _how(rounds)), heads, rows)
    return Figure(id_, svg, told.say(f"{title}. {desc}", one, _how(rounds)), grid, draw.courses_as_text(data))


def _steps(course: draw.Course, data: draw.Courses) -> int:
    least = 1e-3 * (data.high - data.low)
    return sum(abs(b - a) > least for a, b in zip(course.at[:-1], course.at[1:], strict=True))


def _shifts(one: OnIssue, rounds: Rounds, told: Telling) -> tuple[Grid, ...]:
    """Set out who moved whom on an issue: the largest moves, and all of them on demand."""
    found = [s for s in rounds.shifts if s.issue == one.issue and s.start != s.end]
    name = f"Who moved whom on {told.names.issue(one.issue)}, by {by_model(rounds.model)}"
    if not found:
        return ()
    if len(found) <= FEW:
        return (_grid(found, f"{name}.", one, rounds, told),)
    order = sorted(range(len(found)), key=lambda k: -abs(found[k].end - found[k].start))[:FEW]
    largest = [found[k] for k in sorted(order)]
    fold = f"All moves on {told.names.issue(one.issue)}, by {by_model(rounds.model)}"
    whole = replace(_grid(found, f"{name}: all {len(found)} moves.", one, rounds, told), fold=fold)
    return (_grid(largest, f"{name}: the {FEW} largest of {len(found)} moves.", one, rounds, told), whole)


def _grid(shifts: Sequence[Shift], caption: str, one: OnIssue, rounds: Rounds, told: Telling) -> Grid:
    valued = any(s.won is not None or s.lost is not None for s in shifts)
    heads = ("round, who moves", "from and to", "moved by", "how", *(("worth",) if valued else ()))
    if valued:
        caption += " Worth: to who presses, and to who moves, in the unit of the model's utilities."
    rows = []
    for s in shifts:
        texts = [
            f"{s.round}: {capital(told.names.bare(s.party))}",
            f"{told.number(one, s.start)} to {told.number(one, s.end)}",
        ]
        texts += [capital(told.names.bare(s.by)) if s.by is not None else "nobody", s.kind.replace("_", " ")]
        texts += [f"{_worth(s.won)}, {_worth(s.lost)}"] if valued else []
        rows.append(tuple(replace(told.say(text, one, _how(rounds)), mark=None) for text in texts))
    return Grid(told.say(caption, one, _how(rounds)), heads, tuple(rows))


def _worth(value: float | None) -> str:
    return "–" if value is None else f"{value:+.3f}"
