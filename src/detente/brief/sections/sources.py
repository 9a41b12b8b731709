"""Where does it come from, and what is doubtful about that?"""

from detente.brief.answers import Answers
from detente.brief.document import Quote, Sentence, Source
from detente.brief.register import Register
from detente.brief.words import Names
from detente.situation.nouns import Document, Evidence, Situation


def quotes(situation: Situation) -> tuple[Quote, ...]:
    """Return every quote, as the source view shows it."""
    return tuple(
        Quote(e.id, e.document, e.sentence, e.start, e.end, e.quote, e.grade, e.speaker) for e in situation.evidence
    )


def sources(answers: Answers, register: Register) -> tuple[Source, ...]:
    """Return every document with its grade and the doubts about it; what is doubtful of all stands with the first."""
    situation = answers.completed.situation
    texts = dict(answers.texts)
    shared = (*_unreviewed(answers, register), *_one_source(situation, register), *_offices(situation, register))
    return tuple(
        _source(d, situation, texts.get(d.id), register, shared if n == 0 else ())
        for n, d in enumerate(situation.documents)
    )


def _source(
    document: Document, situation: Situation, text: str | None, register: Register, shared: tuple[Sentence, ...]
) -> Source:
    mine = tuple(e for e in situation.evidence if e.document == document.id)
    grades = sorted({e.grade for e in mine if e.grade})
    return Source(
        id=document.id,
        title=document.title or document.id,
        publisher=document.publisher,
        published=document.published.isoformat() if document.published else None,
        url=document.url,
        text=text,
        grade=" to ".join(dict.fromkeys((grades[0], grades[-1]))) if grades else "not graded",
        doubts=(*shared, *_doubts(document, mine, register)),
    )


def _unreviewed(answers: Answers, register: Register) -> tuple[Sentence, ...]:
    """How much of what was read has a person looked at?"""
    if answers.review is None or not answers.review.items:
        return ()
    items, left = answers.review.items, answers.review.unreviewed
    counted = register.derive("the items that were read, less those accepted, edited or rejected in `detente review`")
    what = "the one item that was read" if items == 1 else f"the {items} items that were read"
    some = "" if items == 1 else "all of " if left == 0 else "any of " if left == items else f"{left} of "
    said = f"A person has reviewed {some}{what}." if left == 0 else f"Nobody has reviewed {some}{what}."
    return (Sentence(said, (counted,)),)


def _one_source(situation: Situation, register: Register) -> tuple[Sentence, ...]:
    if len({d.publisher or d.id for d in situation.documents}) != 1:
        return ()
    alone = register.derive("all documents come from one publisher, or there is one document")
    return (Sentence("One source: nothing here is confirmed by a second one.", (alone,)),)


def _doubts(document: Document, mine: tuple[Evidence, ...], register: Register) -> tuple[Sentence, ...]:
    found = []
    if document.published is None:
        undated = register.derive("the document carries no date line and no date in its metadata")
        found.append(Sentence("Undated: days such as a weekday are left unresolved.", (undated,)))
    unnamed = tuple(e.id for e in mine if e.grade and e.grade.endswith("6"))
    if unnamed:
        count = "One statement rests" if len(unnamed) == 1 else f"{len(unnamed)} statements rest"
        found.append(Sentence(f"{count} on unnamed officials.", unnamed))
    return tuple(found)


def _offices(situation: Situation, register: Register) -> tuple[Sentence, ...]:
    """A party whose every stance comes through one speaker is known through one source, however often it is quoted."""
    names = Names(situation)
    by_id = {e.id: e for e in situation.evidence}
    found = []
    for party in dict.fromkeys(s.party for s in situation.stances):
        read = (s.position.basis.evidence for s in situation.stances if s.party == party)
        cited = tuple(dict.fromkeys(e for ids in read for e in ids if e in by_id))
        speakers = {by_id[e].speaker for e in cited}
        if len(speakers) == 1 and None not in speakers:
            text = f"What {names.party(party)} wants is known only through {speakers.pop()}: one source, however often."
            derived = register.derive("every stance of this party comes through the same speaker", *cited)
            found.append(Sentence(text, (*cited, derived)))
    return tuple(found)
