"""Which matters in dispute does a text speak of, and whose are they?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from detente.read.language import Sentence
from detente.read.parties.arguments import party_of
from detente.read.parties.entries import IssueEntry
from detente.read.parties.index import Topic, find_topics
from detente.read.parties.lexicon import Lexicon
from detente.read.parties.mention import Mention, View, view
from detente.read.parties.words import bag, stem, stems, words

__all__ = ["IssueEntry", "IssueHit", "issue_hits", "normal_form"]

_DETERMINERS = bag(
    "the a an this that these those its his her their our my your any some all no every each such own other "
    "another more further new recent future both several many much only s full complete total immediate entire "
    "permanent"
)
_LINKS = bag("of for on to from in with about over against between")
_PROXIES = "proxies"
_BACKING = stems("support back backing arm arming fund funding finance sponsor supply")
# Phrases of one word that are also common verbs: as a finite verb they are an act, not the issue.
_ACTS = bag("attack attacks strike strikes force vote loan loans mines polls trade reservoir fish transit lands land")


@dataclass(frozen=True, slots=True)
class IssueHit:
    """Which words speak of which issue, and whose is it?

    start, end  offsets into the document's text
    head        index (in the sentence's Doc) of the token that heads the words
    owner       the party it belongs to ("Tehran's ballistic missile arsenal": iran), if the text says
    weak        the words only point to the issue
    """

    start: int
    end: int
    text: str
    issue_id: str
    head: int
    owner: str | None = None
    weak: bool = False


def issue_hits(sentence: Sentence, lexicon: Lexicon, mentions: Sequence[Mention] = ()) -> tuple[IssueHit, ...]:
    """Which issues do the words of a sentence name, the longest phrase at each place, and who owns them?

    The sentence's mentions are needed to tell the owner; without them no owner is given.
    """
    seen = view(sentence)
    hits = []
    for at, end, topic in find_topics(seen.words, lexicon.topics):
        if topic.issue and not _inside_a_name(seen, at, end, topic, mentions) and not _acting(seen, at, end):
            hits.append(_hit(seen, at, end, topic, mentions))
    known = {i for hit in hits for i in range(hit.start, hit.end)}
    found = [hit for hit in _support(seen, lexicon, mentions) if known.isdisjoint(range(hit.start, hit.end))]
    return tuple(sorted([*hits, *found], key=lambda hit: hit.start))


def _support(seen: View, lexicon: Lexicon, mentions: Sequence[Mention]) -> Iterator[IssueHit]:
    """Where is somebody's backing of an armed group spoken of, by whatever group's name ("arms the ...")?"""
    groups = [m for m in mentions if m.how == "armed_group" and not m.is_place and m.tie is None]
    if not groups or _PROXIES not in lexicon.issue_by_id:
        return
    for token in seen.sentence.span:
        if stem(token.text) not in _BACKING or token.dep_ in {"amod", "compound"}:
            continue
        given = {t.i for child in token.children if _given(child) for t in child.subtree}
        backed = next((m for m in groups if m.head in given and m.head > token.i), None)
        if backed is not None:
            start = seen.sentence.base + token.idx
            text = seen.sentence.text[start - seen.sentence.start : backed.end - seen.sentence.start]
            yield IssueHit(start, backed.end, text, _PROXIES, token.i, _backer(token, mentions))


def _given(child: Token) -> bool:
    """Is this what is backed: an object, or what stands after "for", "of" or "to"?"""
    if child.dep_ in {"obj", "nsubj:pass"}:
        return True
    cases = {c.lower_ for c in child.children if c.dep_ == "case"}
    return child.dep_ in {"nmod", "obl"} and not cases.isdisjoint({"for", "of", "to"})


def _backer(token: Token, mentions: Sequence[Mention]) -> str | None:
    named = [c for c in token.children if c.dep_ in {"nsubj", "nmod:poss"}]
    found = [m for child in named for m in party_of(child, mentions)]
    return found[0].party_id if found else None


def _hit(seen: View, at: int, end: int, topic: Topic, mentions: Sequence[Mention]) -> IssueHit:
    first, last = seen.words[at], seen.words[end - 1]
    base = seen.sentence.start
    head = seen.root(at, end)
    return IssueHit(
        start=base + first.start,
        end=base + last.end,
        text=seen.sentence.text[first.start : last.end],
        issue_id=topic.issue,
        head=head,
        owner=_owner(seen.sentence.span.doc[head], mentions),
        weak=topic.weak,
    )


def _inside_a_name(seen: View, at: int, end: int, topic: Topic, mentions: Sequence[Mention]) -> bool:
    """Do the words only name a party or somebody's office, as "trade" in "the U.S. trade representative"?

    A place that is an issue, too ("Donbas"), still counts, and so do words that head the name ("Russia's shadow
    fleet").
    """
    start = seen.sentence.start + seen.words[at].start
    stop = seen.sentence.start + seen.words[end - 1].end
    first, last = seen.tokens(at, end)
    if any(m.is_place and m.start <= start and stop <= m.end and stop - start < m.end - m.start for m in mentions):
        return True  # "Port Sudan" is no port
    around = [m for m in mentions if m.start <= start and stop <= m.end and not m.is_place]
    return any(topic.weak or not first <= m.head < last or m.how != "office+nation" for m in around)


def _acting(seen: View, at: int, end: int) -> bool:
    """Is the phrase a finite verb of a word that names an issue as a noun only ("they strike back")?"""
    if end - at > 1 or seen.words[at].key not in _ACTS:
        return False
    return seen.token(at).tag_ in {"VBD", "VBZ", "VBP", "VB"}


def _owner(token: Token, mentions: Sequence[Mention]) -> str | None:
    """Whose is the issue? Its own possessor, or that of the noun it describes ("Iran's missile arsenal")."""
    for _ in range(4):
        found = [m for m in party_of(token, mentions) if not m.is_place and m.how != "list"]
        if found:
            return found[0].party_id
        if token.dep_ not in {"amod", "compound", "conj", "nmod", "flat"} or token.head == token:
            return None
        if token.dep_ == "nmod" and not any(c.dep_ == "case" and c.lower_ in {"of", "on"} for c in token.children):
            return None
        token = token.head
    return None


def normal_form(phrase: str) -> str:
    """Under which name is an unknown object of a demand gathered with its like? Lower case, bare, in the singular.

    Articles, possessors, quantities and what follows a relative or a comma are left out.

    >>> normal_form("the immediate release of the Wagner archives, which"), normal_form("Tehran's fishing fleets")
    ('release of wagner archive', 'fishing fleet')
    """
    clause = re.split(r"[,;:()\"“”]|\b(?:that|which|who|whose|where|when|if|unless|until)\b", phrase, maxsplit=1)[0]
    bare = re.sub(r"\b[\w.]+(?:['’]s|s['’])(?=\s)", " ", clause)
    kept = [word.key for word in words(bare) if word.key not in _DETERMINERS and not word.key.isdigit()]
    while kept and kept[-1] in _LINKS:
        kept.pop()
    while kept and kept[0] in _LINKS:
        kept.pop(0)
    return " ".join(
        _singular(key) if i + 1 == len(kept) or kept[i + 1] in _LINKS else key for i, key in enumerate(kept)
    )


def _singular(key: str) -> str:
    """A noun without its plural ending, where that is plain.

    >>> [_singular(word) for word in ("fleets", "treaties", "access", "taxes", "crisis")]
    ['fleet', 'treaty', 'access', 'tax', 'crisis']
    """
    if key.endswith("ies") and len(key) > 4:
        return key[:-3] + "y"
    if key.endswith(("xes", "ches", "shes", "sses")):
        return key[:-2]
    if key.endswith("s") and not key.endswith(("ss", "us", "is")) and len(key) > 3:
        return key[:-1]
    return key
