"""Who speaks or acts for a party: "Iran's foreign minister", "U.S. officials", "Netanyahu's office"?"""

from dataclasses import dataclass, replace

from detente.read.parties.index import Role, find_role
from detente.read.parties.lexicon import Lexicon
from detente.read.parties.mention import View
from detente.read.parties.people import name_end, personal
from detente.read.parties.senses import Piece
from detente.read.parties.words import bag

_FILLERS = ("JJ", "NN", "VBN", "VBG", "HYPH", "CD", "AFX", "RB")
_MOST_FILLERS = 3
# What a party has in another's land: "the embassy in London" is not Britain's.
_ABROAD = bag("embassy consulate mission ambassador ambassadors diplomat diplomats envoy envoys delegation team teams")


@dataclass(frozen=True, slots=True)
class Run:
    """Role nouns standing together ("foreign ministry spokesman"), from word `at` to word `end`."""

    at: int
    end: int
    role: Role


def runs(view: View, lexicon: Lexicon, named: tuple[Piece, ...] = ()) -> dict[int, Run]:
    """Where do role nouns stand, outside names? Keyed by the first word; of neighbours in one run the last decides."""
    found: dict[int, Run] = {}
    covered = {i for piece in named for i in range(piece.at, piece.end)}
    at = 0
    while at < len(view.words):
        run = None if at in covered else _run(view, lexicon, at)
        if run is None:
            at += 1
        else:
            found[run.at] = run
            at = run.end
    return found


def _run(view: View, lexicon: Lexicon, at: int) -> Run | None:
    role = find_role(view.words, at, lexicon.roles)
    if role is None or not _noun(view, at + len(role.pattern.keys)):
        return None
    if role.sector == "CVL" and view.words[at].text[0].isupper() and at:
        return None  # "Australian National University" is no national of Australia
    if role.pattern.keys[-1] == "regime" and at and view.token(at - 1).tag_.startswith(("NN", "VBG")):
        return None  # a regime of sanctions or licences, no government
    end = at + len(role.pattern.keys)
    while end < len(view.words):
        after = view.possessive(end)
        more = find_role(view.words, after, lexicon.roles) if after < len(view.words) and view.joins(after) else None
        if (
            more is None
            or view.words[after].gap == "-"
            or more.of == "country"
            or not _goes_on(role, more, after == end)
        ):
            break
        role, end = more, after + len(more.pattern.keys)
    return None if role.of == "body" and _describes(view, end) else Run(at, end, role)


def _noun(view: View, end: int) -> bool:
    """Is the role noun that ends here a noun to the tagger, or at least stands before a capitalised name?"""
    tag = view.token(end - 1).tag_
    before_name = end < len(view.words) and view.words[end].gap == " " and view.words[end].text[0].isupper()
    return tag.startswith("NN") or (tag == "JJ" and before_name)


def _goes_on(role: Role, more: Role, adjacent: bool) -> bool:
    """May one role noun follow another in one name: "ministry spokesman", but not "government heads"?"""
    return not adjacent or not (more.plural and role.of == "person" and more.of == "person")


def _describes(view: View, end: int) -> bool:
    """Does the role noun only describe the noun after it ("military deployments", "the government plan")?"""
    token = view.token(end - 1)
    if token.dep_ not in {"compound", "amod"} or end >= len(view.words) or view.words[end].gap != " ":
        return False
    return view.token(end).tag_ in {"NN", "NNS"} and token.head.i > token.i


def with_offices(view: View, found: tuple[Piece, ...], lexicon: Lexicon) -> tuple[Piece, ...]:
    """Which pieces grow by the office, body or person that goes with them?

    "Iran's foreign minister, ..." becomes one piece; so does "U.S. President Donald Trump". In "Egyptian and Sudanese
    officials" both pieces get the head "officials".
    """
    roles = runs(view, lexicon, found)
    by_start = {piece.at: piece for piece in found}
    done: list[Piece] = []
    for piece in found:
        if done and piece.at < done[-1].end:
            continue
        grown = _grown(view, piece, roles, by_start)
        if done and done[-1].at < grown.at < done[-1].end:
            grown = piece
        while done and grown.at <= done[-1].at:
            done.pop()
        done.append(grown)
    return tuple(done)


