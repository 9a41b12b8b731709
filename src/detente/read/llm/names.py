"""Which party and which issue do a model's words mean, going by what code reads in the same words?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.read.extract import naming_of
from detente.read.extract.build import Naming
from detente.read.issues import issue_hits
from detente.read.items import Actor, IssueStance, Move, Span
from detente.read.language import Sentence
from detente.read.llm.schema import Matter
from detente.read.parties import Lexicon, Mention
from detente.situation.values import slug

_STANDS_IN = {"pronoun", "role", "list"}
_LONGEST_NAME = 6
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Names:
    """What does code know of the names in a document, and of the words for parties and issues?

    mentions  who is named where, as the rule reader finds it
    issues    which issue is named where
    parties   the party of each folded name or alias; labels  the issue of each folded id, name or alias
    """

    text: str
    mentions: tuple[Mention, ...]
    issues: tuple[tuple[Place, str], ...]
    parties: Mapping[str, str]
    labels: Mapping[str, str]
    naming: Naming

    def actor(self, words: Span, name: str) -> Actor:
        """Who is meant by these words, which the model says are `name`?

        What the words themselves name wins over the model's name, but for pronouns and roles. A party that no lexicon
        has counts only under a name that stands in the text.
        """
        inside = [m for m in self.mentions if m.start < words.end and words.start < m.end]
        acting = [m for m in inside if not m.is_place and m.tie is None] or inside
        called = self._called(name)
        agreed = next((m for m in acting if m.party_id == called), None)
        firm = next((m for m in acting if m.how not in _STANDS_IN), None)
        chosen = agreed or firm
        if chosen is not None:
            return self._known(words, chosen.party_id, chosen)
        if called is not None:
            return self._known(words, called, None)
        if acting:
            return self._known(words, acting[0].party_id, acting[0])
        return self._unlisted(words, name)

    def stance(self, words: Span, said: Matter) -> IssueStance:
        """Which issue is meant by these words, which the model files under a label?"""
        inside = [issue for (start, end), issue in self.issues if start < words.end and words.start < end]
        label = self.labels.get(folded(said.issue))
        known = label if label in inside else next(iter(inside), label)
        move: Move | None = said.move if said.move != "none" else None
        return IssueStance(
            issue=known or slug(words.quote) or "other",
            span=words,
            stance=said.stance,
            move=move,
            on=said.on,
            proposed=known is None,
        )

    def _called(self, name: str) -> str | None:
        """The known party of that name, where the text names it at all."""
        party = self.parties.get(folded(name))
        return party if party is not None and any(m.party_id == party for m in self.mentions) else None

    def _known(self, words: Span, party: str, mention: Mention | None) -> Actor:
        return Actor(
            mention=words,
            head=words.quote.split()[-1],
            party=party,
            name=self.naming.parties.get(party, party),
            country=party if self.naming.kinds.get(party) == "state" else None,
            sector=mention.sector if mention else None,
            person=mention.person if mention else None,
            office=mention.office if mention else None,
            how=mention.how if mention else "model",
            confidence=0.5,
        )

    def _unlisted(self, words: Span, name: str) -> Actor:
        plain = " ".join(name.split())
        here = plain[:1].isupper() and len(plain.split()) <= _LONGEST_NAME
        named = here and re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", self.text) is not None
        return Actor(
            mention=words,
            head=words.quote.split()[-1],
            party=(slug(plain) or None) if named else None,
            name=plain if named else None,
            how="model",
            confidence=0.5,
        )


def names_of(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[tuple[Mention, ...]], lexicon: Lexicon
) -> Names:
    """What does code know of the names in this document?"""
    hits = [
        ((hit.start, hit.end), hit.issue_id)
        for sentence, found in zip(sentences, mentions, strict=True)
        for hit in issue_hits(sentence, lexicon, found)
        if not hit.weak
    ]
    return Names(
        text=text,
        mentions=tuple(mention for found in mentions for mention in found),
        issues=tuple(hits),
        parties=_first((name, p.id) for p in lexicon.parties for name in (p.name, p.id, *p.aliases)),
        labels=_first((name, i.id) for i in lexicon.issues for name in (i.id, i.name, *i.aliases)),
        naming=naming_of(lexicon),
    )


def folded(name: str) -> str:
    """How is a name looked up: in lower case, without an article or hyphens?

    >>> folded("the  United-States "), folded("Export controls")
    ('united states', 'export controls')
    """
    return " ".join(name.lower().replace("-", " ").split()).removeprefix("the ")


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, party in pairs:
        found.setdefault(folded(name), party)
    return found
