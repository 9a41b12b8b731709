"""What could somebody do in one draw in place of the model, move by move, and what would come of it?

A seat is a draw and the choices made in it so far; `moment` plays the draw from its start with them, and says what is
asked now. The others and the luck stay what they are in the draw: a choice changes what follows and nothing before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.errors import UsageError
from detente.outlook.courses.question import Question
from detente.outlook.seat.dealt import Dealt, dealt
from detente.outlook.seat.played import AGENDA, Asked, Event, Played, Turn, played
from detente.situation.nouns import World


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seat:
    """A party that somebody decides for, in one draw of one world, and what it has chosen so far."""

    draw: Dealt
    party: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a seat is: rounds that are over, what has happened in the one that is not, what is asked and among what.

    `asked` is None once all is over. `choices` are those that `decide` takes, `known` what each would gain the party as
    far as it can know, in points beyond no deal or beyond things as they stand; None where it cannot know.
    """

    turns: tuple[Turn, ...]
    events: tuple[Event, ...]
    asked: Asked | None
    choices: tuple[str, ...]
    known: tuple[float | None, ...]


def seated(question: Question, party: str, *, draw: int, world: World) -> Seat:
    """Give somebody a seat.

    Raises UsageError for a party that decides nothing in this question, and what `dealt` raises.
    """
    able = seats(question)
    if party not in able:
        raise UsageError(
            f"'{party}' decides nothing at the table '{question.setting.table}', nor in a crisis around it. "
            f"Take the seat of one of: {', '.join(able) or 'nobody'}."
        )
    return Seat(draw=dealt(question, draw, world=world, seat=party), party=party)


def seats(question: Question) -> tuple[str, ...]:
    """Return who decides something: the parties of the table, then those of a crisis."""
    pairs = [p for d in question.setting.dyads for p in (d.challenger, d.target)]
    return tuple(dict.fromkeys((*question.setting.parties, *pairs)))


def moment(seat: Seat) -> Moment:
    """Play a draw from its start with the choices of a seat, and say where it stands.

    Raises UsageError where a choice is none of those that were asked for.
    """
    found = course_of(seat)
    asked = found.asked
    options = () if asked is None else asked.options
    known = tuple(_known(seat, asked, option) for option in options) if asked is not None else ()
    return Moment(found.turns, found.events, asked, options, known)


def decide(seat: Seat, choice: str) -> Seat:
    """Choose, and return the seat after it.

    Raises UsageError where the choice is none of those asked for, or nothing is left to decide.
    """
    after = replace(seat, choices=(*seat.choices, choice))
    course_of(after)
    return after


def undone(seat: Seat) -> Seat:
    """Take the last choice back; with none, the seat as it is."""
    return replace(seat, choices=seat.choices[:-1])


def course_of(seat: Seat, choices: Sequence[str] | None = None) -> Played:
    """Return how the draw goes with the choices of a seat, or with others in their place."""
    return played(seat.draw, seat=seat.party, choices=seat.choices if choices is None else choices)


def _known(seat: Seat, asked: Asked, option: str) -> float | None:
    """What does a choice gain the party, as far as it can know?"""
    draw, party = seat.draw, seat.party
    if option.startswith(AGENDA):
        return draw.offers[int(option.removeprefix(AGENDA))].most
    if option == "take-up":
        return draw.offers[asked.about].most
    if option == "accept":
        return dict(draw.offers[asked.about].mandates)[party]
    if option in _WORTH:
        return draw.crises[asked.about].worth[_WORTH[option]][party == draw.crises[asked.about].dyad.target]
    return None


_WORTH = {"hold": 0, "concede": 1, "back-down": 2, "stand-firm": 3}