def _grown(view: View, piece: Piece, roles: dict[int, Run], by_start: dict[int, Piece]) -> Piece:
    if piece.tie is not None:
        return piece
    seated = _seated(view, piece, roles)
    if seated is not None:
        return replace(_office(view, piece, seated.at, piece.end, seated), confidence=0.8)
    run = None if piece.is_place else _office_after(view, piece, roles, by_start)
    if run is not None and _other_between(view, piece, run, by_start):
        return replace(_office(view, piece, piece.at, piece.end, run), head=view.root(run.at, run.end))
    if run is not None:
        at = _titled(view, piece, roles).at
        return _with_name(view, _office(view, piece, at, run.end, run), by_start)
    before = _office_before(view, piece, roles)
    if before is not None:
        at, end = (before.at, piece.end) if _single(view, piece, by_start) else (piece.at, piece.end)
        return replace(_office(view, piece, at, end, before), head=view.root(before.at, before.end), is_place=False)
    return _titled(view, piece, roles)


def _seated(view: View, piece: Piece, roles: dict[int, Run]) -> Run | None:
    """Which officials, government or forces are "in" this place, as in "authorities in Tehran"?"""
    at = piece.at - 1
    while at > 0 and view.words[at].key == "the":
        at -= 1
    if not piece.is_place or piece.how not in {"capital", "name"} or view.words[at].key != "in":
        return None
    run = next((r for r in roles.values() if r.end == at), None)
    if run is None or run.role.sector not in {"GOV", "LEG"} or (run.role.of != "body" and not run.role.plural):
        return None
    if not _ABROAD.isdisjoint(word.key for word in view.words[run.at : run.end]):
        return None
    token = view.sentence.span.doc[piece.head]
    return run if token.head.i in range(view.at[run.at], view.at[run.end - 1] + 1) else None


def _other_between(view: View, piece: Piece, run: Run, by_start: dict[int, Piece]) -> bool:
    """Does another party stand between a name and the office that both share?"""
    between = range(piece.end, run.at)
    joined = any(view.words[i].key in {"and", "or"} or view.words[i].gap in {"-", "–", "/"} for i in between)
    return joined and any(i in by_start for i in between)


def _office(view: View, piece: Piece, at: int, end: int, run: Run) -> Piece:
    """The piece as the office it goes with."""
    words = view.words[run.at : run.end]
    civil = run.role.sector == "CVL"
    return replace(
        piece,
        at=at,
        end=end,
        how="office+nation",
        head=view.root(run.at, run.end),
        tokens=view.tokens(at, end),
        sector="REB" if piece.how == "armed_group" and run.role.sector == "GOV" else run.role.sector,
        office=" ".join(word.text for word in words),
        of=run.role.of,
        plural=run.role.plural,
        confidence=0.4 if civil else 0.95,
        is_place=False,
    )


def _office_after(view: View, piece: Piece, roles: dict[int, Run], by_start: dict[int, Piece]) -> Run | None:
    """Which role nouns follow the name: at once, after a possessive, or after a few adjectives?"""
    at = view.possessive(piece.end)
    owned = view.owns(piece.end)
    if at >= len(view.words) or not (view.joins(at) or owned):
        return None
    if piece.how == "person" and not owned and at not in roles:
        return None
    for step in range(at, min(at + _MOST_FILLERS + 1, len(view.words))):
        if step > at and not view.joins(step):
            return None
        run = roles.get(step)
        if run is not None:
            return run if _fits(view, piece, run, owned) else None
        shared = _shared(view, step, at, by_start, roles)
        if shared is not None:
            return shared
        if not _filler(view, step, by_start, owned):
            return None
    return None


