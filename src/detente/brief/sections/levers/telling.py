"""How are answers, inputs and their values named in sentences, and what do these rest on?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.brief.document import Sentence
from detente.brief.register import Register
from detente.brief.sections.no_deal.crises import ENDS as CRISIS_ENDS
from detente.brief.words import Names, capital, counted, of_draws, percent
from detente.figures import written
from detente.figures.text import gain
from detente.levers.claim import Open
from detente.levers.factors import Scalar
from detente.levers.tornado import Moves
from detente.outlook.courses.assumed import AREA
from detente.situation.rules import RULES
from detente.situation.values import BasisKind, Range

SHARE = "a share of draws is a share of the model's draws over the ranges of the inputs, not a probability"
CRISIS = {
    "private-stake": "what {0} and {1} keep to themselves about what a fight is worth to them",
    "stood-firm": "what {1} gains by standing firm against {0}",
    "audience-cost": "what dropping a threat against {1} costs {0}",
}
WEAKEST: tuple[BasisKind, ...] = ("read", "entered", "supplied", "assumed")
# What an answer about the courses is: as a name, as a clause, and as a clause that denies it.
ENDED = {
    "agreement": ("an agreement by the last round", "an agreement is reached", "no agreement is reached"),
    "collapse": ("talks breaking off by the last round", "talks break off", "talks do not break off"),
    "force": ("force being used by the last round", "force is used", "no force is used"),
    "war": ("a war begun by the last round", "a war begins", "no war begins"),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """The names, ranges and register of the brief that the answers go into; `named` is what the agenda is called."""

    names: Names
    register: Register
    ranges: Mapping[str, Range]
    named: str | None = None

    def answer(self, one: Scalar) -> str:
        """Return an answer as it stands in a sentence."""
        match one.name.partition(".")[0]:
            case "deal":
                return f"a deal on {self.agenda(one)}"
            case "gain":
                return f"what {self.names.party(one.about or '')} gains by the deal on {self.agenda(one)}"
            case "level":
                return f"the level of {self.names.issue(one.about or '')} in the deal on {self.agenda(one)}"
            case "holds":
                return f"today's state holding without a deal in the world \u201c{one.where}\u201d"
            case "crisis":
                _, who, whom, *_ = one.name.split(".")
                end = CRISIS_ENDS.get(one.about or "", "an end that depends on which equilibrium comes about")
                pair = f"{self.names.party(who)} challenging {self.names.party(whom)}"
                return f"{end} as the likeliest end of {pair}, in the world \u201c{one.where}\u201d"
        return f"{ENDED[one.about or 'war'][0]} in the world \u201c{one.where}\u201d"

    def clause(self, one: Scalar, *, holds: bool = True) -> str:
        """Say that an answer which holds or does not does, or does not."""
        world = f"in the world \u201c{one.where}\u201d"
        match one.name.partition(".")[0]:
            case "deal":
                return f"there is {'a' if holds else 'no'} deal on {self.agenda(one)}"
            case "holds":
                return f"today's state {'holds' if holds else 'does not hold'} without a deal {world}"
        return f"{ENDED[one.about or 'war'][1 if holds else 2]} by the last round {world}"

    def short(self, one: Scalar) -> str:
        """Return what an answer is called in a table."""
        match one.name.partition(".")[0]:
            case "deal":
                return "A deal"
            case "gain":
                return f"Gain of {self.names.party(one.about or '')}, points"
            case "level":
                return f"Level of {self.names.issue(one.about or '')}"
            case "holds":
                return f"Today's state holds, \u201c{one.where}\u201d"
        return f"{capital(ENDED[one.about or 'war'][1])}, \u201c{one.where}\u201d"

    def agenda(self, one: Scalar) -> str:
        """Return the agenda that an answer is asked on."""
        return self.named or one.where or "the agenda"

    def input(self, path: str) -> str:
        """Return what an input is, in words."""
        first, *rest = path.split(".")
        match rest:
            case [name, *whose] if first == AREA:
                return self._assumption(name, whose)
            case [move, "effect", *world]:
                aside = f", in the world \u201c{world[0]}\u201d" if world else ""
                return f"what {self._move(move)} is worth to {self.names.party(first)}{aside}"
            case [move, "with", given, "effect", *_]:
                both = f"{self._move(move)} and {self._move(given)} together"
                return f"what {both} are worth to {self.names.party(first)}"
            case [target, kind, *_] if kind in CRISIS:
                return CRISIS[kind].format(self.names.party(first), self.names.party(target))
            case ["weight"]:
                return self._tie(first)
        return self.names.input(path)

    def value(self, path: str, at: float) -> str:
        """Return a value of an input: of a red line whether it is real, of a level its landmark."""
        if path.endswith(".hardness"):
            return "real" if at > 0.5 else "not real"
        return written(at)

    def number(self, one: Scalar, value: float) -> str:
        """Return a value of an answer: of one that holds or does not a share of draws."""
        if one.kind == "holds":
            return f"{percent(value)} of draws"
        return f"{gain(value)} points" if one.kind == "points" else written(value)

    def ends(self, one: Scalar, moves: Moves) -> str:
        """Return an answer with an input low, and with it high."""
        low, high = (self.number(one, at) for at in (moves.low, moves.high))
        if moves.path.endswith(".hardness"):
            return f"{low} where it is not, {high} where it is"
        return f"{low} in its lowest fifth, {high} in its highest"

    def share(self, value: float, draws: int) -> str:
        """Return in how many draws something is so."""
        return of_draws(value, draws)

    def refs(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that the ranges of some inputs rest on."""
        return self.register.ranges(*(self.ranges.get(path) for path in paths))

    def mark(self, paths: Iterable[str]) -> BasisKind | None:
        """Return how the weakest of some inputs is known; None where all of it was read, or there is none."""
        kinds = [r.basis.kind for path in paths if (r := self.ranges.get(path)) is not None]
        found: BasisKind = max(kinds, key=WEAKEST.index, default="read")
        return None if found == "read" else found

    def say(self, text: str, how: str, paths: Iterable[str] = ()) -> Sentence:
        """Return a sentence that rests on a computation over some inputs; all of them where none is named."""
        named = tuple(paths)
        return Sentence(text, (self.register.derive(how, *self.refs(named or self.ranges)),), self.mark(named))

    def row(self, cells: Iterable[str], how: str, paths: Iterable[str]) -> tuple[Sentence, ...]:
        """Return a row of a table: its head is marked as the weakest of the inputs is, the rest rests on the same."""
        head, *rest = (self.say(cell, how, tuple(paths)) for cell in cells)
        return (head, *(Sentence(cell.text, cell.refs) for cell in rest))

    def assumed(self, inputs: Iterable[Open]) -> str:
        """Say how many inputs an answer rests on, and how many of them are assumed."""
        listed = list(inputs)
        many = sum(one.basis == "assumed" for one in listed)
        told = counted(len(listed), "open input", "open inputs")
        return f"{told}, {'none' if not many else many if many < len(listed) else 'all'} of them assumed"

    def _assumption(self, name: str, whose: list[str]) -> str:
        parties = {p.id for p in self.names.situation.parties}
        of = [self.names.party(p) for p in whose if p in parties]
        told = RULES.get(f"{AREA}-{name}", name.replace("-", " "))
        return told + (f" ({' against '.join(of)})" if of else "")

    def _move(self, move: str) -> str:
        found = next((m for m in self.names.situation.moves if m.id == move), None)
        if found is None:
            return f"\u201c{move}\u201d"
        against = f" against {self.names.party(found.against)}" if found.against else ""
        return f"\u201c{found.action.replace('-', ' ')}\u201d by {self.names.party(found.by)}{against}"

    def _tie(self, tie: str) -> str:
        found = next((t for t in self.names.situation.ties if t.id == tie), None)
        if found is None:
            return f"the weight of \u201c{tie}\u201d"
        return f"how much {self.names.party(found.source)} weighs with {self.names.party(found.target)}"


def sentence(*parts: str) -> str:
    """Join the parts of a sentence and end it.

    >>> sentence("one input moves it", "by ten points")
    'One input moves it by ten points.'
    """
    return f"{capital(' '.join(parts))}."
