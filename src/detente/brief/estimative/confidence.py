"""How firmly does a judgement stand: low, moderate or high, and for which reasons?

The level is a suggestion. It follows from a checklist, line by line, and an analyst signs it or puts another one:

==============  =======================  ==================================  ========================================
line            high                     moderate                            low
==============  =======================  ==================================  ========================================
corroboration   two publishers or more   two or more for some of the inputs  none of the inputs has a second publisher
                for each input
grades          all A or B and 1 or 2    at least half C or better and 3 or  fewer, or none is graded
                                         better
assumptions     a fifth at most          half at most                        more
models          they agree                                                   they do not
stability       one answer, proved, for  one answer, sampled; or some of     the answer depends on the values
                all values               several depend
review          every item               some items                          no item
==============  =======================  ==================================  ========================================

Low where two lines or more are low; high where none is low and no more than one is moderate; moderate otherwise. The
three levels are those of ICD 203; where the lines are drawn between them is a convention of this program.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.brief.document import Fact
from detente.brief.words import counted
from detente.errors import UsageError
from detente.levers.verdict import Verdict
from detente.read.reviewed import Tally
from detente.situation.nouns import Evidence, Situation
from detente.situation.paths import Input, inputs

Level: TypeAlias = Literal["low", "moderate", "high"]
LEVELS: tuple[Level, ...] = ("low", "moderate", "high")
FEW = 0.2
HALF = 0.5
NOT_SIGNED = "not signed; `--confidence LEVEL --by NAME` signs it"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the checklist: what is asked, which level that speaks for, and why."""

    id: Literal["corroboration", "grades", "assumptions", "models", "stability", "review"]
    asked: str
    level: Level
    reason: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The lines that could be asked, and those that could not, with the reason."""

    lines: tuple[Line, ...]
    not_asked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Suggested:
    """The level that a checklist speaks for, and why; nobody has signed it."""

    level: Level
    why: str
    checklist: Checklist


def checklist(
    situation: Situation,
    verdicts: Sequence[Verdict] = (),
    *,
    deciding: Iterable[str] | None = None,
    models_agree: bool | None = None,
    review: Tally | None = None,
) -> Checklist:
    """Ask every line of the checklist of what a judgement rests on.

    `deciding` are paths of the inputs that decide; where none are given, those that decide the verdicts, and all open
    inputs of a verdict which no single input decides. `models_agree` is None where there is one model.

    >>> found = checklist(Situation(title="Dam"))
    >>> [line.id for line in found.lines], [name for name, _ in found.not_asked]
    (['corroboration', 'grades', 'assumptions'], ['models', 'stability', 'review'])
    """
    paths = set(_deciding(verdicts) if deciding is None else deciding)
    found = tuple(i for i in inputs(situation) if i.path in paths)
    lines = [_corroboration(situation, found), _grades(_cited(situation, found)), _assumptions(found)]
    left_out = []
    if models_agree is None:
        left_out.append(("models", "one model speaks"))
    else:
        said = "the models agree" if models_agree else "the models do not agree"
        lines.append(Line("models", "Do the models agree?", "high" if models_agree else "low", said))
    if verdicts:
        lines.append(_stability(verdicts))
    else:
        left_out.append(("stability", "no answer was tried over the ranges"))
    if review is None or not review.items:
        left_out.append(("review", "nothing was read that could be reviewed"))
    else:
        lines.append(_review(review))
    return Checklist(tuple(lines), tuple(left_out))


def confidence(checklist: Checklist) -> Suggested:
    """Suggest a level: low with two low lines, high with none and one moderate line at most, else moderate.

    >>> confidence(Checklist((Line("models", "Do the models agree?", "low", "they do not"),))).level
    'moderate'
    """
    levels = [line.level for line in checklist.lines]
    low, middling = levels.count("low"), levels.count("moderate")
    level: Level = "low" if low > 1 else "high" if levels and not low and middling < 2 else "moderate"
    asked = [f"{line.id} {line.level} ({line.reason})" for line in checklist.lines]
    left_out = [f"{name} not asked ({why})" for name, why in checklist.not_asked]
    return Suggested(level, "; ".join([*asked, *left_out]) or "nothing was asked", checklist)


def require_signed(level: Level | None, by: str | None) -> None:
    """Raise UsageError where a level has no name, or a name no level.

    >>> require_signed("low", "R. Halloran")
    """
    if (level is None) != (not (by or "").strip()):
        raise UsageError("A confidence level is signed by somebody. Give --confidence LEVEL and --by NAME together.")


def signature(suggested: Suggested, level: Level | None = None, by: str | None = None) -> tuple[Fact, ...]:
    """Return the lines of the reproducibility box on confidence: what is suggested, and what was signed by whom.

    Raises UsageError where a level has no name, or a name no level.

    >>> found = confidence(Checklist(()))
    >>> [fact.value for fact in signature(found, "low", "R. Halloran")]
    ['moderate: nothing was asked', 'low, signed by R. Halloran, who departs from what is suggested']
    """
    require_signed(level, by)
    name = " ".join((by or "").split())
    signed = NOT_SIGNED
    if level is not None:
        departs = "" if level == suggested.level else ", who departs from what is suggested"
        signed = f"{level}, signed by {name}{departs}"
    return (Fact("suggested confidence", f"{suggested.level}: {suggested.why}"), Fact("confidence", signed))


def _deciding(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    paths = (path for v in verdicts for path in ([d.path for d in v.deciding] or v.open_inputs))
    return tuple(dict.fromkeys(paths))


def _cited(situation: Situation, found: Iterable[Input]) -> tuple[Evidence, ...]:
    ids = {e for i in found for e in i.value.basis.evidence}
    return tuple(e for e in situation.evidence if e.id in ids)


def _corroboration(situation: Situation, found: Sequence[Input]) -> Line:
    """Two documents of one publisher are one source; a document without a publisher counts as its own."""
    publisher = {d.id: d.publisher or d.id for d in situation.documents}
    behind = {e.id: publisher.get(e.document, e.document) for e in situation.evidence}
    counts = [len({behind[e] for e in i.value.basis.evidence if e in behind}) for i in found]
    several = sum(count > 1 for count in counts)
    level: Level = "low" if not several else "high" if several == len(counts) else "moderate"
    reason = f"{several} of {counted(len(counts), 'deciding input', 'deciding inputs')} with two publishers or more"
    return Line("corroboration", "Do independent publishers say the same?", level, reason)


def _grades(cited: Sequence[Evidence]) -> Line:
    grades = [e.grade for e in cited if e.grade]
    good = sum(g[0] in "AB" and g[1] in "12" for g in grades)
    fair = sum(g[0] in "ABC" and g[1] in "123" for g in grades)
    asked = "How reliable are the sources, and how credible is what they say?"
    if not grades:
        return Line("grades", asked, "low", "no quote behind a deciding input is graded")
    level: Level = "high" if good == len(cited) else "moderate" if fair >= HALF * len(cited) else "low"
    reason = (
        f"{fair} of {counted(len(cited), 'quote', 'quotes')} graded C3 or better, from {min(grades)} to {max(grades)}"
    )
    return Line("grades", asked, level, reason)


def _assumptions(found: Sequence[Input]) -> Line:
    asked = "How much of what decides is assumed?"
    if not found:
        return Line("assumptions", asked, "low", "no deciding input is known")
    taken = sum(i.value.basis.kind in ("assumed", "supplied") for i in found)
    share = taken / len(found)
    level: Level = "high" if share <= FEW else "moderate" if share <= HALF else "low"
    many = counted(len(found), "deciding input", "deciding inputs")
    return Line("assumptions", asked, level, f"{taken} of {many} assumed or supplied")


def _stability(verdicts: Sequence[Verdict]) -> Line:
    depends = sum(v.kind == "depends" for v in verdicts)
    sampled = sum(v.proof == "sampled" for v in verdicts)
    level: Level = "low" if depends == len(verdicts) else "moderate" if depends or sampled else "high"
    reason = f"{depends} of {counted(len(verdicts), 'answer', 'answers')} dependent on values within the ranges"
    return Line("stability", "Does the answer hold over the ranges?", level, reason)


def _review(review: Tally) -> Line:
    seen = review.items - review.unreviewed
    level: Level = "high" if not review.unreviewed else "moderate" if seen else "low"
    return Line("review", "Has a person looked at what was read?", level, f"{seen} of {review.items} items reviewed")
