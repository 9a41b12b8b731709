"""What is somebody with a seat told: what has happened, what is asked, what each choice is worth, and how it came out?

While a draw is played only what the party itself gains is told; what the others wanted is told at the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from detente.brief.register import Register
from detente.brief.sections.story import rounds
from detente.brief.sections.story.page import in_words, lines
from detente.brief.sections.story.telling import Telling
from detente.brief.story import Told
from detente.brief.words import Names, capital, listed
from detente.figures.text import gain
from detente.outlook.courses.result import BACK_DOWN, CARRIED_OUT, CONCEDE
from detente.outlook.seat import Moment
from detente.outlook.seat.dealt import Confrontation, Offer
from detente.outlook.seat.played import AGENDA, Asked, Asking, Turn

CHOICES = {
    "insist": "Stand by what was refused, and put nothing else forward",
    "take-up": "Take it up",
    "refuse": "Refuse it",
    "accept": "Accept the package",
    "hold-out": "Hold out for more",
    "stay": "Stay at the table",
    "walk-out": "Walk out",
    "challenge": "Challenge",
    "hold": "Hold back",
    "concede": "Give in",
    "resist": "Resist",
    "stand-firm": "Stand firm: it is carried out",
    "back-down": "Back down",
}
EXPLAINED: dict[Asking, tuple[str, ...]] = {
    "agenda": (
        "An agenda is taken up where a package on it leaves nobody worse off than no deal; any other is refused.",
        "The points are what you could gain there at best if nobody else minded. What others want is hidden.",
    ),
    "answer": (
        "Taken up, it is what the talks are about until the end. Refused, another may be put forward, or none.",
        "The points are what you could gain there at best if nobody else minded. What others want is hidden.",
    ),
    "package": (
        "The package is the one the Nash product chooses; holding out does not change it, it makes others give way.",
        "They may never. After walking out the talks may come back, and everybody's patience begins anew.",
    ),
    "impasse": (
        "Without an agenda that leads to a package nothing can be agreed. The talks may break off by themselves.",
        "Somebody may still give in under a threat, and that settles part of it.",
    ),
    "challenge": (
        "After a challenge the target gives in or resists; then you stand firm or back down.",
        "A dropped threat makes the model challenge less often; yours is up to you.",
    ),
    "threat": (
        "If you resist, the challenger carries it out or backs down. Giving in settles part of what is talked of.",
    ),
    "resisted": ("Standing firm, you carry out what you threatened, and what stands against it follows.",),
}
POINTS = "Points count from how things stand without a deal at the table, and from today's state in a crisis."


@dataclass(frozen=True, slots=True)
class Page:
    """What somebody reads before deciding: what is new, the question, each choice in words, what `?` explains.

    `question` is empty and there are no choices once all is over.
    """

    news: tuple[str, ...]
    question: str
    choices: tuple[str, ...]
    explained: tuple[str, ...]


def page(found: Told, now: Moment, *, since: Moment | None = None) -> Page:
    """Tell where a seat is, and what happened since an earlier moment."""
    telling = Telling(found, Names(found.situation), Register(), found.party)
    news = tuple(_news(now, since, telling))
    if since is not None and since.asked is not None and since.asked.kind == "package":
        telling.once("package")  # it stands a few lines above, and need not be told again
    if now.asked is None:
        return Page(news, "", (), ())
    words = tuple(_choice(*each, now.asked, telling) for each in zip(now.choices, now.known, strict=True))
    return Page(news, question(now.asked, telling), words, tuple(_explained(now.asked, telling)))


def _news(now: Moment, since: Moment | None, telling: Telling) -> Iterator[str]:
    turns = [*now.turns]
    if since is not None:
        over, seen = len(since.turns), len(since.events)
        turns = [*now.turns[over:]]
        if turns and seen:
            left = turns[0].events[seen:]
            turns = [replace(turns[0], events=left), *turns[1:]] if left else turns[1:]
    for found in rounds.told(turns, telling):
        yield " ".join(s.text for s in found)
    same = since is not None and len(since.turns) == len(now.turns)
    events = now.events[len(since.events) :] if same and since is not None else now.events
    if told := rounds.round_told(len(now.turns), events, telling):
        yield " ".join(s.text for s in told)


def question(asked: Asked, telling: Telling) -> str:
    """Say what has to be decided."""
    head = f"Round {asked.number}. " if asked.number else ""
    return head + _QUESTIONS[asked.kind](asked, telling)


def _agenda(_: Asked, telling: Telling) -> str:
    return "You put agendas forward. Which one?"


def _answer(asked: Asked, telling: Telling) -> str:
    return f"What do you say to {telling.draw.offers[asked.about].agenda}?"


def _package(asked: Asked, telling: Telling) -> str:
    offer = telling.draw.offers[asked.about]
    party = telling.only or ""
    own, pulled = dict(offer.gains)[party], dict(offer.mandates)[party]
    aside = f", {gain(pulled)} with your allies weighed in" if gain(own) != gain(pulled) else ""
    first = "The other side is ready to sign" if asked.conceded else "Nobody has given way yet"
    what = f"On the table: {telling.package(offer)}. It gains" if telling.once("package") else "The package gains"
    return f"{first}. {what} you {gain(own)} points beyond no deal{aside}."


def _impasse(_: Asked, telling: Telling) -> str:
    return "The talks are on, and there is no package on the table."


def _challenge(asked: Asked, telling: Telling) -> str:
    dyad = telling.draw.crises[asked.about].dyad
    other = telling.names.party(dyad.target)
    return f"It comes to a head between you and {other}: you could threaten {telling.deed(dyad.challenge)}."


def _threat(asked: Asked, telling: Telling) -> str:
    dyad = telling.draw.crises[asked.about].dyad
    return f"{capital(telling.names.party(dyad.challenger))} threatens {telling.deed(dyad.challenge)}."


def _resisted(asked: Asked, telling: Telling) -> str:
    dyad = telling.draw.crises[asked.about].dyad
    return (
        f"{capital(telling.names.party(dyad.target))} resists. Do you go through with {telling.deed(dyad.challenge)}?"
    )


_QUESTIONS = {
    "agenda": _agenda,
    "answer": _answer,
    "package": _package,
    "impasse": _impasse,
    "challenge": _challenge,
    "threat": _threat,
    "resisted": _resisted,
}


def _choice(option: str, known: float | None, asked: Asked, telling: Telling) -> str:
    """Put a choice into words, with what it is worth as far as the party can know."""
    best = option.startswith(AGENDA) or option == "take-up"
    if option.startswith(AGENDA):
        text = capital(telling.draw.offers[int(option.removeprefix(AGENDA))].agenda)
    else:
        text = CHOICES[option]
    if option in ("challenge", "resist"):
        return f"{text} ({_open(telling.draw.crises[asked.about], telling)})"
    if known is None:
        return f"{text} (nothing there for you)" if best else text
    return f"{text} ({'at best ' if best else ''}{gain(known)} points for you)"


def _open(one: Confrontation, telling: Telling) -> str:
    """Say what may come of a challenge, to the party that is asked: it cannot know which."""
    mine = int(telling.only == one.dyad.target)
    given, dropped, done = (telling.worth(one, end, mine) for end in (CONCEDE, BACK_DOWN, CARRIED_OUT))
    ends = f"{dropped} points for you if the threat is dropped, {done} if it is carried out"
    return ends if mine else f"{given} points for you if the other gives in, {ends.replace(' points for you', '')}"


def _explained(asked: Asked, telling: Telling) -> Iterator[str]:
    yield from EXPLAINED[asked.kind]
    if asked.kind in ("challenge", "threat", "resisted"):
        yield "Beside the points either side minds more or less than these say, which it keeps to itself."
    yield POINTS


def ending(found: Told) -> tuple[str, ...]:
    """Say how it came out, what the model would have done, and what the others wanted.

    An unfinished game is told as far as it goes.
    """
    told = Telling(found, Names(found.situation), Register())
    return tuple((*_came_out(found, told), *_hidden(found, told)))


def _came_out(found: Told, told: Telling) -> Iterator[str]:
    played, usual = found.played, found.story.turns
    if played is None:
        return
    yield f"It came out so: after round {played.turns[-1].number} {in_words(played.turns)}."
    if (mine := _gained(played.turns, played.mode, found)) is not None:
        yield f"The package in force gains you {gain(mine)} points beyond no deal."
    if all(asked.usual == choice for asked, choice in played.decided):
        yield "You chose what the model would have chosen, every time."
        return
    yield f"Left to the model: after round {usual[-1].number} {in_words(usual)}."
    if (its := _gained(usual, found.story.mode, found)) is not None:
        yield f"The package would then gain you {gain(its)} points beyond no deal."
    for asked, choice in played.decided:
        if asked.usual != choice:
            when = f"In round {asked.number}" if asked.number else "Before the first round"
            usual_one, yours = (_short(one, told) for one in (asked.usual, choice))
            yield f"{when} the model would have chosen \u201c{usual_one}\u201d, you chose \u201c{yours}\u201d."


def _gained(turns: Sequence[Turn], mode: int | None, found: Told) -> float | None:
    if turns[-1].settled_by != "agreement" or mode is None or mode < 0:
        return None
    return dict(found.story.draw.offers[mode].gains).get(found.party or "")


def _short(option: str, told: Telling) -> str:
    if option.startswith(AGENDA):
        return told.draw.offers[int(option.removeprefix(AGENDA))].agenda
    return CHOICES[option].partition(":")[0].lower()


def _hidden(found: Told, told: Telling) -> Iterator[str]:
    """Say what the party could not know."""
    yield "What you could not know:"
    for party in told.setting.voices:
        if party != found.party and (said := lines(party, told)):
            yield said.text
    yield from _agendas(found, told)
    for one in told.draw.crises:
        if found.party in (one.dyad.challenger, one.dyad.target):
            yield _other_side(one, found.party or "", told)


def _agendas(found: Told, told: Telling) -> Iterator[str]:
    """Say what the package of every agenda gained the others; agendas that come to the same are told together."""
    groups: dict[tuple[object, ...], list[Offer]] = {}
    for offer in told.draw.offers:
        groups.setdefault((offer.package, offer.gains, offer.waits), []).append(offer)
    for (package, *_), alike in groups.items():
        on = listed(offer.agenda for offer in alike)
        if not package:
            yield f"On {on} there was no package by which everybody does as well as without a deal."
            continue
        offer = alike[0]
        others = replace(offer, gains=tuple(g for g in offer.gains if g[0] != found.party))
        yield f"On {on} the package gained, in points: {told.gains(others)}. {rounds.waiting(offer, told)}"


def _other_side(one: Confrontation, party: str, told: Telling) -> str:
    theirs = int(party == one.dyad.challenger)
    other = told.names.party(one.dyad.target if theirs else one.dyad.challenger)
    given, dropped, done = (told.worth(one, end, theirs) for end in (CONCEDE, BACK_DOWN, CARRIED_OUT))
    what = told.deed(one.dyad.challenge)
    ends = f"{given} points if the target gives in, {dropped} if the threat is dropped, {done} if it is carried out"
    return f"To {other}, over {what}: {ends}."
