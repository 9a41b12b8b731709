"""How are bodies, levels, weights and shares of a model named in sentences, and what do these rest on?"""

from dataclasses import dataclass

from detente.brief.document import Sentence
from detente.brief.prevailing import Lens, OnIssue, Prevailing, Standing
from detente.brief.register import Register
from detente.brief.words import Names, listed
from detente.figures import Landmark, written
from detente.situation.nouns import Issue
from detente.situation.values import Basis, BasisKind

MODELS = {
    "prevails": "default forecast",
    "condorcet_election": "Condorcet election",
    "compromise": "compromise mean",
    "median": "weighted median",
    "spatial_bargaining": "spatial bargaining",
    "challenge": "challenge model",
    "exchange": "exchange model",
    "climatology": "past decisions",
    "midpoint": "middle of the scale",
    "status quo": "things as they stand",
}
BASELINES = frozenset({"climatology", "midpoint", "status quo"})
DEFAULT = "prevails"
HOW = {
    DEFAULT: "the default forecast: three parts of an election in which every level runs against every other, members "
    "voting by influence x salience x how much nearer it is (Markov-uniform), and one part the members' own positions "
    "by weight",
    "condorcet_election": "an election in which every level runs against every other, members voting by weight",
    "compromise": "sum of influence x salience x position over sum of influence x salience (Van den Bos 1991)",
    "median": "the position with half of the weight on either side",
    "spatial_bargaining": "rounds of pairwise bargaining in the spatial model of politics (KTAB)",
    "challenge": "rounds of challenges by expected utility (Bueno de Mesquita; Scholz, Calbert and Smith 2011)",
    "exchange": "exchanges of positions with equal gains over pairs of issues (Stokman and Van Oosten)",
}
UNNAMED = "the Decision body"  # what the one body of a table of actors is called
DRAWN = 60  # members in a picture
UNKNOWN_WEIGHT = Basis(kind="assumed", rule="influence-unstated")
WEAKEST: tuple[BasisKind, ...] = ("read", "entered", "supplied", "assumed")
# Shares are told in round words: what a model gives to the hundredth is not known to the hundredth.
SHARES = (
    (0.0, "none"), (0.05, "a twentieth"), (0.1, "a tenth"), (0.15, "a seventh"), (0.2, "a fifth"), (0.25, "a quarter"),
    (0.3, "three tenths"), (0.3333, "a third"), (0.4, "two fifths"), (0.5, "half"), (0.6, "three fifths"),
    (0.6667, "two thirds"), (0.7, "seven tenths"), (0.75, "three quarters"), (0.8, "four fifths"),
    (0.9, "nine tenths"), (0.95, "all but a twentieth"), (1.0, "all"),
)  # fmt: skip


def roughly(share: float) -> str:
    """Return a share in round words.

    >>> roughly(0.62), roughly(0.004), roughly(0.0), roughly(0.99)
    ('about three fifths', 'hardly any', 'none', 'nearly all')
    """
    if 0 < share < 0.025:
        return "hardly any"
    if 0.975 < share < 1:
        return "nearly all"
    nearest = min(SHARES, key=lambda each: abs(each[0] - share))
    return nearest[1] if share in (0.0, 1.0) else f"about {nearest[1]}"


def model(name: str) -> str:
    """Return what a model is called in words.

    >>> model("median"), model("some_model")
    ('weighted median', 'some model')
    """
    return MODELS.get(name, name.replace("_", " ").replace("-", " "))


def by_model(name: str) -> str:
    """Return what a model is called as it stands in a sentence.

    >>> by_model("challenge"), by_model("spatial_bargaining")
    ('the challenge model', 'spatial bargaining')
    """
    return model(name) if name == "spatial_bargaining" else f"the {model(name)}"


