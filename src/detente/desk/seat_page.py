"""How is one draw played in the browser, where the address of the page holds every move?"""

from dataclasses import dataclass, replace

from detente.desk.outlook_page import draw_of, world_of
from detente.desk.seat import Decision, Game, Page, begun, chosen, decisions, ended, header, is_over, page
from detente.desk.session import Session
from detente.desk.sheet import seen, viewed
from detente.desk.story import Asked as StoryAsked
from detente.errors import UsageError
from detente.situation.fingerprint import fingerprint

__all__ = ["Asked", "Decision", "Option", "Page", "Seated", "game_of", "seated"]
SEAL = 12  # characters of a fingerprint that an address holds
MOST_MOVES = 200  # decisions of one game: there are few in a round, and not many rounds
BETWEEN = "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which seat, in which draw, and what was chosen: numbers of choices, from 1, joined by dots.

    `of` is the beginning of the fingerprint of the situation in which they were chosen.
    """

    party: str
    draw: str = "0"
    world: str = "drift"
    table: str = ""
    view: str = "completed"
    moves: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: its words, and the moves of an address in which it was made."""

    words: str
    moves: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """The page of a seat.

    `moves` are those that were played, `back` all but the last of them. `changed` says that the situation is not the
    one in which they were chosen; `dropped` how many of them could not be played any more.
    """

    party: str
    name: str
    draw: str
    world: str
    table: str
    told: tuple[str, ...]
    made: tuple[Decision, ...]
    now: Page
    options: tuple[Option, ...]
    ended: tuple[str, ...]
    moves: str
    back: str | None
    of: str
    changed: bool
    dropped: int


def seated(session: Session, asked: Asked) -> Seated:
    """Play a draw with the moves of an address, and say what is asked now.

    Raises UsageError for a party, a draw, a world or a move that is none, BoardError where there are no talks.
    """
    game, numbers = game_of(session, asked)
    given = _numbers(asked.moves)
    of = fingerprint(game.case.situation)[:SEAL]
    before = replace(game, seat=replace(game.seat, choices=game.seat.choices[:-1])) if numbers else None
    now = page(game, since=before)
    over = is_over(game)
    told = header(game)
    return Seated(
        party=asked.party,
        name=next((p.name for p in game.case.situation.parties if p.id == asked.party), asked.party),
        draw=asked.draw,
        world=asked.world,
        table=asked.table,
        told=told[:1],
        made=tuple(decisions(game)),
        now=now,
        options=tuple(Option(words, _joined((*numbers, k))) for k, words in enumerate(now.choices, start=1)),
        ended=ended(game) if over else (),
        moves=_joined(numbers),
        back=_joined(numbers[:-1]) if numbers else None,
        of=of,
        changed=bool(asked.of) and asked.of != of,
        dropped=len(given) - len(numbers),
    )


def game_of(session: Session, asked: Asked) -> tuple[Game, tuple[int, ...]]:
    """Return the game after the moves of an address, and those of them that could be played.

    Raises UsageError where a move cannot be played though the situation is the one in which it was chosen.
    """
    draw, world = draw_of(asked.draw), world_of(asked.world)
    at = StoryAsked(draw=draw, world=world, table=asked.table or None, supply=asked.view != "text")
    game = session.answer(
        "seat", asked.view, asked.table, asked.world, str(draw), asked.party,
        compute=lambda case: begun(viewed(case, asked.view), at, asked.party),
    )  # fmt: skip
    edited = bool(asked.of) and asked.of != fingerprint(seen(session.now().situation, asked.view))[:SEAL]
    played: list[int] = []
    for number in _numbers(asked.moves):
        try:
            game = chosen(game, number)
        except UsageError:
            if not edited:
                raise
            break
        played.append(number)
    return game, tuple(played)


def _numbers(moves: str) -> tuple[int, ...]:
    found = moves.split(BETWEEN) if moves else []
    if len(found) > MOST_MOVES or not all(n.isascii() and n.isdigit() and len(n) < 3 for n in found):
        raise UsageError("The moves of this address cannot be read. Take the seat again, and choose.")
    return tuple(int(n) for n in found)


def _joined(numbers: tuple[int, ...]) -> str:
    return BETWEEN.join(map(str, numbers))
