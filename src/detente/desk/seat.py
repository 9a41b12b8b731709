"""How does somebody play one draw in place of the model, and how is that kept?

A game is a frozen value: `begun` or `resumed` make one, `chosen` and `undone` return another, and `page` says what is
asked.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any, get_args

from detente.brief.sections.story.seat import Page, ending
from detente.brief.sections.story.seat import page as told_page
from detente.brief.story import Told
from detente.brief.words import Names
from detente.desk.case import Case
from detente.desk.story import NAMED, Asked, about_of
from detente.errors import UsageError
from detente.outlook.seat import Moment, Seat, course_of, decide, moment, seated
from detente.outlook.seat import seats as able
from detente.outlook.seat import undone as taken_back
from detente.outlook.seat.played import played
from detente.outlook.story import Story
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import World

__all__ = [
    "MOST_BYTES",
    "Decision",
    "Game",
    "Page",
    "as_lines",
    "begun",
    "chosen",
    "decisions",
    "ended",
    "header",
    "is_over",
    "page",
    "resumed",
    "seats",
    "undone",
]
SCHEMA = "detente.seat/1"
MOST_BYTES = 1_000_000
"""A transcript has a line for every decision; one that is longer than this is none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that was made: in which round, what had happened, what was asked, among what; `choice` as kept.

    `words` says what was chosen.
    """

    round: int
    news: tuple[str, ...]
    question: str
    choices: tuple[tuple[str, str], ...]
    choice: str

    @property
    def words(self) -> str:
        """What was chosen, in words."""
        return dict(self.choices)[self.choice]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Game:
    """A seat in a draw of a case, and where that draw comes from."""

    case: Case
    asked: Asked
    seat: Seat


def begun(case: Case, asked: Asked, party: str) -> Game:
    """Begin a game.

    Raises BoardError where no table can be put on a board, UsageError for a party that decides nothing.
    """
    seat = seated(about_of(case, asked), party, draw=asked.draw, world=asked.world)
    return Game(case=case, asked=asked, seat=seat)


def seats(case: Case, asked: Asked) -> tuple[tuple[str, str], ...]:
    """List who decides something in a case, by id and by name.

    Raises BoardError where no table can be put on a board.
    """
    names = Names(case.situation)
    return tuple((party, names.bare(party)) for party in able(about_of(case, asked)))


def chosen(game: Game, number: int) -> Game:
    """Choose one of the choices of a page, by its number from 1.

    Raises UsageError where there is none of that number.
    """
    choices = moment(game.seat).choices
    if not 1 <= number <= len(choices):
        raise UsageError(f"There is no choice {number}. Give a number from 1 to {len(choices)}.")
    return replace(game, seat=decide(game.seat, choices[number - 1]))


def undone(game: Game) -> Game:
    """Take the last choice back.

    Raises UsageError where nothing was chosen yet.
    """
    if not game.seat.choices:
        raise UsageError("Nothing was chosen yet, so that nothing can be taken back. Choose first.")
    return replace(game, seat=taken_back(game.seat))


def is_over(game: Game) -> bool:
    """Return whether nothing is left to decide."""
    return moment(game.seat).asked is None


def page(game: Game, *, since: Game | None = None) -> Page:
    """Return what is asked now, and what happened since an earlier state of the game."""
    return told_page(_told(game), moment(game.seat), since=None if since is None else moment(since.seat))


def header(game: Game) -> tuple[str, ...]:
    """Say which seat it is, in which draw, and what the keys are."""
    names, asked = Names(game.case.situation), game.asked
    where = names.table(game.seat.draw.question.setting.table)
    return (
        f"{game.case.situation.title}: {where}, draw {asked.draw} in the world \u201c{asked.world}\u201d.",
        f"You decide for {names.party(game.seat.party)}. It is one of many draws, and no forecast; the others do what",
        "the model has them do. Give the number of a choice; ? explains, u takes the last move back, q ends.",
    )


def ended(game: Game) -> tuple[str, ...]:
    """Say how it came out beside what the model would have done, and what could not be known."""
    return ending(_told(game))


def as_lines(game: Game) -> bytes:
    """Return the game as JSON lines: what was played, every decision, and the end where it is over."""
    rows = [_header(game), *map(_row_of, decisions(game))]
    if is_over(game):
        news = page(game).news
        rows.append({"end": True, "course": list(news), "told": list(ended(game))})
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def resumed(case: Case, content: bytes) -> Game:
    """Go on with a game that was kept.

    Raises UsageError where the transcript is none, or was played on another state of the case.
    """
    rows = [_row(line, n) for n, line in enumerate(content.split(b"\n"), start=1) if line.strip()]
    if not rows or rows[0].get("schema") != SCHEMA:
        raise UsageError("This is no transcript of `detente play`. Give a file that it saved.")
    head = rows[0]
    if head.get("fingerprint") != fingerprint(case.situation):
        raise UsageError(
            "The case is not the one that was played: it has been edited since, or is another. Give the case of the "
            "transcript, or begin anew."
        )
    game = begun(case, _asked(head), _text(head, "party"))
    seat = game.seat
    for row in rows[1:]:
        if not row.get("end"):
            seat = decide(seat, _text(row, "choice"))
    return replace(game, seat=seat)


def _told(game: Game) -> Told:
    seat = game.seat
    usual = played(seat.draw)
    return Told(
        situation=game.case.situation,
        story=Story(draw=seat.draw, mode=-1 if usual.mode is None else usual.mode, turns=usual.turns),
        alike=None,
        seed=game.asked.seed,
        version=version("detente"),
        fingerprint=fingerprint(game.case.situation),
        party=seat.party,
        played=course_of(seat),
    )


def _header(game: Game) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "title": game.case.situation.title,
        "party": game.seat.party,
        "table": game.seat.draw.question.setting.table,
        "world": game.asked.world,
        "draw": game.asked.draw,
        "seed": game.asked.seed,
        "version": version("detente"),
        "fingerprint": fingerprint(game.case.situation),
        "note": "one of many draws, no forecast",
    }


def decisions(game: Game) -> Iterator[Decision]:
    """Say of every decision what was asked, among what, and what was chosen."""
    told, at = _told(game), replace(game.seat, choices=())
    before: Moment | None = None
    for choice in game.seat.choices:
        now = moment(at)
        assert now.asked is not None
        shown = told_page(told, now, since=before)
        choices = tuple(zip(now.choices, shown.choices, strict=True))
        yield Decision(now.asked.number, shown.news, shown.question, choices, choice)
        before, at = now, replace(at, choices=(*at.choices, choice))


def _row_of(one: Decision) -> dict[str, object]:
    return {
        "round": one.round,
        "news": list(one.news),
        "question": one.question,
        "choices": dict(one.choices),
        "choice": one.choice,
    }


def _row(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise UsageError(f"Line {number} of the transcript is no JSON object. Give a file that `detente play` saved.")
    return row


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise UsageError(f"The transcript says nothing of '{key}'. Give a file that `detente play` saved.")
    return value


def _asked(head: dict[str, Any]) -> Asked:
    """Read which draw was played."""
    numbers = {key: head.get(key) for key in ("draw", "seed")}
    world = _text(head, "world")
    wrong = [key for key, n in numbers.items() if not isinstance(n, int) or isinstance(n, bool) or n < 0]
    if wrong or world not in NAMED:
        raise UsageError(f"'{wrong[0] if wrong else world}' of the transcript is no such thing. Begin anew.")
    draw, seed = (int(str(n)) for n in numbers.values())
    return Asked(world=_world(world), table=_text(head, "table"), draw=draw, seed=seed)


def _world(said: str) -> World:
    return next(world for world in get_args(World) if world == said)
