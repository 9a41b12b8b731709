"""Names and issues found in a sentence, put in terms of its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.read.extract.words import Hit, Name, Word, word_range
from detente.read.issues import IssueHit
from detente.read.parties import Mention


def names_of(words: Sequence[Word], found: Sequence[Mention]) -> tuple[Name, ...]:
    """Which words name which party? A name joined to a participle ("X-backed") is not one who acts."""
    placed = ((mention, word_range(words, mention.start, mention.end)) for mention in found)
    return tuple(_name(mention, *where) for mention, where in placed if where is not None)


def _name(mention: Mention, first: int, last: int) -> Name:
    return Name(
        first,
        last,
        mention.party_id,
        mention.how,
        is_place=mention.is_place or mention.tie is not None,
        confidence=mention.confidence,
        sector=mention.sector,
        person=mention.person,
        office=mention.office,
        tie=mention.tie,
    )


def hits_of(words: Sequence[Word], found: Sequence[IssueHit], kinds: Mapping[str, str]) -> tuple[Hit, ...]:
    """Which words name which issue? Conduct and process, and words that only point to an issue, do not count alone."""
    placed = ((hit, word_range(words, hit.start, hit.end)) for hit in found)
    return tuple(_hit(hit, where, kinds.get(hit.issue_id, "file")) for hit, where in placed if where is not None)


def _hit(hit: IssueHit, where: tuple[int, int], kind: str) -> Hit:
    return Hit(*where, hit.issue_id, owner=hit.owner, counts=kind == "file" and not hit.weak, kind=kind)
