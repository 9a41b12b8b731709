"""Which parties does a sentence mention, and what is carried on to the next?"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from detente.read.language import Sentence
from detente.read.parties.antecedents import resolved
from detente.read.parties.candidates import SAYING, top
from detente.read.parties.entries import PartyEntry
from detente.read.parties.lexicon import Lexicon
from detente.read.parties.mention import SUBJECTS, Context, Learned, Mention, Trace, View, view
from detente.read.parties.offices import runs, with_offices
from detente.read.parties.pairs import pairs
from detente.read.parties.people import introduced, keys_of, learned_pieces
from detente.read.parties.senses import Piece, pieces
from detente.read.parties.words import bag

_TRAIL = 24


def mentions(sentence: Sentence, lexicon: Lexicon, context: Context | None = None) -> tuple[Mention, ...]:
    """Which words of a sentence mean which party, in the order they stand?

    Names, offices, demonyms, capitals, seats of power and persons by the lexicon; pronouns, role nouns and pairs
    ("both sides") by what was named before, in the sentence and in the context. A list phrase gives one mention per
    party.
    """
    seen = view(sentence)
    return _mentions(seen, lexicon, context or Context())


def _mentions(seen: View, lexicon: Lexicon, context: Context) -> tuple[Mention, ...]:
    if not seen.words:
        return ()
    found = _named(seen, lexicon, context)
    everything = resolved(seen, found, runs(seen, lexicon), context)
    return tuple(_mention(seen, piece) for piece in everything)


def _named(seen: View, lexicon: Lexicon, context: Context) -> tuple[Piece, ...]:
    known = pieces(seen, lexicon, context)
    known = tuple(sorted((*known, *learned_pieces(seen, known, context)), key=lambda piece: piece.at))
    whole = tuple(replace(p, is_place=True) if _in_a_name(seen, p) else p for p in known)
    return tuple(_of_one_side(piece, context) for piece in with_offices(seen, whole, lexicon))


_FACTIONS = bag("party front movement league brotherhood")


def _in_a_name(seen: View, piece: Piece) -> bool:
    """Is the country only part of the name of a party in it ("the X Workers Party")? A ruling one is not meant."""
    if piece.how not in {"name", "demonym"}:
        return False
    at = piece.end
    while at < len(seen.words) and seen.words[at].gap == " " and seen.words[at].text[:1].isupper():
        if seen.words[at].key == "communist":
            return False
        if seen.words[at].key in _FACTIONS:
            return True
        at += 1
    return False


def _of_one_side(piece: Piece, context: Context) -> Piece:
    """A country at civil war that acts is the side of its army; as ground it stays the country."""
    side = context.regulars.get(piece.party)
    return piece if side is None or piece.is_place or piece.tie is not None else replace(piece, party=side)


def _mention(seen: View, piece: Piece) -> Mention:
    first, last = seen.words[piece.at], seen.words[piece.end - 1]
    base = seen.sentence.start
    return Mention(
        start=base + first.start,
        end=base + last.end,
        text=seen.sentence.text[first.start : last.end],
        party_id=piece.party,
        head=piece.head,
        tokens=piece.tokens,
        how=piece.how,
        sector=piece.sector,
        confidence=piece.confidence,
        is_place=piece.is_place,
        person=piece.person,
        office=piece.office,
        tie=piece.tie,
        of=piece.of,
        plural=piece.plural,
        woman=piece.woman,
    )


def survey(sentences: Iterable[Sentence], lexicon: Lexicon, when: datetime.date | None = None) -> Context:
    """What does a document say about its own names: who is named, by which full names, who is introduced by it?

    Read once before the mentions are; its result is the context of the first sentence.
    """
    return _survey([view(sentence) for sentence in sentences], lexicon, when)


def _survey(views: Iterable[View], lexicon: Lexicon, when: datetime.date | None) -> Context:
    context = Context(when=when)
    learned: dict[str, Learned] = {}
    counts: Counter[str] = Counter()
    full: set[str] = set()
    sites: set[str] = set()
    for seen in views:
        if not seen.words:
            continue
        found = _named(seen, lexicon, replace(context, seen=frozenset(counts)))
        for person in introduced(seen, found):
            for key in keys_of(person):
                learned.setdefault(key, person)
        counts.update(_acting(seen, found))
        sites |= _sites(seen, found)
        for piece in found:
            full |= _spelt_out(seen, piece)
    named = [party for party, _ in counts.most_common() if _principal(lexicon, party)]
    regulars = dict(_regulars(lexicon, named[:4]))
    principals = tuple(party for party in named if not _only_the_ground(lexicon, party, named[:4]))
    return replace(
        context,
        seen=frozenset(counts),
        full_names=frozenset(full),
        learned=learned,
        principals=principals,
        regulars=regulars,
        sites=frozenset(sites),
    )


def _acting(seen: View, found: Iterable[Piece]) -> Counter[str]:
    """How often is which party named as somebody who may act?"""
    actors = (p for p in found if not p.is_place and p.tie is None and (p.how != "capital" or _acts(seen, p)))
    return Counter(piece.party for piece in actors)


def _sites(seen: View, found: Iterable[Piece]) -> set[str]:
    """Which capitals does a sentence speak of as places?"""
    here = (piece for piece in found if piece.is_place and piece.how == "capital")
    return {" ".join(word.key for word in seen.words[piece.at : piece.end]) for piece in here}


def _acts(seen: View, piece: Piece) -> bool:
    """Does a capital stand for its government beyond doubt: as a subject, or in possession of something?"""
    return seen.owns(piece.end) or top(seen.sentence.span.doc[piece.head]).dep_ in SUBJECTS


def _spelt_out(seen: View, piece: Piece) -> set[str]:
    """The person's name, if the text gives more of it than one word."""
    person = piece.person or ""
    keys = {word.key for word in seen.words[piece.at : piece.end]}
    return {person} if len(keys & {part.lower() for part in person.replace("-", " ").split()}) > 1 else set()


