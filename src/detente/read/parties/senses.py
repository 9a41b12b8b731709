"""Which of the things a name may stand for is meant here?"""

from dataclasses import dataclass, replace

from detente.read.parties.entries import Person
from detente.read.parties.index import Found, Sense, Way, find_names
from detente.read.parties.lexicon import Lexicon
from detente.read.parties.mention import SUBJECTS, Context, How, View
from detente.read.parties.places import is_place
from detente.read.parties.words import bag

# Names of states and cities that are first names of people, too.
_FIRST_NAMES = bag(
    "jordan chad georgia israel kenya india china cuba paris sofia sydney victoria santiago lima roman austin "
    "tony london florence brooklyn dakota cyprus asia"
)
_HONORIFICS = bag(
    "mr mrs ms dr sir lord sheikh ayatollah gen general lt col maj adm admiral sen rep hon king prince queen "
    "sultan pope mullah imam hojatoleslam brig amb ambassador capt justice judge prof professor president"
)
# Surnames that are words at the head of a sentence: only with a title.
_WORDS = bag("he may ban")
_TOP = bag("president premier chancellor king leader chief minister secretary secretary-general pope")
_COMPASS = bag("western")
# Blocs whose adjective alone ("European security") hardly names an actor.
_LOOSE = bag("western-governments european-union")
_TIES_BEFORE = bag("pro anti non ex ethnic")
_TIES_AFTER = bag(
    "backed brokered mediated led hosted aligned allied sponsored controlled occupied held made supported "
    "supplied linked funded run based installed flagged owned affiliated drafted imposed proposed administered "
    "trained armed style bound born appointed designed guaranteed mandated sanctioned leaning friendly built "
    "operated chaired facilitated recognised recognized dominated financed patrolled majority speaking"
)
_RANK: dict[Way, int] = {
    "person": 6,
    "metonym": 5,
    "armed_group": 4,
    "name": 4,
    "demonym": 3,
    "surname": 3,
    "capital": 2,
    "place": 1,
    "nothing": 0,
}
_HOW: dict[Way, How] = {"surname": "person", "nothing": "name"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words read as a party, a person or a place; `at` to `end` are word numbers."""

    at: int
    end: int
    party: str
    how: How
    head: int
    tokens: tuple[int, int]
    sector: str | None = None
    person: str | None = None
    woman: bool | None = None
    office: str | None = None
    is_place: bool = False
    tie: str | None = None
    of: str | None = None
    plural: bool = False
    confidence: float = 1.0


def pieces(view: View, lexicon: Lexicon, context: Context) -> tuple[Piece, ...]:
    """Which known names stand in a sentence, each with the one meaning it has there?"""
    found = find_names(view.words, lexicon.names)
    plain = [one for one in found if len({s.party for s in one.senses}) == 1]
    here = context.seen | {s.party for one in plain for s in one.senses if not s.shy}
    known = replace(context, seen=here)
    read = (_piece(view, one, lexicon, known) for one in found)
    return tuple(piece for piece in read if piece is not None)


def _piece(view: View, found: Found, lexicon: Lexicon, context: Context) -> Piece | None:
    if any(sense.way == "nothing" for sense in found.senses) or _somebody_else(view, found, lexicon):
        return None
    senses = [s for s in found.senses if _allowed(view, found, s, lexicon, context)]
    if not senses:
        return None
    where = next((s for s in senses if s.way in {"capital", "place"} and _where(view, found, s)), None)
    sense = where or max(senses, key=lambda s: _score(s, lexicon, context))
    if _rivals(sense, senses, context):
        return None
    place = where is not None or _where(view, found, sense) or _known_site(view, found, sense, context)
    return _as_piece(view, found, sense, place)


def _known_site(view: View, found: Found, sense: Sense, context: Context) -> bool:
    """Is a capital, read as a place elsewhere in the document, a place here: its country does nothing in the text?"""
    if sense.way != "capital" or sense.party in context.seen or view.owns(found.end):
        return False
    key = " ".join(word.key for word in view.words[found.at : found.end])
    return key in context.sites and view.sentence.span.doc[view.root(found.at, found.end)].dep_ not in SUBJECTS


def _where(view: View, found: Found, sense: Sense) -> bool:
    return _tie(view, found) is None and is_place(view, found.at, found.end, sense.way)


def _as_piece(view: View, found: Found, sense: Sense, place: bool) -> Piece:
    person = sense.person
    return Piece(
        at=found.at,
        end=found.end,
        party=sense.party,
        how=_HOW.get(sense.way, sense.way),  # type: ignore[arg-type]
        head=view.root(found.at, found.end),
        tokens=view.tokens(found.at, found.end),
        person=person.name if person else None,
        woman=person.woman if person else None,
        office=person.office if person else None,
        is_place=place,
        tie=_tie(view, found),
        plural=sense.way == "demonym" and view.words[found.end - 1].text.endswith("s"),
        confidence=_confidence(sense),
    )


def _confidence(sense: Sense) -> float:
    if sense.way == "demonym" and sense.party in _LOOSE:
        return 0.5
    return {"surname": 0.9, "capital": 0.9, "demonym": 0.95, "place": 0.9}.get(sense.way, 1.0)


def _allowed(view: View, found: Found, sense: Sense, lexicon: Lexicon, context: Context) -> bool:
    """May the name stand for this here: the right era, and for a shy name a second sign of the party?"""
    party = lexicon.by_id[sense.party]
    if not _of_its_time(party.since, party.until, sense, context):
        return False
    if sense.way == "surname" and sense.person is not None:
        return _person_allowed(view, found, sense.person, sense, context)
    if not sense.shy:
        return True
    return sense.party in context.seen or (party.home is not None and party.home in context.seen)


def _of_its_time(since: str | None, until: str | None, sense: Sense, context: Context) -> bool:
    """Is a party that no longer exists meant by a name it shares ("Moscow")? Only in a document about its time."""
    if until is None or sense.way not in {"metonym", "capital"}:
        return True
    if context.when is not None and context.when.isoformat() <= until:
        return True
    return sense.party in context.seen


def _person_allowed(view: View, found: Found, person: Person, sense: Sense, context: Context) -> bool:
    title = view.words[found.at - 1].key if found.at and view.words[found.at].gap == " " else ""
    if found.end - found.at == 1 and view.words[found.at].key in _WORDS:
        return title in (person.office or "").lower().split()
    if person.name in context.full_names:
        return True
    if not sense.shy:
        return sense.party in context.seen or person.holds(context.when) or not context.seen
    if sense.party in context.seen and (context.when is None or person.holds(context.when)) and _topmost(person):
        return True
    if title in (person.office or "").lower().split():
        return True
    return title in _HONORIFICS and sense.party in context.seen and person.holds(context.when)


def _topmost(person: Person) -> bool:
    """Is the office one whose holder goes by the surname alone?"""
    return not _TOP.isdisjoint((person.office or "").lower().split())


def _score(sense: Sense, lexicon: Lexicon, context: Context) -> tuple[bool, bool, bool, bool, int]:
    """In which order are meanings preferred? The user's own, the full name in the text, the right time, the kind."""
    person = sense.person
    party = lexicon.by_id[sense.party]
    old = party.until is not None and _of_its_time(None, party.until, sense._replace(way="metonym"), context)
    return (
        sense.own,
        person is not None and person.name in context.full_names,
        (person is not None and person.holds(context.when)) or old,
        sense.party in context.seen,
        _RANK[sense.way],
    )


def _rivals(best: Sense, senses: list[Sense], context: Context) -> bool:
    """Is a bare surname shared by persons of several parties, with nothing in the text to tell them apart?"""
    if best.way != "surname" or best.person is None or best.person.name in context.full_names:
        return False
    others = {s.party for s in senses if s.way == "surname" and s.person and s.person.holds(context.when)}
    return len(others - {best.party}) > 0 and best.person.holds(context.when) and others <= context.seen


def _somebody_else(view: View, found: Found, lexicon: Lexicon) -> bool:
    """Is the name only one part of another person's name, as in "Melania Trump" or "Michael Jordan"?"""
    ways = {sense.way for sense in found.senses}
    single = found.end - found.at == 1
    if "surname" in ways and (_first_name_before(view, found.at, lexicon) or _goes_on(view, found)):
        return True
    if view.sentence.text[view.words[found.end - 1].end :][:1] == "$":
        return True
    if "demonym" in ways and view.words[found.at].key in _COMPASS and _name_after(view, found):
        return True
    if not single or view.words[found.at].key not in _FIRST_NAMES or ways <= {"person"}:
        return False
    return _first_name_before(view, found.at, lexicon) or _surname_after(view, found)


def _first_name_before(view: View, at: int, lexicon: Lexicon) -> bool:
    """Does a first name that is not this person's stand before a surname?"""
    if at == 0 or view.words[at].gap != " ":
        return False
    before, token, here = view.words[at - 1], view.token(at - 1), view.token(at)
    if not before.text[0].isupper() or len(before.text) < 2 or before.text.isupper() or token.tag_ != "NNP":
        return False
    if before.key in _HONORIFICS or before.key in lexicon.role_words or _is_name(before.key, lexicon):
        return False
    return "flat" in {here.dep_, token.dep_} or token.head == here


def _goes_on(view: View, found: Found) -> bool:
    """Is what looks like a surname a piece of a longer name ("Lee Cheuk-yan", "El-Hassan")?"""
    if found.at and view.words[found.at].gap == "-":
        return True
    if found.end >= len(view.words) or view.words[found.end].gap not in {" ", "-"}:
        return False
    token, word = view.token(found.end), view.words[found.end]
    hyphen = word.gap == "-" and word.text[0].isupper() and word.key not in _TIES_AFTER
    return hyphen or (token.dep_ == "flat" and token.tag_ == "NNP" and word.text[0].isupper())


def _is_name(key: str, lexicon: Lexicon) -> bool:
    return any(len(known.pattern.keys) == 1 for known in lexicon.names.get(key, ()))


def _name_after(view: View, found: Found) -> bool:
    """Does a capitalised name follow at once, as in "Western Cambodia"?"""
    if found.end >= len(view.words) or view.words[found.end].gap != " ":
        return False
    return view.words[found.end].text[0].isupper() and not view.words[found.end].text.isupper()


def _surname_after(view: View, found: Found) -> bool:
    if found.end >= len(view.words) or view.words[found.end].gap != " ":
        return False
    token = view.token(found.end)
    return token.dep_ == "flat" and view.words[found.end].text[0].isupper() and not view.words[found.end].text.isupper()


def _tie(view: View, found: Found) -> str | None:
    """Which participle or prefix is the name joined to, as in "Iran-backed" or "pro-Russian"?"""
    after = view.words[found.end] if found.end < len(view.words) else None
    if after is not None and after.gap == "-" and after.key in _TIES_AFTER:
        return after.key
    at = view.words[found.at]
    before = view.words[found.at - 1].key if found.at else ""
    if (at.gap == "-" and before in _TIES_BEFORE) or (at.gap == " " and before == "ethnic"):
        return before
    return None
