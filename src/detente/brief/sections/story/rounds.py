"""What happens in each round, and why?"""

from collections.abc import Callable, Iterator, Sequence

from detente.brief.document import Sentence
from detente.brief.sections.story.telling import CRISIS, DECIDED_BY, NASH, WAITING, Telling, rounds_of
from detente.brief.words import capital, listed
from detente.figures.text import gain
from detente.outlook.courses.result import BACK_DOWN, CARRIED_OUT, CONCEDE
from detente.outlook.seat.dealt import Confrontation, Offer
from detente.outlook.seat.played import Event, Turn
from detente.situation.values import Range

RULES = "the rules of a round, with the luck of this draw"
STANDS = {
    "none": "no talks are on",
    "talks": "nothing comes of the talks",
    "partial": "what is settled holds",
    "full": "what is settled holds",
    "collapsed": "the talks stay broken off",
}
_INCIDENT = "An incident that nobody decided on raises the tension"
_INCIDENTS = "Incidents that nobody decided on raise the tension"
_MINOR = frozenset({"incident", "holds", "deadline"})
GOING_ON = {"none": "", "limited": ", and the use of force goes on", "war": ", and the war goes on"}


def told(turns: Sequence[Turn], telling: Telling) -> Iterator[tuple[Sentence, ...]]:
    """Tell rounds that are over; those in which little happens and nothing changes are told together."""
    little: list[Turn] = []
    for turn in turns:
        minor = turn.number > 0 and all(e.kind in _MINOR for e in turn.events)
        if little and not (minor and (little[-1].table, little[-1].force) == (turn.table, turn.force)):
            yield _together(little, telling)
            little = []
        if minor:
            little.append(turn)
        elif found := round_told(turn.number, turn.events, telling):
            yield found
    if little:
        yield _together(little, telling)


def round_told(number: int, events: Sequence[Event], telling: Telling) -> tuple[Sentence, ...]:
    """Tell what happens in one round; the first sentence says which it is."""
    found = [s for event in events for s in event_told(event, telling)]
    if not found:
        return ()
    head = f"Round {number}: " if number else ""
    first = found[0]
    text = first.text if not head or first.text.startswith(_names(telling)) else first.text[:1].lower() + first.text[1:]
    return (Sentence(head + text, first.refs, first.mark), *found[1:])


def event_told(event: Event, telling: Telling) -> Iterator[Sentence]:
    """Tell one thing that happens, and why."""
    if event.kind in ("puts-forward", "takes-up", "refuses", "insists", "exhausted"):
        yield _agenda(event, telling)
        if event.kind == "takes-up":
            yield from _on_offer(_offer(event, telling), telling)
        return
    if event.kind in ("holds", "concedes", "backs-down", "carries-out"):
        yield _crisis(event, telling)
        return
    text = _PLAIN[event.kind](event, telling)
    yield telling.say(text, RULES, telling.assumed(*DECIDED_BY.get(event.kind, ())))


def _names(telling: Telling) -> tuple[str, ...]:
    """What a sentence may begin with that keeps its capital."""
    return tuple(p.name for p in telling.found.situation.parties)


def _together(turns: Sequence[Turn], telling: Telling) -> tuple[Sentence, ...]:
    """Tell several rounds at once: how things stand, then what happened in which of them."""
    numbers = [t.number for t in turns]
    text = f"{capital(_which(numbers))}: {STANDS[turns[0].table]}{GOING_ON[turns[0].force]}."
    found = [telling.say(text, RULES, telling.assumed("occasion", "impatience"))]
    for event in dict.fromkeys(e for t in turns for e in t.events):
        at = _which([t.number for t in turns if event in t.events])
        if event.kind == "incident":
            text = f"{_INCIDENT if ' ' not in at.partition(' ')[2] else _INCIDENTS} in {at}."
            found.append(telling.say(text, RULES, telling.assumed(*DECIDED_BY["incident"])))
        elif event.kind == "holds":
            found.append(_crisis(event, telling, f" in {at}"))
        else:
            found.append(telling.say(f"{_deadline(event, telling)} falls into {at}.", RULES, _due(telling)))
    return tuple(found)


def _which(numbers: Sequence[int]) -> str:
    """Name some rounds.

    >>> _which([3]), _which([3, 4]), _which([3, 4, 5]), _which([3, 5, 9])
    ('round 3', 'rounds 3 and 4', 'rounds 3 to 5', 'rounds 3, 5 and 9')
    """
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"rounds {numbers[0]} to {numbers[-1]}"
    return f"round{'s' if len(numbers) > 1 else ''} {listed(str(n) for n in numbers)}"


def _due(telling: Telling) -> list[Range]:
    return telling.assumed(*DECIDED_BY["deadline"])


def _agenda(event: Event, telling: Telling) -> Sentence:
    by = capital(telling.names.party(event.by)) if event.by else "The others"
    if event.kind == "insists":
        text = f"{by} stands by what was refused and puts nothing else forward: there is no agenda."
    elif event.kind == "exhausted":
        text = "Nothing is left to put forward: there is no agenda."
    else:
        return _of_agenda(event, _offer(event, telling), by, telling)
    return telling.say(text, "agendas in the order put forward", telling.assumed(*DECIDED_BY["insists"]))


