"""To what does a sentence of the brief lead back? The register hands out an id for every basis and every derivation."""

from dataclasses import dataclass, field
from typing import Literal

from detente.brief.document import Note
from detente.situation.values import Basis, BasisKind, Range

# What each rule means, in words for a reader of the brief. A rule that is not here is shown under its own name.
RULES = {
    "demand-firm": "a demand put as a must is placed at 75 to 100 of what is asked, 100 at best",
    "demand": "a demand is placed at 50 to 100 of what is asked, 75 at best",
    "demand-soft": "a wish is placed at 25 to 100 of what is asked, 50 at best",
    "demand-to-stop": "rejecting what another does is asking for its end: placed at 50 to 100 of that, 75 at best",
    "condition": "a condition is placed at 75 to 100 of what is asked, with a red line at 50",
    "refusal": "a refusal is placed at how things stand, with a red line there",
    "topic-accepted": "taking up an issue is not wanting it: placed at how things stand, without a red line",
    "offer": "what is offered is a price, not a wish: placed at how things stand, without a red line",
    "acceptance": "going along may be a wish or a price, which is not said: anything from nothing to all of it",
    "addressee": "something is asked of this party and it has not answered: placed at how things stand",
    "broader-agenda": "seeking a broader deal without naming the issue is wanting anything from nothing to all of it",
    "counterpart": "it is the other side's to give; how much this party wants is not said: 25 to 100, 50 at best",
    "unstated": "no word of this party on it was read: anything from nothing to all of it",
    "salience-unstated": "how much an issue matters is not in the text: 10 to 90 of 100, 50 at best",
    "hardness-swept": "whether a red line is real is not in the text: swept from 0 to 1",
    "ally-weight-swept": "how much an ally's wish weighs with its partner is not in the text: swept from 0 to 1",
    "scale-of-what-is-asked": "the scale runs from how things stand (0) to all that is asked for (100)",
    "counterpart-benefit": "a trade needs something for everybody: supplied because nothing on the table is better for "
    "this party than how things stand",
    "verifier-needed": "limits need somebody who checks them: supplied because the text names nobody",
    "agenda-refused": "an issue that a party at the table refuses to discuss is off its agenda",
    "agenda-in": "an issue that a party at the table brings or takes up is on its agenda",
    "agenda-precondition": "an issue that a party at the table makes a condition of the rest comes first for it",
    "agenda-procedural": "venue and format are arranged, not traded: listed on the agenda without a level to settle",
    "talks-assumed": "no talks are reported: the two parties with most between them are taken to be those at a table",
    "third-at-the-table": "a third party that meets with two adversaries is taken to go between them; nobody says so",
    "talks-reported": "those reported as talking to each other are taken to be those whose consent a deal needs",
    "shared-party": "talks that share one party with the first table are taken to be consultations with it",
    "threat-as-made": "a conditional warning is a threat as made; the act in its condition is not",
    "demand-as-made": "who asks for what, as the words say",
    "named-in-text": "named in the text",
    "named-in-threat": "an action named in a threat or in its condition is one its actor can take",
    "incident-reported": "reported as done",
    "meeting-reported": "reported as held, planned or called off",
    "tie-stated": "backing or alliance, as the words say",
    "coordination": "two parties that are said to coordinate or cooperate are taken to be allies",
    "lexicon-patron": "the lexicon of parties knows this state as this armed group's patron; the text may not say so",
    "venue-host": "it hosts the talks, or the place where they meet is its own",
    "issue-named": "named in the text; nobody is read as taking a stance on it",
    "issue-in-stance": "somebody takes a stance on it",
    "stated-mediator": "the text says that it mediates",
    "ally-or-rival-could": "an ally of the one a threat names, or a rival of the one who threatens, could do it too",
    "walk-away-swept": "what a party has without a deal is not in the text: tried half a full-scale move up and down",
    "coded-from-quote": "a coder's number for what the quoted words say",
    "span-of-members": "a principal spans what the members of its decision body want",
    "refusal-of-topic": "a refusal to discuss an issue is a red line at how things stand",
    "tie-weight-swept": "how much an ally's or lobby's wish weighs is not known: swept from 0 to 1",
    "unsigned": "nobody signed this entry",
}
_KINDS: dict[BasisKind, tuple[str, Literal["assumption", "entry", "supplied", "derivation"]]] = {
    "read": ("d", "derivation"),
    "entered": ("n", "entry"),
    "supplied": ("s", "supplied"),
    "assumed": ("a", "assumption"),
}


@dataclass(slots=True)
class Register:
    """Hands out ids; the same words on the same grounds get the same id, so that a note stands once."""

    notes: dict[tuple[str, str, tuple[str, ...]], Note] = field(default_factory=dict)

    def basis(self, basis: Basis) -> tuple[str, ...]:
        """Return the ids that a value with this basis leads back to."""
        letter, kind = _KINDS[basis.kind]
        if basis.kind == "entered":
            when = f" on {basis.date.isoformat()}" if basis.date else ""
            text = f"entered by {basis.by}{when}" + (f": {basis.note}" if basis.note else "")
        else:
            text = RULES.get(basis.rule or "", f"rule {basis.rule}") + (f" ({basis.note})" if basis.note else "")
        return (*basis.evidence, self._id(letter, kind, text, basis.evidence if kind == "supplied" else ()))

    def ranges(self, *values: Range | None) -> tuple[str, ...]:
        """Return the ids that several values lead back to, each once."""
        return tuple(dict.fromkeys(ref for v in values if v is not None for ref in self.basis(v.basis)))

    def derive(self, text: str, *refs: str) -> str:
        """Return the id of a derivation: what was computed, from which ids."""
        return self._id("d", "derivation", text, tuple(dict.fromkeys(refs)))

    def _id(
        self,
        letter: str,
        kind: Literal["assumption", "entry", "supplied", "derivation"],
        text: str,
        refs: tuple[str, ...],
    ) -> str:
        key = (kind, text, refs)
        if key not in self.notes:
            number = sum(1 for k, _, _ in self.notes if k == kind) + 1
            self.notes[key] = Note(f"{letter}{number}", kind, text, refs)
        return self.notes[key].id
