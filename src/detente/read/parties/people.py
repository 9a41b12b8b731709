"""Whom does a text name: where does a person's name end, and whom does the text itself introduce?"""

from collections.abc import Iterator

from detente.read.parties.mention import Context, Learned, View
from detente.read.parties.senses import Piece
from detente.read.parties.words import bag, fold

_PARTICLES = bag("al el bin ben von van der de la da dos abu ibn")
_SAY = bag(
    "said says say told tells called calls warned warns added adds stated states insisted urged wrote posted "
    "announced denied argued noted spoke speaks declared wants wanted"
)
_NOT_NAMES = bag(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december the he she it they in on at but and however"
)


def name_end(view: View, at: int, *, most: int = 5) -> int:
    """Where does a person's name that begins at word `at` end? `at` itself where there is none."""
    end = at
    while end < len(view.words) and end - at < most:
        word, token = view.words[end], view.token(end)
        joined = end == at or view.joins(end) or (word.gap.strip() == "." and len(view.words[end - 1].text) <= 2)
        named = word.text[0].isupper() and token.tag_ in {"NNP", "NNPS", "NN", "JJ"} and word.key not in _NOT_NAMES
        particle = word.key in _PARTICLES and end + 1 < len(view.words) and view.words[end + 1].text[0].isupper()
        if not joined or word.key == "s" or not (named or particle):
            break
        end += 1
    return end


def introduced(view: View, found: tuple[Piece, ...]) -> Iterator[Learned]:
    """Which persons, unknown to the lexicon, does a sentence introduce with their party?

    "Iran's deputy foreign minister X Y", "China's X Y said", "X Y, Iran's foreign minister", "Iran's envoy, X Y,".
    """
    for piece in found:
        if piece.is_place or piece.tie is not None:
            continue
        if piece.how == "office+nation" and piece.of == "person" and not piece.plural:
            names = [piece.person] if piece.person else [_name_before(view, piece), _name_after(view, piece)]
            yield from (Learned(name, piece.party, piece.office) for name in names if name)
        elif piece.how in {"name", "capital", "armed_group"} and view.owns(piece.end):
            owned = _possessed_name(view, piece, found)
            yield from [Learned(owned, piece.party, None)] if owned else []


def _name_before(view: View, piece: Piece) -> str | None:
    """Whose name, cut off by a comma, does the office explain?"""
    if piece.at < 2 or view.words[piece.at].gap.strip() != ",":
        return None
    at = piece.at
    while at > 0 and (at == piece.at or view.joins(at)) and name_end(view, at - 1, most=1) > at - 1:
        at -= 1
    return _full(view, at, piece.at)


def _name_after(view: View, piece: Piece) -> str | None:
    """Whose name, between commas, explains the office?"""
    if piece.end >= len(view.words) or view.words[piece.end].gap.strip() != ",":
        return None
    return _full(view, piece.end, name_end(view, piece.end))


def _full(view: View, at: int, end: int) -> str | None:
    """The words as a full name, if they look like one: two words or more, and a person to the tagger."""
    if end - at < 2 or end - at > 5:
        return None
    return " ".join(word.text for word in view.words[at:end]) if personal(view, at, end) else None


def personal(view: View, at: int, end: int) -> bool:
    """Are these words a person's name to the tagger or the parser?"""
    return any(view.token(i).ent_type_ == "PER" or view.token(i).dep_ == "flat" for i in range(at, end))


def _possessed_name(view: View, piece: Piece, found: tuple[Piece, ...]) -> str | None:
    """Whose name stands in the possession of a country, as in "China's Li Chenggang said"?"""
    at = view.possessive(piece.end)
    end = name_end(view, at)
    if end == at or any(at <= other.at < end for other in found):
        return None
    root = view.sentence.span.doc[view.root(at, end)]
    speaks = root.dep_ == "nsubj" and root.head.lower_ in _SAY
    person = any(view.token(i).ent_type_ == "PER" for i in range(at, end))
    if not speaks and not (person and end - at > 1):
        return None
    return " ".join(word.text for word in view.words[at:end])


def learned_pieces(view: View, found: tuple[Piece, ...], context: Context) -> tuple[Piece, ...]:
    """Where does a sentence name persons whom the document introduced elsewhere?"""
    if not context.learned:
        return ()
    taken = {i for piece in found for i in range(piece.at, piece.end)}
    new: list[Piece] = []
    at = 0
    while at < len(view.words):
        end, person = _longest(view, at, context)
        if person is None or not taken.isdisjoint(range(at, end)):
            at += 1
            continue
        tokens = view.tokens(at, end)
        new.append(
            Piece(at, end, person.party, "person", view.root(at, end), tokens, person=person.name, confidence=0.8)
        )
        at = end
    return tuple(new)


def _longest(view: View, at: int, context: Context) -> tuple[int, Learned | None]:
    if not view.words[at].text[0].isupper() or at + 1 > len(view.words):
        return at + 1, None
    for end in range(min(at + 5, len(view.words)), at, -1):
        key = " ".join(word.key for word in view.words[at:end])
        person = context.learned.get(key)
        if person is not None:
            return end, person
    return at + 1, None


def keys_of(person: Learned) -> tuple[str, ...]:
    """Under which folded names is an introduced person found again: the whole name, the last word?"""
    whole = " ".join(fold(part) for part in person.name.replace("-", " ").replace("'", " ").replace("’", " ").split())
    last = fold(person.name.split()[-1])
    return (whole,) if len(last) < 3 or "-" in last else (whole, last)
