"""Do a name's words say where, or who?"""

from spacy.tokens import Token

from detente.read.parties.index import Way
from detente.read.parties.mention import View
from detente.read.parties.words import bag, stem, stems

_WHERE = bag("in at near inside outside across throughout within around via through into onto off beyond")
_WHITHER = bag("to from toward towards for")
_TRUST = stems("trust confidence faith interest believe invest confident interested")
_MOTION = stems(
    "travel travelled go goes went gone head fly flew flown flight arrive return leave left depart visit trip journey "
    "move come came bound drive drove tour rush send sent dispatch recall withdraw withdrew flee fled invite summon "
    "bring brought deport transfer relocate shuttle route voyage due back evacuate sail ship shipment cross retreat"
)
_ENTER = stems("visit leave left reach enter tour cross arrive depart quit invade")
_MEETINGS = stems(
    "talk meeting summit round conference forum visit session gathering negotiation accord agreement deal declaration "
    "process framework track suburb embassy hotel skyline street bureau residence venue meet discussion dialogue "
    "encounter channel reactor research airport hospital university metro stadium zoo subway museum palace square"
)
_MET = stems("met held hosted signed")
_REGIONS = stems(
    "city capital street outskirt suburb north south east west port airport university region province town village "
    "part coast centre center heart border neighborhood neighbourhood governorate district area shore municipality"
)


def is_place(view: View, first: int, end: int, way: Way) -> bool:
    """Do words `first` up to `end` say where something is, rather than who acts?

    Text before the parse: the preposition in front decides, then what the name depends on.
    """
    if way == "place":
        return True
    if view.owns(end) or way in {"demonym", "person", "surname"}:
        return False
    if way == "metonym":
        return _preposition(view, first) in {"at", "outside", "inside", "near"} or _met_in(view, first)
    token = view.sentence.span.doc[view.root(first, end)]
    before = _preposition(view, first)
    if way == "capital" and _names_a_meeting(view, token, end, bool(before)):
        return True
    if before:
        return _after_preposition(before, token, way)
    return _by_relation(token)


def _met_in(view: View, first: int) -> bool:
    """Is a seat of power where talks are ("talks in Brussels", "they met in the Kremlin")?"""
    at = first - 1
    while at >= 0 and view.words[at].key == "the":
        at -= 1
    return at > 0 and view.words[at].key == "in" and stem(view.words[at - 1].text) in _MEETINGS | _MET


def _preposition(view: View, first: int) -> str:
    """Which preposition stands before the name, articles and compass words skipped?"""
    at = first - 1
    while (
        at >= 0
        and view.joins(at + 1)
        and view.words[at].key in {"the", "both", "neighbouring", "neighboring", "nearby"}
    ):
        at -= 1
    if at < 0 or not view.joins(at + 1) or "-" in view.words[at + 1].gap:
        return ""
    key = view.words[at].key
    return (
        key if key in _WHERE | _WHITHER | {"of", "with", "by", "against", "between", "about", "on", "and", "or"} else ""
    )


def _after_preposition(before: str, token: Token, way: Way) -> bool:
    above = token.head
    if before in _WHERE:
        return stem(above.text) not in _TRUST and token.dep_ not in {"nsubj", "amod", "compound"}
    if before in _WHITHER:
        return stem(above.text) in _MOTION
    if before == "of":
        return stem(above.text) in _REGIONS
    if before in {"and", "or"} and token.dep_ == "conj":
        return _governed_by_where(above) and way in {"capital", "name"}
    return False


def _governed_by_where(token: Token) -> bool:
    return any(child.dep_ == "case" and child.lower_ in _WHERE for child in token.children)


def _by_relation(token: Token) -> bool:
    if token.dep_ == "obj" and stem(token.head.text) in _ENTER:
        return True
    return token.dep_ == "conj" and _governed_by_where(token.head)


def _names_a_meeting(view: View, token: Token, end: int, after_preposition: bool) -> bool:
    """Does a city describe a meeting held there ("the Washington talks")?"""
    if end >= len(view.words) or view.words[end].gap != " ":
        return False
    noun = after_preposition or view.token(end).tag_.startswith("NN")
    follows = noun and stem(view.words[end].text) in _MEETINGS
    return follows or (
        token.dep_ in {"compound", "nmod"} and token.head.i > token.i and stem(token.head.text) in _MEETINGS
    )
