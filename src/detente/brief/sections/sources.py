"""Where does it come from, and what is doubtful about that?"""

from detente.brief.answers import Answers
from detente.brief.document import Quote, Sentence, Source
from detente.brief.register import Register
from detente.brief.words import Names, capital
from detente.situation.nouns import Document, Evidence, Situation


def quotes(situation: Situation) -> tuple[Quote, ...]:
    """Return every quote, as the source view shows it."""
    return tuple(
        Quote(e.id, e.document, e.sentence, e.start, e.end, e.quote, e.grade, e.speaker) for e in situation.evidence
    )


def sources(answers: Answers, register: Register) -> tuple[Source, ...]:
    """Return every document with its grade and the doubts about it."""
    situation = answers.completed.situation
    texts = dict(answers.texts)
    return tuple(_source(d, situation, texts.get(d.id), register) for d in situation.documents)


def _source(document: Document, situation: Situation, text: str | None, register: Register) -> Source:
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
        doubts=_doubts(document, mine, situation, register),
    )


def _doubts(
    document: Document, mine: tuple[Evidence, ...], situation: Situation, register: Register
) -> tuple[Sentence, ...]:
    found = []
    publishers = {d.publisher or d.id for d in situation.documents}
    if len(publishers) == 1:
        alone = register.derive("all documents come from one publisher, or there is one document")
        found.append(Sentence("One source: nothing here is confirmed by a second one.", (alone,)))
    if document.published is None:
        undated = register.derive("the document carries no date line and no date in its metadata")
        found.append(Sentence("Undated: days such as a weekday are left unresolved.", (undated,)))
    unnamed = tuple(e.id for e in mine if e.grade and e.grade.endswith("6"))
    if unnamed:
        count = "One statement rests" if len(unnamed) == 1 else f"{len(unnamed)} statements rest"
        found.append(Sentence(f"{count} on unnamed officials.", unnamed))
    return (*found, *_offices(mine, situation, register))


def _offices(mine: tuple[Evidence, ...], situation: Situation, register: Register) -> tuple[Sentence, ...]:
    """A party whose every stance comes through one office of its own is known through one source, however often."""
    names = Names(situation)
    by_id = {e.id: e for e in mine}
    found = []
    for party in dict.fromkeys(s.party for s in situation.stances):
        cited = dict.fromkeys(
            e for s in situation.stances if s.party == party for e in s.position.basis.evidence if e in by_id
        )
        speakers = {by_id[e].speaker for e in cited}
        if len(speakers) == 1 and None not in speakers and len(cited) > 1:
            office = next(iter(speakers))
            text = f"{names.party(party)} is known only through {office}: {len(cited)} statements, one source."
            derived = register.derive("all statements of this party come through the same speaker")
            found.append(Sentence(capital(text), (*cited, derived)))
    return tuple(found)
