"""Which parties stand behind an argument of a verb or noun?"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from detente.read.parties.mention import Mention

_OWNERS = frozenset({"nmod:poss", "compound", "amod", "nmod:desc", "flat", "nmod:unmarked"})


def party_of(token: Token, mentions: Sequence[Mention], *, owners: bool = True) -> tuple[Mention, ...]:
    """Which mentions are responsible for an argument headed by this token?

    The mention that the token heads or lies in; else, with `owners`, those that own it ("Tehran's missile arsenal",
    "Iranian drones", "leaders of the Gulf states"). A coordination gives every member. Places and joined participles
    ("Iran-backed groups") never count.
    """
    found = [mention for part in _coordinated(token) for mention in _one(part, mentions, owners)]
    return tuple({(m.start, m.end, m.party_id): m for m in found}.values())


def _coordinated(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ == "conj" and not child.tag_.startswith("VB"):
            yield from _coordinated(child)


def _one(token: Token, mentions: Sequence[Mention], owners: bool) -> list[Mention]:
    actors = [m for m in mentions if not m.is_place and m.tie is None]
    own = [m for m in actors if m.head == token.i]
    if own:
        return own
    around = [m for m in actors if m.tokens[0] <= token.i < m.tokens[1] and m.head == m.tokens[1] - 1]
    if around:
        return around
    return _owners(token, actors) if owners else []


def _owners(token: Token, actors: list[Mention]) -> list[Mention]:
    """Who owns what a token names: possessors and adjectives first, then "of" and "by", then an apposition."""
    for relations, cases in ((_OWNERS, None), ({"nmod"}, {"of", "by", "from"}), ({"appos"}, None)):
        heads = [c for c in token.children if c.dep_ in relations and (cases is None or _case(c) in cases)]
        found = [m for head in heads for part in _coordinated(head) for m in actors if m.head == part.i]
        if found:
            return found
        deeper = [m for head in heads if relations is _OWNERS for m in _owners(head, actors)]
        if deeper:
            return deeper
    return []


def _case(token: Token) -> str:
    return next((child.lower_ for child in token.children if child.dep_ == "case"), "")
