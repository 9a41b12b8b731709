"""Whom do "he", "its" and "their" mean?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from detente.read.parties.candidates import SAYING, Candidate, Scene, clauses, subject_of, top
from detente.read.parties.mention import SUBJECTS, View
from detente.read.parties.offices import Run
from detente.read.parties.pairs import bare, pair_before
from detente.read.parties.senses import Piece
from detente.read.parties.words import bag

_HE = bag("he him his himself")
_SHE = bag("she her hers herself")
_IT = bag("it its itself")
_THEY = bag("they them their theirs themselves")
_WE = bag("we us our ours i me my")
_POSSESSIVE = bag("his her its their our my")
PRONOUNS = _HE | _SHE | _IT | _THEY | _WE
_REACH = 3  # sentences back
_NEARNESS = (3.0, 2.4, 1.0, 0.3)
_BINDING = (2.5, 0.8, 0.3)


def is_pronoun(view: View, at: int) -> bool:
    """Is this word a pronoun that may mean a party?"""
    word = view.words[at]
    if word.key not in PRONOUNS or word.gap in {"'", "’", "-"}:
        return False
    return not (word.key == "us" and word.text.isupper())


def pronoun(scene: Scene, at: int, roles: Mapping[int, Run]) -> Iterator[Piece]:
    """The party or parties a pronoun means, with the role noun it owns ("his office")."""
    view = scene.view
    token, key = view.token(at), view.words[at].key
    if token.dep_ == "expl":
        return
    best = _speaker(scene, at) if key in _WE else _best(scene, at, token, key)
    if best is None:
        best = _last_pair(scene, key)
    if best is None:
        return
    run = _possessed(view, at, roles) if key in _POSSESSIVE and token.dep_ == "nmod:poss" else None
    for party in _everyone(scene, at, key, best):
        piece = replace(bare(view, at, at + 1, party, "pronoun", 0.5 if key == "it" else 0.6), plural=best.plural)
        if key in _HE | _SHE | _WE and run is None:
            piece = replace(piece, person=best.person, woman=best.woman)
        yield piece if run is None else _owning(view, piece, run)


def _last_pair(scene: Scene, key: str) -> Candidate | None:
    """Does a plural pronoun mean the two whom the sentence before named together?"""
    recent = scene.context.pair and scene.context.pair_at == scene.context.number - 1
    return Candidate(scene.context.pair[0], how="list", plural=True) if key in _THEY and recent else None


def _owning(view: View, piece: Piece, run: Run) -> Piece:
    """The pronoun with the role noun it owns."""
    return replace(
        piece,
        end=run.end,
        head=view.root(run.at, run.end),
        tokens=view.tokens(piece.at, run.end),
        office=" ".join(word.text for word in view.words[run.at : run.end]),
        of=run.role.of,
        sector=run.role.sector,
        plural=run.role.plural,
    )


def _everyone(scene: Scene, at: int, key: str, best: Candidate) -> tuple[str, ...]:
    """All that a plural pronoun means, where its antecedent is a pair or a coordination."""
    if key not in _THEY:
        return (best.party,)
    if best.how == "list":
        return pair_before(scene, at)
    if best.head is None:
        return (best.party,)
    whole = top(best.head)
    parties = [c.party for c in scene.candidates(at) if c.head is not None and top(c.head) == whole]
    return tuple(dict.fromkeys(parties))


def _possessed(view: View, at: int, roles: Mapping[int, Run]) -> Run | None:
    """Which role noun does a possessive pronoun own ("his office", "its chief negotiator", "his country")?"""
    for step in range(at + 1, min(at + 4, len(view.words))):
        if not view.joins(step):
            return None
        run = roles.get(step)
        if run is not None:
            return run if run.role.of in {"person", "body", "country"} else None
        if not view.token(step).tag_.startswith(("JJ", "NN", "VBN")):
            return None
    return None


def _speaker(scene: Scene, at: int) -> Candidate | None:
    """Who says "we" inside quotation marks: the speaker of the sentence, else the last one before it."""
    view = scene.view
    if not _quoted(view, at):
        return None
    for word, i in enumerate(view.at):
        token = view.sentence.span.doc[i]
        if token.dep_ not in SUBJECTS or token.head.lower_ not in SAYING or _quoted(view, word):
            continue
        named = [c for c in scene.candidates(len(view.words)) if c.head == token]
        if named:
            return named[0]
        if view.words[word].key in _HE | _SHE:
            return _best(scene, word, token, view.words[word].key)
    spoke = [c for c in scene.candidates(at) if c.speaker]
    return spoke[-1] if spoke else None


def _quoted(view: View, at: int) -> bool:
    """Does a word stand inside quotation marks?"""
    before = view.sentence.text[: view.words[at].start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _best(scene: Scene, at: int, token: Token, key: str) -> Candidate | None:
    if key in _THEY and _other_plural(scene, token):
        return None
    scored = [
        (_score(c, scene, token, key), c.order, c)
        for c in scene.candidates(at)
        if _compatible(c, key) and c.distance <= _REACH
    ]
    good = [row for row in scored if row[0] > 0]
    return max(good, key=lambda row: row[:2])[2] if good else None


def _other_plural(scene: Scene, token: Token) -> bool:
    """Does the pronoun's own clause have a plural subject that is no party ("terrorists must lay down their arms")?"""
    if token.dep_ != "nmod:poss":
        return False
    subject = next((s for s in (subject_of(c, token) for c in clauses(token)) if s is not None), None)
    if subject is None or subject.tag_ != "NNS" or token in subject.subtree:
        return False
    inside = {t.i for t in subject.subtree}
    return not any(piece.head in inside for piece in scene.pieces)


