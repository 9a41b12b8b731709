"""Which two parties do "both sides" or "the two countries" mean?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from detente.read.parties.candidates import Scene, aside, top
from detente.read.parties.mention import SUBJECTS, How, View
from detente.read.parties.senses import Piece
from detente.read.parties.words import bag

_PAIRS = bag(
    "sides countries nations parties governments capitals leaders neighbours neighbors rivals foes states delegations "
    "militaries armies presidents ministers camps enemies allies powers negotiators teams economies adversaries men "
    "belligerents combatants"
)
_FILLERS = bag(
    "two warring nuclear armed neighbouring neighboring rival opposing asian african negotiating foreign prime"
)
_BARE = bag("sides neighbours neighbors rivals foes adversaries belligerents capitals delegations")
_EXAMPLES = bag("as like including")


def pair_phrase(view: View, at: int) -> int:
    """Where do words that speak of two parties at once ("both sides", "the two countries") end? 0 if there are none."""
    key = view.words[at].key
    if key == "the" and at + 1 < len(view.words):
        following = view.words[at + 1].key
        if following not in {"two", "warring"}:
            return _nicknamed(view, at)
    elif key != "both":
        return 0
    end = at + 1
    while end < len(view.words) and view.joins(end) and view.words[end].key in _FILLERS:
        end += 1
    if end < len(view.words) and view.joins(end) and view.words[end].key in _PAIRS:
        return end + 1
    alone = key == "both" and view.token(at).dep_ in {"nsubj", "nsubj:pass", "obj", "obl"}
    return at + 1 if alone else 0


def _nicknamed(view: View, at: int) -> int:
    """Where do words like "the nuclear-armed neighbours" end? 0 if there are none."""
    end = at + 1
    while end < len(view.words) and view.joins(end) and view.words[end].key in _FILLERS:
        end += 1
    return end + 1 if end < len(view.words) and view.joins(end) and view.words[end].key in _BARE else 0


def pair(scene: Scene, at: int, end: int) -> Iterator[Piece]:
    """Both parties that are meant, one piece each."""
    for party in pair_before(scene, at):
        yield bare(scene.view, at, end, party, "list", 0.7)


def bare(view: View, at: int, end: int, party: str, how: How, confidence: float) -> Piece:
    """Words without a name of their own as a piece."""
    head, tokens = view.root(at, end), view.tokens(at, end)
    return replace(Piece(at, end, party, how, head, tokens), plural=how == "list", confidence=confidence)


def pair_before(scene: Scene, at: int) -> tuple[str, ...]:
    """Which two parties are meant at word `at`?

    Those last named together in the sentence, else the only two named in it, else those last named together before,
    else the two named most often of those named so far. Whoever acts on the pair is not one of it.
    """
    actor = _acting_on(scene, at)
    joined = [both for end, both in pairs(scene.view, scene.pieces) if end <= at and actor not in both]
    if joined:
        return joined[-1]
    here = [c.party for c in scene.candidates(at) if c.distance == 0 and c.how not in {"list", "pronoun"}]
    if actor is None and len(set(here)) == 2:
        return tuple(dict.fromkeys(here))
    if scene.context.pair and actor not in scene.context.pair and _matter(scene):
        return scene.context.pair
    named = {c.party for c in scene.candidates(at) if c.how not in {"pronoun", "list"}} - {actor}
    recent = [party for party in scene.context.principals if party in named][:2]
    others = [party for party in scene.context.principals if party != actor][:2]
    return tuple(recent if len(recent) == 2 else others)


def _matter(scene: Scene) -> bool:
    """Are the two last named together among those that the document is about, and not two others in passing?"""
    foremost = scene.context.principals[:3]
    return len(foremost) < 3 or set(scene.context.pair) <= set(foremost)


def _acting_on(scene: Scene, at: int) -> str | None:
    """Which party is the subject of the verb whose object the words are ("Qatar urged both sides")?"""
    token = top(scene.view.token(at) if scene.view.words[at].key == "both" else scene.view.token(at).head)
    token = token.head if token.dep_ in {"det", "nummod", "amod"} else token
    if token.dep_ not in {"obj", "iobj", "obl"}:
        return None
    subjects = {t.i for t in token.head.children if t.dep_ in SUBJECTS}
    return next((p.party for p in scene.pieces if p.head in subjects and not aside(p)), None)


def pairs(view: View, pieces: Iterable[Piece]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Which two parties does a sentence name together ("U.S.-Iran", "between A and B"), and up to which word?

    Examples ("groups such as A and B") and agents ("brokered by A and B") are no pairs.
    """
    plain = [p for p in pieces if not aside(p) and p.how not in {"pronoun", "list", "role"}]
    for one, two in pairwise(plain):
        between = view.words[one.end : two.at]
        hyphen = not between and two.at < len(view.words) and view.words[two.at].gap in {"-", "–", "/"}
        if (hyphen or _linked(view, one, two)) and one.party != two.party and not _beside_the_point(view, one):
            yield two.end, (one.party, two.party)


def _beside_the_point(view: View, piece: Piece) -> bool:
    at = piece.at - 1
    while at > 0 and view.words[at].key == "the":
        at -= 1
    return at >= 0 and view.joins(at + 1) and view.words[at].key in _EXAMPLES | {"by"}


def _linked(view: View, one: Piece, two: Piece) -> bool:
    """Are two names joined by "and" or "with", adjectives and articles aside?"""
    between = range(one.end, two.at)
    if not 1 <= len(between) <= 3 or view.words[between[0]].key not in {"and", "with"}:
        return False
    plain = all(view.token(i).tag_ in {"DT", "JJ", "NN", "NNP"} for i in between[1:])
    return plain and all(view.joins(i) for i in range(one.end, two.at + 1))