def _of_agenda(event: Event, offer: Offer, by: str, telling: Telling) -> Sentence:
    none = "no package on it leaves everybody as well off as no deal does"
    if event.kind == "puts-forward":
        own = dict(offer.mandates).get(event.by or "")
        why = f": its gain there would be {gain(own)} points, allies weighed in" if own is not None else f": {none}"
        text = f"{by} puts forward {offer.agenda}{why if telling.only is None else ''}."
    elif event.kind == "takes-up":
        why = ": there is a package by which nobody does worse than without a deal"
        why = why if offer.found else f", although {none}"
        text = f"{by} {'takes' if event.by else 'take'} that up{why if telling.only is None else ''}."
    else:
        why = ", although there is a package by which nobody does worse" if offer.found else f": {none}"
        why += _blocked(offer, telling)
        text = f"{by} {'refuses' if event.by else 'refuse'} that{why if telling.only is None else ''}."
    ranges = [*telling.stakes(), *telling.assumed("agenda-precision")]
    return telling.say(text, f"{NASH}; agendas are chosen with errors", ranges)


def _blocked(offer: Offer, telling: Telling) -> str:
    if not offer.blocked:
        return ""
    who = listed(telling.names.party(p) for p in offer.blocked).replace(" and ", " or ")
    alone = "alone could open one" if len(offer.blocked) == 1 else "could open one alone"
    return f"; {who} {alone}, by setting its red lines and what it has without a deal aside"


def _on_offer(offer: Offer, telling: Telling) -> Iterator[Sentence]:
    """Say what the package is, what it gains whom, and who waits for what."""
    if not offer.found:
        return
    gains = telling.gains(offer)
    text = f"The package on it: {telling.package(offer)}."
    text += f" What it gains beyond no deal, in points: {gains}." if gains else ""
    yield telling.say(text, NASH, telling.stakes())
    if telling.only is None:
        yield telling.say(waiting(offer, telling), WAITING, telling.assumed("impatience", "stubbornness"))


def waiting(offer: Offer, telling: Telling) -> str:
    """Say why nobody gives way yet, and who does when."""
    rounds, whose = offer.wait()
    if not offer.holders:
        return "Nobody could claim more than this package, so nobody holds out."
    who = (
        f"{capital(listed(telling.names.party(p) for p in offer.holders))} each claim more than this package gives them"
    )
    if whose is None:
        return f"{who}, and in this draw neither ever gives way."
    return f"{who}; in this draw {telling.names.party(whose)} gives way first, after {rounds_of(rounds)} of talks."


def _crisis(event: Event, telling: Telling, when: str = "") -> Sentence:
    """Tell how a crisis comes to a head and ends, and once what its ends are worth to whoever decided."""
    sides = {event.by, event.to}
    one = next(c for c in telling.draw.crises if {c.dyad.challenger, c.dyad.target} == sides and _fits(event, c))
    dyad = one.dyad
    who, other = telling.names.party(dyad.challenger), telling.names.party(dyad.target)
    why = _why(event, one, telling) if telling.knows(event.by) and telling.once(dyad.challenge, event.by or "") else ""
    deed = telling.deed(dyad.challenge)
    text = _ENDED[event.kind].format(own=capital(who), who=who, other=other, deed=deed, when=when, why=why)
    return telling.say(text, CRISIS, [*telling.effects(dyad), *telling.assumed("occasion")], telling.moves(dyad))


def _fits(event: Event, one: Confrontation) -> bool:
    """Is it this crisis? Two parties may challenge each other."""
    return (one.dyad.target if event.kind == "concedes" else one.dyad.challenger) == event.by


_ENDED = {
    "holds": "{own} could go ahead with {deed}{when}, and holds back{why}.",
    "concedes": "{own} threatens {deed}, and {other} gives in{why}.",
    "backs-down": "{own} threatens {deed}, {other} resists, and {who} backs down{why}.",
    "carries-out": "{own} threatens {deed}, {other} resists, and {who} carries it out{why}.",
}


def _why(event: Event, one: Confrontation, telling: Telling) -> str:
    if event.kind == "concedes":
        given, worse = (telling.worth(one, end, 1) for end in (CONCEDE, CARRIED_OUT))
        return f": giving in is worth {given} points to it, the threat carried out {worse}"
    done, dropped = (telling.worth(one, end, 0) for end in (CARRIED_OUT, BACK_DOWN))
    return f": carrying it out is worth {done} points to it, backing down {dropped}"


def _offer(event: Event, telling: Telling) -> Offer:
    return telling.draw.offers[telling.setting.modes.index(event.what or "")]


def _settles(event: Event, telling: Telling) -> str:
    if event.by is None:
        return "Nobody holds out for more: the package is agreed."
    return f"{capital(telling.names.party(event.by))} gives way, and the package is agreed."


def _walks_out(event: Event, telling: Telling) -> str:
    who = None if event.by is None else capital(telling.names.party(event.by))
    return f"{who} walks out, and the talks break off." if who else "The talks lead nowhere and break off."


def _deadline(event: Event, telling: Telling) -> str:
    return f"The deadline of {telling.names.party(event.by)}" if event.by else "The deadline"


_PLAIN: dict[str, Callable[[Event, Telling], str]] = {
    "incident": lambda _, __: f"{_INCIDENT}.",
    "deadline": lambda e, t: f"{_deadline(e, t)} falls into this round.",
    "war": lambda e, t: f"{capital(t.names.party(e.to or ''))} answers, and it becomes war.",
    "settles-by-conceding": lambda _, __: "That settles part of it, and the talks come to rest there.",
    "breaks-off": lambda _, __: "The talks break off over it.",
    "undoes": lambda _, __: "What was settled is undone by it.",
    "settles": _settles,
    "walks-out": _walks_out,
    "returns": lambda e, _: "Talks begin." if e.what == "none" else "The talks are on again.",
    "force-ends": lambda _, __: "The use of force ends.",
    "war-ends": lambda _, __: "The war ends.",
}