def _only_the_ground(lexicon: Lexicon, party: str, foremost: Sequence[str]) -> bool:
    """Is it the country in which two others that are at home there are at odds?"""
    homes = [entry.home for other in foremost if (entry := lexicon.party(other)) is not None]
    return homes.count(party) > 1


def _regulars(lexicon: Lexicon, foremost: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Which country's own army is among the foremost, beside another armed group that is at home there?"""
    armed = [entry for party in foremost if (entry := lexicon.party(party)) is not None and entry.kind == "armed_group"]
    for entry in armed:
        home = lexicon.party(entry.home) if entry.home else None
        rivals = [other for other in armed if other.home == entry.home and other.id != entry.id]
        if home is not None and rivals and _army_of(home, entry):
            yield home.id, entry.id


def _army_of(home: PartyEntry, entry: PartyEntry) -> bool:
    """Is it by its names the army of the country ("X's army"), and not one that calls itself so?"""
    known = {name.casefold() for name in (entry.name, *entry.aliases)}
    owners = (f"{home.name}'s", *home.demonyms)
    return any(f"{owner} army".casefold() in known for owner in owners)


def _principal(lexicon: Lexicon, party: str) -> bool:
    entry = lexicon.party(party)
    return entry is not None and entry.kind in {"state", "entity", "armed_group", "bloc"}


def follow(context: Context, sentence: Sentence, found: Sequence[Mention]) -> Context:
    """What is carried on after a sentence with these mentions?"""
    return _follow(context, view(sentence), found)


def _follow(context: Context, seen: View, found: Sequence[Mention]) -> Context:
    doc = seen.sentence.span.doc
    traces = tuple(_trace(context, m, doc[m.head]) for m in found if not m.is_place and m.tie is None)
    joined = list(pairs(seen, _pieces_again(seen, found)))
    return replace(
        context,
        learned={**_titled(found), **context.learned},
        trail=(*context.trail, *traces)[-_TRAIL:],
        pair=joined[0][1] if joined else context.pair,
        pair_at=context.number if joined else context.pair_at,
        number=context.number + 1,
    )


def _titled(found: Sequence[Mention]) -> dict[str, Learned]:
    """Who was named with a title whose country the text left to be guessed?"""
    guessed = (m for m in found if m.how == "role" and m.person and m.confidence < 0.5)
    named = [Learned(m.person or "", m.party_id, m.office) for m in guessed]
    return {key: person for person in named for key in keys_of(person)}


def _trace(context: Context, mention: Mention, head: object) -> Trace:
    token = top(head)  # type: ignore[arg-type]
    subject = token.dep_ in SUBJECTS
    return Trace(mention, context.number, subject, subject and token.head.lower_ in SAYING)


def _pieces_again(seen: View, found: Sequence[Mention]) -> list[Piece]:
    """The mentions as pieces, so that pairs can be looked for."""
    starts = {seen.sentence.start + word.start: i for i, word in enumerate(seen.words)}
    ends = {seen.sentence.start + word.end: i + 1 for i, word in enumerate(seen.words)}
    return [
        Piece(starts[m.start], ends[m.end], m.party_id, m.how, m.head, m.tokens, is_place=m.is_place, tie=m.tie)
        for m in found
    ]


def all_mentions(
    sentences: Sequence[Sentence], lexicon: Lexicon, *, when: datetime.date | None = None
) -> tuple[tuple[Mention, ...], ...]:
    """Which parties does each sentence of a document mention? Surveyed first, then read in order."""
    views = [view(sentence) for sentence in sentences]
    context = _survey(views, lexicon, when)
    found = []
    for seen in views:
        here = _mentions(seen, lexicon, context)
        found.append(here)
        context = _follow(context, seen, here)
    return tuple(found)