def _shared(view: View, step: int, at: int, by_start: dict[int, Piece], roles: dict[int, Run]) -> Run | None:
    """Is this name joined to another one that has the office ("Egyptian and Sudanese officials")?"""
    if step != at:
        return None
    nxt = step + 1 if view.words[step].key in {"and", "or"} else step
    joined = nxt != step or view.words[step].gap in {"-", "–", "/"}
    other = by_start.get(nxt)
    if not joined or other is None or other.tie is not None or other.how == "person":
        return None
    run = _office_after(view, other, roles, by_start)
    return run if run is not None and run.role.plural else None


def _filler(view: View, step: int, by_start: dict[int, Piece], owned: bool) -> bool:
    """May this word stand between a name and its office?"""
    piece = by_start.get(step)
    if piece is not None:
        return piece.how in {"name", "demonym"} and view.words[step].gap == " " and owned
    token = view.token(step)
    return token.tag_.startswith(_FILLERS) and token.dep_ not in {"nsubj", "root", "obl"}


def _fits(view: View, piece: Piece, run: Run, owned: bool) -> bool:
    """Does an office of this kind belong to a party of this kind, put this way?"""
    if run.role.of == "country":
        return False
    if run.role.of in {"group", "bloc"}:
        return piece.how == "armed_group" and not owned
    return True


def _office_before(view: View, piece: Piece, roles: dict[int, Run]) -> Run | None:
    """Which office "of" this party stands before it ("the foreign ministers of Egypt, Ethiopia and Sudan")?"""
    if piece.how in {"person"}:
        return None
    at = piece.at - 1
    while at > 0 and (view.words[at].key in {"the", "and"} or _listed(view, at)):
        at -= 1
    if at < 1 or view.words[at].key != "of":
        return None
    run = next((r for r in roles.values() if r.end == at), None)
    if run is None or run.role.of not in {"person", "body"}:
        return None
    return run


def _listed(view: View, at: int) -> bool:
    """Is this word an earlier name of a list ("of Egypt, Ethiopia and Sudan")?"""
    token = view.token(at)
    after = view.words[at + 1].gap.strip() if at + 1 < len(view.words) else ""
    return token.tag_ in {"NNP", "NNPS"} and after in {",", ""}


def _single(view: View, piece: Piece, by_start: dict[int, Piece]) -> bool:
    """Is the party the only one its office is "of"?"""
    at = piece.at - 1
    while at > 0 and view.words[at].key == "the":
        at -= 1
    after = view.words[piece.end] if piece.end < len(view.words) else None
    goes_on = after is not None and (after.gap.strip() == "," or after.key == "and")
    follows = goes_on and (piece.end in by_start or piece.end + 1 in by_start)
    return view.words[at].key == "of" and not follows


def _titled(view: View, piece: Piece, roles: dict[int, Run]) -> Piece:
    """The person with the title in front of the name ("Foreign Minister Abbas Araqchi")."""
    if piece.how != "person":
        return piece
    run = next((r for r in roles.values() if r.end == piece.at and view.words[piece.at].gap == " "), None)
    if run is None or run.role.of != "person":
        return piece
    return replace(piece, at=run.at, tokens=view.tokens(run.at, piece.end), sector=run.role.sector, of="person")


def _with_name(view: View, piece: Piece, by_start: dict[int, Piece]) -> Piece:
    """The office with the name of the person that follows it at once."""
    if piece.of != "person" or piece.plural or piece.end >= len(view.words) or view.words[piece.end].gap.strip():
        return piece
    person = by_start.get(piece.end)
    if person is not None:
        if person.how != "person" or person.party != piece.party:
            return piece
        return replace(
            piece,
            end=person.end,
            tokens=view.tokens(piece.at, person.end),
            head=view.root(piece.at, person.end),
            person=person.person,
            woman=person.woman,
        )
    end = name_end(view, piece.end)
    if end == piece.end or not personal(view, piece.end, end):
        return piece
    name = " ".join(word.text for word in view.words[piece.end : end])
    tokens = view.tokens(piece.at, end)
    return replace(piece, end=end, tokens=tokens, head=view.root(piece.at, end), person=name)
