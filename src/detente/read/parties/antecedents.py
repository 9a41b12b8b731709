"""Whom does a word mean that has no name of its own: a pronoun, a role noun, "both sides"?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from detente.read.parties.candidates import Candidate, Scene, here_candidate
from detente.read.parties.mention import Context, View
from detente.read.parties.offices import Run
from detente.read.parties.pairs import bare, pair, pair_phrase
from detente.read.parties.people import name_end
from detente.read.parties.pronouns import is_pronoun, pronoun
from detente.read.parties.senses import Piece
from detente.read.parties.words import bag

_REACH = 4  # sentences back
_LOOSE = bag(
    "team state mission police chair chairman chairwoman director chief head force forces office center centre"
)
_TOP = bag("president prime premier leader head chancellor king emir ruler")


def resolved(view: View, found: tuple[Piece, ...], roles: Mapping[int, Run], context: Context) -> tuple[Piece, ...]:
    """Which words without a name of their own mean a party, and which? The named pieces and these, in order."""
    covered = {i for piece in found for i in range(piece.at, piece.end)}
    pieces = list(found)
    at = 0
    while at < len(view.words):
        scene = Scene(view, context, tuple(sorted(pieces, key=lambda p: p.at)))
        new = [] if at in covered else list(_resolve(scene, at, roles, covered))
        covered.update(i for piece in new for i in range(piece.at, piece.end))
        pieces.extend(new)
        at = max([at + 1, *(piece.end for piece in new)])
    return tuple(sorted(pieces, key=lambda p: (p.at, p.end)))


def _resolve(scene: Scene, at: int, roles: Mapping[int, Run], covered: set[int]) -> Iterator[Piece]:
    free = {i: run for i, run in roles.items() if covered.isdisjoint(range(run.at, run.end))}
    end = pair_phrase(scene.view, at)
    if end:
        yield from pair(scene, at, end)
    elif is_pronoun(scene.view, at):
        yield from pronoun(scene, at, free)
    elif at in free:
        yield from _role(scene, free[at])


def _role(scene: Scene, run: Run) -> Iterator[Piece]:
    """Whom does a role noun without a country mean: "the president", "the ministry", "Foreign Minister X Y"?"""
    view = scene.view
    named = run.end < len(view.words) and view.words[run.end].text[0].isupper() and view.words[run.end].gap == " "
    definite = run.at > 0 and view.words[run.at - 1].key in {"the", "this", "that"} and view.joins(run.at)
    title = named and run.role.of == "person" and view.words[run.at].text[0].isupper() and _person_follows(view, run)
    part_of_a_name = named and not title
    if part_of_a_name or not (definite or title) or (run.role.plural and run.role.of != "group") or _loose(view, run):
        return
    best = _role_antecedent(scene, run) or (_role_ahead(scene, run) if title else None)
    if best is not None:
        yield _as_role(view, run, best, title)


def _loose(view: View, run: Run) -> bool:
    """May a role noun mean somebody who is no party at all ("the team", "the people", "the director")?"""
    return run.role.sector == "CVL" or (run.end - run.at == 1 and view.words[run.at].key in _LOOSE)


def _as_role(view: View, run: Run, best: Candidate, title: bool) -> Piece:
    end = name_end(view, run.end) if title else run.end
    named = " ".join(word.text for word in view.words[run.end : end])
    person = named or (best.person if run.role.of == "person" else None)
    return replace(
        bare(view, run.at, end, best.party, "role", 0.45 if title else 0.6),
        office=" ".join(word.text for word in view.words[run.at : run.end]),
        of=run.role.of,
        sector=run.role.sector,
        plural=run.role.plural,
        person=person,
        woman=best.woman if person is not None and person == best.person else None,
    )


def _person_follows(view: View, run: Run) -> bool:
    """Does somebody's name come after a title?"""
    flat = [view.token(i).dep_ == "flat" for i in range(run.end, min(run.end + 2, len(view.words)))]
    title = view.token(run.end - 1).dep_ == "nmod:desc"
    return title or any(flat) or view.token(run.end).ent_type_ == "PER"


def _role_antecedent(scene: Scene, run: Run) -> Candidate | None:
    words = {word.key for word in scene.view.words[run.at : run.end]}
    words |= {"prime", "office"} if "pmo" in words else set()
    scored = []
    for one in scene.candidates(run.at):
        fit = _side_fit(scene, one, run) or _role_fit(one, run, words)
        if fit > 0 and one.distance <= _REACH:
            fit += (1.0 if one.subject else 0.0) - 0.5 * one.distance + _prominence(scene, one)
            scored.append((fit, one.order, one))
    return max(scored, key=lambda row: row[:2])[2] if scored else None


def _side_fit(scene: Scene, one: Candidate, run: Run) -> float:
    """Is it the side whose army and government a country at civil war has?"""
    return 3.0 if run.role.of == "body" and one.party in scene.context.regulars.values() else 0.0


def _prominence(scene: Scene, one: Candidate) -> float:
    """What speaks for the parties that the document is mostly about?"""
    ranks = dict(zip(scene.context.principals, (0.8, 0.4), strict=False))
    return ranks.get(one.party, 0.0)


def _role_ahead(scene: Scene, run: Run) -> Candidate | None:
    """Whose minister is named before any country is: the first country's after it, or the document's first party's?"""
    after = [p for p in scene.pieces if p.at >= run.end and p.tie is None and p.how in {"name", "demonym", "capital"}]
    if after:
        return here_candidate(scene.view, after[0], 0)._replace(person=None, woman=None)
    return next((Candidate(party) for party in scene.context.principals), None)


def _role_fit(one: Candidate, run: Run, words: set[str]) -> float:
    """How well does somebody named before fit a role noun? 0 where not at all."""
    armed = one.how == "armed_group" or one.sector == "REB"
    if run.role.of == "group":
        return 3.0 if armed else 0.0
    office = set((one.office or "").lower().split())
    if words & office or (words & _TOP and office & _TOP):
        return 4.0 if run.role.of == "person" or one.of == "body" else 2.5
    if run.role.of == "person":
        if one.of == "body" and one.speaker and one.distance == 0:
            return 4.5  # "the ministry said the minister ..."
        return 1.5 if one.how not in {"armed_group", "demonym"} and one.person is None else 0.8
    if armed:
        return 0.0
    if run.role.of == "country":
        return 2.0 if one.how in {"name", "capital", "office+nation"} else 0.5
    return 1.5 if one.how in {"name", "capital", "metonym", "office+nation"} else 0.5
