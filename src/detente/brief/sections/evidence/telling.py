"""How are questions, hypotheses and sources named, and what do sentences about them rest on?"""

from collections.abc import Iterable
from dataclasses import dataclass

from detente.brief.document import Sentence
from detente.brief.register import Register
from detente.brief.sections.no_deal.crises import ENDS
from detente.brief.words import Names, capital, counted, listed, of_draws, percent
from detente.levers.sources import FLOOR, Fallen, Question, Reading, Unit
from detente.levers.sources.asked import ENDS as HYPOTHESES
from detente.situation.nouns import Situation
from detente.situation.paths import inputs

SHARE = "a share of draws is a share of the model's draws over the ranges of the inputs, not a probability"
HOW = (
    "every question asked in the same draws with the source and without it: what rests on it alone falls back to what "
    "is assumed where nobody says"
)
WEIGHED = (
    f"{HOW}; doublings are of the ratio between the two hypotheses that move apart most, shares below "
    f"{percent(FLOOR)} of draws counting as that"
)
VERDICTS = {
    "holds": "a deal for all values in the ranges",
    "depends": "it depends on the values",
    "none": "no deal for any values in the ranges",
}
REASONS = {"red_line": "the red line of {}", "value": "{} being better off without a deal"}
OTHER_ENDS = "an end that depends on which equilibrium comes about"
PLURALS = {"stance": "stances", "no-deal value": "no-deal values", "agenda item": "agenda items"}


@dataclass(frozen=True, slots=True)
class Telling:
    """The names and the register that the sentences go into."""

    situation: Situation
    names: Names
    register: Register

    def say(self, text: str, how: str, quotes: Iterable[str] = ()) -> Sentence:
        """Return a sentence that rests on a computation over some quotes; over all where none is named.

        It is marked as assumed where any input is: every share rests on the ranges of all of them.
        """
        assumed = self.assumed()
        return Sentence(text, (self._derived(how, quotes, assumed),), "assumed" if assumed else None)

    def row(self, cells: Iterable[str], how: str, quotes: Iterable[str] = ()) -> tuple[Sentence, ...]:
        """Return the cells of a row."""
        refs = (self._derived(how, quotes, self.assumed()),)
        return tuple(Sentence(cell, refs) for cell in cells)

    def assumed(self) -> tuple[str, ...]:
        """Return the ids of what the inputs assume."""
        ranges = (i.value for i in inputs(self.situation))
        return self.register.ranges(*(r for r in ranges if r.basis.kind == "assumed" and not r.basis.evidence))

    def _derived(self, how: str, quotes: Iterable[str], assumed: tuple[str, ...]) -> str:
        named = tuple(quotes) or tuple(e.id for e in self.situation.evidence)
        return self.register.derive(how, *named, *assumed)

    def question(self, one: Question) -> str:
        """Return a question as it stands in a sentence."""
        if one.kind == "crisis" and one.dyad is not None:
            who, whom = one.dyad
            return (
                f"the crisis in which {self.names.party(who)} challenges {self.names.party(whom)}, in the world "
                f"\u201c{one.world}\u201d"
            )
        return f"{'a deal' if one.kind == 'deal' else 'who blocks a deal'} on {one.agenda}"

    def hypothesis(self, one: Question, at: int) -> str:
        """Return an answer that a question may have, as the name of a row."""
        if one.kind == "crisis" and one.dyad is not None:
            who, whom = (self.names.party(p) for p in one.dyad)
            return capital(f"{who} challenges {whom}, \u201c{one.world}\u201d: {self.end(at)}")
        return capital(self.question(one))

    def would(self, one: Question, at: int, share: str) -> str:
        """Say in how many draws a hypothesis would be so."""
        if one.kind == "crisis":
            return f"the likeliest end of {self.question(one)}, would be {self.end(at)} in {share}"
        return f"there would be {'a' if at == 0 else 'no'} deal on {one.agenda} in {share}"

    def end(self, at: int) -> str:
        """Return the end of a crisis."""
        return ENDS.get(HYPOTHESES[at], OTHER_ENDS)

    def verdict(self, one: Question, reading: Reading) -> str:
        """Return how a question is decided."""
        if one.kind == "deal":
            return VERDICTS[reading.verdict]
        if one.kind == "crisis":
            return f"likeliest: {self.end(HYPOTHESES.index(reading.verdict))}"
        if reading.verdict != "blocked":
            return "nobody: there is a deal" if reading.verdict == "free" else "no package is on the agenda"
        return ", or ".join(listed(self.refusal(*r) for r in group) for group in reading.blocked)

    def refusal(self, party: str, reason: str) -> str:
        """Return what stands in the way."""
        return REASONS[reason].format(self.names.party(party))

    def share(self, reading: Reading, at: int) -> str:
        """Return in how many draws a hypothesis is so."""
        return of_draws(reading.shares[at], reading.draws) if reading.shares is not None else ""

    def source(self, unit: Unit) -> str:
        """Return what a source is called: the title of a document, the words of a sentence."""
        if not unit.whole:
            quotes = (e.quote for e in self.situation.evidence if e.id in unit.quotes)
            return f"\u201c{max(quotes, key=len, default=unit.id)}\u201d"
        document = next((d for d in self.situation.documents if d.id == unit.document), None)
        if document is None:
            return unit.document
        day = f" ({document.published.isoformat()})" if document.published else ""
        return f"\u201c{document.title or document.id}\u201d{day}"

    def falls(self, fell: Fallen) -> str:
        """Return in words what falls."""
        rows = [counted(n, kind, PLURALS.get(kind, f"{kind}s")) for kind, n in fell.counts()]
        if fell.widened:
            rows.append(f"{counted(len(fell.widened), 'value', 'values')} now open")
        return listed(rows) if rows else "nothing"