@dataclass(frozen=True, slots=True)
class Telling:
    """The answer for one body with the names and the register of the brief that it goes into."""

    found: Prevailing
    names: Names
    register: Register

    @property
    def key(self) -> str:
        """The id of the body, or of the table."""
        return self.found.body or self.found.table or "body"

    @property
    def body(self) -> str:
        """The body as it stands in a sentence."""
        if self.found.body is not None:
            name = self.names.party(self.found.body)
            return "the body" if name == UNNAMED else name
        return f"those at {self.names.at(self.found.table)}" if self.found.table is not None else "the parties"

    @property
    def forecast(self) -> str:
        """What the model is called whose shares are told."""
        return by_model(self.found.chosen)

    @property
    def default(self) -> str:
        """What the model is called whose answer is followed while inputs are moved."""
        held = self.found.agreement
        return by_model(held.default) if held is not None else self.forecast

    @property
    def ranged(self) -> bool:
        """Whether any number that is weighed has a range, so that draws differ."""
        held = (s for one in self.found.issues for s in one.standings)
        known = (value for s in held for value in (s.position, s.salience, s.influence) if value is not None)
        return any(not value.is_point for value in known)

    def issue(self, one: OnIssue) -> Issue:
        """Return the issue itself."""
        return self.names.situation.issue(one.issue)

    def ends(self, one: OnIssue) -> tuple[float, float]:
        """Return the ends of the scale, the lower first."""
        scale = self.issue(one).scale
        return min(scale), max(scale)

    def landmarks(self, one: OnIssue) -> tuple[Landmark, ...]:
        """Return the named levels of an issue."""
        return tuple(Landmark(m.at, m.name) for m in self.issue(one).landmarks)

    def level(self, one: OnIssue, at: float) -> str:
        """Return a level by its landmark where it has one there, in quotes, else as a number."""
        low, high = self.ends(one)
        near = (m.name for m in self.issue(one).landmarks if abs(m.at - at) <= 1e-6 * max(high - low, 1e-12))
        named = next(near, None)
        return f"\u201c{named}\u201d ({self.number(one, at)})" if named else self.number(one, at)

    def number(self, one: OnIssue, at: float) -> str:
        """Return a level as a number, as fine as the scale of the issue asks for."""
        low, high = self.ends(one)
        return written(at, high - low)

    def refs(self, *standings: Standing) -> tuple[str, ...]:
        """Return the ids that where members stand and what they weigh rests on."""
        found: list[str] = []
        for one in standings:
            found += self.register.ranges(one.position, one.salience, one.influence)
        if any(s.influence is None for s in standings):
            found += self.register.basis(UNKNOWN_WEIGHT)
        return tuple(dict.fromkeys(found))

    def mark(self, *standings: Standing) -> BasisKind | None:
        """Return how the weakest of what is weighed is known; None where all of it was read."""
        kinds = {weakest(one) for one in standings} | {one.position.basis.kind for one in standings}
        found: BasisKind = max(kinds, key=WEAKEST.index) if kinds else "read"
        return None if found == "read" else found

    def say(self, text: str, one: OnIssue, how: str | None = None) -> Sentence:
        """Return a sentence about an issue that rests on where its members stand and what they weigh."""
        told = how or f"{HOW.get(self.found.chosen, model(self.found.chosen))}; over {self.found.draws:,} draws"
        return Sentence(text, (self.register.derive(told, *self.refs(*one.standings)),), self.mark(*one.standings))

    def plain(self, text: str, how: str) -> Sentence:
        """Return a sentence about the body that rests on no number."""
        return Sentence(text, (self.register.derive(how),))

    def value(self, lens: Lens, one: OnIssue) -> float | None:
        """Return the one value that a model names; of the default forecast, where it is told, the median told."""
        return one.forecast.median if lens.name == self.found.chosen == DEFAULT else lens.point

    def lenses(self, one: OnIssue) -> tuple[Lens, ...]:
        """Return what the models say, the one that is told first and the baselines last."""
        first = [lens for lens in one.lenses if lens.name == self.found.chosen]
        rest = [lens for lens in one.lenses if lens.name not in BASELINES and lens not in first]
        return (*first, *rest, *(lens for lens in one.lenses if lens.name in BASELINES and lens not in first))


def weakest(one: Standing) -> BasisKind:
    """Return how the weaker part of a member's weight is known: its salience or its influence."""
    kinds = [one.salience.basis.kind, one.influence.basis.kind if one.influence is not None else UNKNOWN_WEIGHT.kind]
    return max(kinds, key=WEAKEST.index)


def weights(one: OnIssue) -> dict[str, float]:
    """Return each member's share of the body's weight on an issue, at the best guess."""
    found = {s.party: s.salience.best * (s.influence.best if s.influence is not None else 1.0) for s in one.standings}
    total = sum(found.values())
    return {party: weight / total if total > 0 else 0.0 for party, weight in found.items()}


def drawn(one: OnIssue) -> tuple[Standing, ...]:
    """Return the members that a picture has room for: all, or as many of the weightiest."""
    shares = weights(one)
    kept = {s.party for s in sorted(one.standings, key=lambda s: -shares[s.party])[:DRAWN]}
    return tuple(s for s in one.standings if s.party in kept)


def every(one: OnIssue) -> str:
    """Say whom a picture shows: every member, or that it is the weightiest of more."""
    many = len(one.standings)
    return "every member" if many <= DRAWN else f"each of the {DRAWN} weightiest of {many:,} members"


def few(names: list[str], most: int = 4) -> str:
    """Return the first names as a list in prose, and how many more there are.

    >>> few(["A", "B", "C"]), few(["A", "B", "C", "D"], most=2)
    ('A, B and C', 'A, B and 2 more')
    """
    return listed(names) if len(names) <= most + 1 else listed([*names[:most], f"{len(names) - most} more"])