def _compatible(one: Candidate, key: str) -> bool:
    human = one.person is not None or (one.of == "person" and not one.plural)
    if key in _HE:
        return human and not one.woman
    if key in _SHE:
        return human and one.woman is not False
    if key in _IT:
        return not one.plural and (not human or one.how == "office+nation")
    if key in _THEY:
        return one.plural or one.how in {"armed_group", "list"} or _coordinated(one)
    return True


def _coordinated(one: Candidate) -> bool:
    """Is somebody named together with others in this sentence?"""
    if one.head is None:
        return False
    whole = top(one.head)
    return (whole != one.head and one.head.dep_ == "conj") or any(child.dep_ == "conj" for child in whole.children)


def _score(one: Candidate, scene: Scene, token: Token, key: str) -> float:
    score = _NEARNESS[one.distance] + (1.0 if one.subject else 0.0) + (0.5 if one.speaker else 0.0)
    score -= 1.0 if one.how == "demonym" and key not in _THEY else 0.0
    if key in _IT and one.person is not None:
        score -= 0.8
    if key in _THEY:
        score += 1.0 if one.plural else -1.5 if one.person is not None else 0.0
    if one.head is not None:
        score += 4.0 if _shares_possessor(one, scene, token) else 0.0
        score += 0.1 * one.order / (1 + len(scene.pieces)) + _bound(one.head, token)
    return score


def _shares_possessor(one: Candidate, scene: Scene, pronoun: Token) -> bool:
    """Does this own what stands before the "and" in front of the pronoun ("Tehran's missiles and its proxies")?"""
    before = scene.view.sentence.span.doc[max(pronoun.i - 1, 0)]
    if before.lower_ not in {"and", "or"}:
        return False
    owners = [p for p in scene.pieces if scene.view.owns(p.end) and pronoun.i - 9 <= p.head < pronoun.i]
    return bool(owners) and one.head is not None and owners[-1].head == one.head.i


def _bound(candidate: Token, pronoun: Token) -> float:
    """How does the sentence's build speak for this antecedent: shared possessor, subject of the clause, co-argument?"""
    above = pronoun.head
    if pronoun.dep_ == "nmod:poss" and above.dep_ == "conj" and candidate.head == above.head:
        return 4.0
    if pronoun.dep_ in {"obj", "iobj"} and candidate.head == above and candidate.dep_ in SUBJECTS:
        return -4.0
    subjects = [subject_of(clause, pronoun) for clause in clauses(pronoun)]
    named = [s for s in subjects if s is not None and pronoun not in s.subtree]
    for weight, subject in zip(_BINDING, named, strict=False):
        if candidate == subject or (candidate in subject.subtree and not _deep(candidate, subject)):
            return weight
    return 0.0


def _deep(candidate: Token, subject: Token) -> bool:
    """Is the candidate hidden in a clause inside the subject?"""
    while candidate != subject:
        if candidate.dep_.startswith(("acl", "advcl", "ccomp")):
            return True
        candidate = candidate.head
    return False
