"""Who was named before a word that has no name of its own, and how does the sentence hang together around it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Token

from detente.read.parties.mention import SUBJECTS, Context, View
from detente.read.parties.senses import Piece
from detente.read.parties.words import bag

SAYING = bag(
    "said says say saying told tells warned warns added adds stated insisted insists announced denied denies argued "
    "noted claimed claims repeated stressed described called spoke wrote urged vowed pledged accused believes believed "
    "thinks replied explained declared confirmed emphasised emphasized reiterated signalled signaled indicated posted "
    "thanked rejected demanded demands responded answered asked"
)
_CLIMBS = frozenset({"flat", "compound", "nmod:poss", "amod", "appos", "conj", "nmod:desc"})


class Candidate(NamedTuple):
    """Who may be meant: a piece of this sentence or an earlier one, and how far away."""

    party: str
    person: str | None = None
    woman: bool | None = None
    office: str | None = None
    of: str | None = None
    sector: str | None = None
    how: str = "name"
    plural: bool = False
    subject: bool = False
    speaker: bool = False
    distance: int = 0
    order: int = 0
    head: Token | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands before the word to be resolved: the sentence so far, the context, who is named in pairs."""

    view: View
    context: Context
    pieces: tuple[Piece, ...]

    def candidates(self, before: int) -> tuple[Candidate, ...]:
        """Who was named before word `before`, in this sentence and earlier ones?"""
        here = [
            here_candidate(self.view, piece, order)
            for order, piece in enumerate(self.pieces)
            if piece.end <= before and not aside(piece)
        ]
        return (*_earlier(self.context), *here)


def aside(piece: Piece) -> bool:
    """Is a piece nobody who acts: a place, or a name joined to a participle?"""
    return piece.is_place or piece.tie is not None or not piece.party


def here_candidate(view: View, piece: Piece, order: int) -> Candidate:
    """A piece of the sentence itself as somebody who may be meant."""
    token = view.sentence.span.doc[piece.head]
    subject = top(token).dep_ in SUBJECTS
    return Candidate(
        party=piece.party,
        person=piece.person,
        woman=piece.woman,
        office=piece.office,
        of=piece.of,
        sector=piece.sector,
        how=piece.how,
        plural=piece.plural,
        subject=subject,
        speaker=subject and top(token).head.lower_ in SAYING,
        order=order,
        head=token,
    )


def _earlier(context: Context) -> Iterator[Candidate]:
    for order, trace in enumerate(context.trail):
        mention = trace.mention
        yield Candidate(
            party=mention.party_id,
            person=mention.person,
            woman=mention.woman,
            office=mention.office,
            of=mention.of,
            sector=mention.sector,
            how=mention.how,
            plural=mention.plural,
            subject=trace.subject,
            speaker=trace.speaker,
            distance=context.number - trace.sentence,
            order=order,
        )


def top(token: Token) -> Token:
    """What argument does a token belong to? Climbs out of names, possessors and coordinations."""
    while token.dep_ in _CLIMBS and token.head != token:
        token = token.head
    return token


def clauses(token: Token) -> Iterator[Token]:
    """Which clause heads stand above a token, nearest first?"""
    while token.head != token:
        token = token.head
        if token.tag_.startswith("VB") or token.dep_ in {"ROOT", "ccomp", "advcl", "acl:relcl"}:
            yield token


def subject_of(clause: Token, pronoun: Token) -> Token | None:
    """Who is the subject of a clause? Of one without its own ("expects China to ..."), the object above it."""
    own = next((t for t in clause.children if t.dep_ in SUBJECTS and t != pronoun), None)
    if own is not None or clause.dep_ not in {"xcomp", "advcl"}:
        return own
    above = [t for t in clause.head.children if t.i < clause.i and (t.dep_ in {"obj", "iobj"} or _called_on(t))]
    return above[-1] if above and _to(clause) else None


def _called_on(token: Token) -> bool:
    return token.dep_ == "obl" and any(c.dep_ == "case" and c.lower_ in {"on", "upon"} for c in token.children)


def _to(clause: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "mark" for child in clause.children)
