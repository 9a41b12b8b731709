"""Small stories of invented states, and the readings they are to give."""

import hashlib
from typing import Any

from detente.read.items import (
    Actor,
    Condition,
    DocumentFacts,
    Evidence,
    Extractor,
    IssueFact,
    IssueStance,
    Item,
    NameFact,
    Place,
    PlaceFact,
    Reading,
    SentenceFacts,
    Span,
    When,
    make_item,
)
from detente.read.items import Table as TalksNamed
from detente.read.parties import Lexicon
from detente.read.parties.entries import LexiconFile, PartyEntry
from detente.read.parties.lexicon import lexicon_of
from detente.read.propose import propose
from detente.situation.nouns import Situation

LEXICON = lexicon_of(
    LexiconFile(parties=(PartyEntry(id="red-brigade", name="Red Brigade", kind="armed_group", patron="norland"),))
)


class Story:
    """A text made sentence by sentence, with the items it is to be read as."""

    def __init__(self, name: str = "story") -> None:
        self.name = name
        self.text = ""
        self.sentences: list[SentenceFacts] = []
        self.rows: list[tuple[Span, dict[str, Any]]] = []
        self.parties: dict[str, NameFact] = {}
        self.places: list[PlaceFact] = []
        self.issues: dict[str, IssueFact] = {}

    def says(self, words: str, act: str = "", by: str = "", to: str = "", **more: Any) -> "Story":
        start = len(self.text)
        self.text += words + " "
        span = Span(start=start, end=start + len(words), quote=words)
        self.sentences.append(SentenceFacts(id=f"s{len(self.sentences) + 1}", start=span.start, end=span.end))
        if act:
            self.rows.append((span, {"act": act, "by": by, "to": to, "sentence": self.sentences[-1].id, **more}))
        return self

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start=start, end=start + len(words), quote=words)

    def names(self, party: str, words: str, kind: str = "state") -> "Story":
        self.parties[party] = NameFact(party=party, name=words, span=self.span(words), kind=kind)
        return self

    def place(self, role: Any, words: str, party: str | None) -> "Story":
        self.places.append(PlaceFact(role=role, name=words, span=self.span(words), party=party))
        return self

    def touches(self, issue: str, name: str) -> "Story":
        self.issues[issue] = IssueFact(issue=issue, name=name, span=self.sentences_span())
        return self

    def sentences_span(self) -> Span:
        return Span(start=0, end=5, quote=self.text[:5])

    def reading(self) -> Reading:
        sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        facts = DocumentFacts(id=self.name, name=f"{self.name}.txt", text=self.text, sha256=sha256)
        return Reading(
            document=facts,
            sentences=tuple(self.sentences),
            parties=tuple(self.parties.values()),
            places=tuple(self.places),
            issues=tuple(self.issues.values()),
            items=self._items(sha256),
        )

    def _items(self, sha256: str) -> tuple[Item, ...]:
        made: list[Item] = []
        for span, row in self.rows:
            first = made[row["repeats"]].id if "repeats" in row else None
            made.append(make_item(self._item(span, row, sha256)).model_copy(update={"duplicates_of": first}))
        return tuple(made)

    def _item(self, span: Span, row: dict[str, Any], sha256: str) -> Item:
        def actors(ids: str, how: str = "name") -> tuple[Actor, ...]:
            return tuple(
                Actor(mention=span, head=p, party=p, name=p.replace("-", " ").title(), how=how) for p in ids.split()
            )

        issues = tuple(self._stance(told, span) for told in row.get("on", "").split())
        condition = row.get("condition")
        talks = row.get("table")
        when = row.get("when")
        return Item(
            doc_id=self.name,
            doc_sha256=sha256,
            sentences=(row["sentence"],),
            evidence=(Evidence(**span.model_dump(), role="clause", sentence=row["sentence"]),),
            kind=row.get("kind", "position" if issues else "action"),
            act=row["act"],
            trigger=row.get("trigger", "say"),
            frame="test",
            actors=actors(row["by"]),
            recipients=actors(row["to"], row.get("how", "name")),
            mediators=actors(row.get("mediators", "")),
            issues=issues,
            condition=Condition(
                type=row.get("type", "if"), span=self.span(condition), text=condition, party=row.get("whose")
            )
            if condition
            else None,
            table=TalksNamed(parties=tuple(talks.split()), span=span, direct=row.get("direct")) if talks else None,
            venue=Place(name=row["venue"], span=self.span(row["venue"])) if "venue" in row else None,
            when=When(span=span, first=when, last=when) if when else None,
            modality=row.get("modality", "actual"),
            factuality=row.get("factuality", "fact"),
            negated=row.get("negated", False),
            background=row.get("background", False),
            status=row.get("status", "verified"),
            extractor=Extractor(name="test", version="1", rule="test"),
        )

    def _stance(self, told: str, span: Span) -> IssueStance:
        issue, move, *rest = told.split(":")
        strength = int(rest[0]) if rest else 2
        on = rest[1] if len(rest) > 1 else "substance"
        stance = "only-this" if move == "only" else "against" if move == "refuse" else "for"
        row = {"issue": issue, "move": "demand" if move == "only" else move, "strength": strength, "on": on}
        return IssueStance.model_validate({**row, "stance": stance, "span": span})

    def draft(self, lexicon: Lexicon = LEXICON) -> Situation:
        return propose((self.reading(),), lexicon=lexicon)


def talks_of(*parties: str) -> Story:
    told = Story().says(f"Talks of {' and '.join(parties)} went on.", "CONSULT", " ".join(parties))
    return told


def rule_of(draft: Situation, party: str, issue: str) -> str | None:
    found = draft.stance(party, issue)
    return found.basis.rule if found else None


def rich() -> Story:
    told = Story().says("Talks in Port were indirect.", "CONSULT", "norland sudland", venue="Port", direct=False,
                        table="norland sudland")  # fmt: skip
    told.says("Norland bars missiles.", "REJECT", "norland", "sudland", on="missiles:refuse:3:inclusion")
    told.says("Sudland asks for grain.", "REQUEST", "sudland", "norland", on="grain:demand:3 missiles:demand:2")
    told.says("Norland asks for grain.", "REQUEST", "norland", "sudland", on="grain:demand:1")
    told.says("Westland asks Sudland.", "REQUEST", "westland", "sudland", on="missiles:demand", table="norland sudland")
    told.says("Westland meets Sudland.", "CONSULT", "westland sudland", modality="future")
    told.says("They coordinate.", "COOPERATE", "westland sudland")
    told.says("Norland hits back if Sudland strikes.", "THREATEN", "norland", "sudland", kind="statement",
              condition="if Sudland strikes", whose="sudland")  # fmt: skip
    told.says("Sudland squeezes Norland.", "COERCE", "sudland", "norland")
    told.says("Estland mediated.", "CONSULT", "estland", "norland sudland", mediators="estland")
    told.says("The Red Brigade watches.").names("red-brigade", "Red Brigade", "armed_group")
    return told.names("norland", "Norland").place("host", "Port", "portland").touches("grain", "Grain")
