"""How far off were classes and model on questions that have come out, beside a crowd, and what does that show?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import fill

from detente.backtest.questions import (
    CASE_CLASSES,
    CASE_SPOKEN,
    CLASSES,
    CLIMATOLOGY,
    CLIP,
    CROWD,
    EVERY_ROW,
    FEWEST,
    FIRST,
    HALF,
    MODEL_SPOKEN,
    POOLED,
    SPOKEN,
    TOPICS,
    Group,
    QuestionBacktest,
    QuestionScores,
)
from detente.scores import Estimate

WIDEST = 100
_FEW_EVENTS = 30
_SCOPE = (
    "Nothing is tuned on how these questions came out. What a question asks for, and until when, is read from its text "
    "by fixed rules; "
    "where they are not sure, no class speaks of it. Classes take the clock to start on the day of asking, and know "
    "nothing of a dispute, unless a case is given. Climatology is how often questions of this file had come out as yes "
    "before the day, one half on the first: of what had come out, which is not what was asked, because a yes comes out "
    "at once and a no on the last day."
)
_NAMES = {
    EVERY_ROW: "Every row",
    FIRST: "Each on its first day",
    SPOKEN: "Where classes speak",
    CASE_SPOKEN: "Where the classes of the case speak",
    MODEL_SPOKEN: "Where the model speaks",
}


def told(found: QuestionBacktest) -> str:
    """Write a backtest on past questions down for a terminal, what it comes to first."""
    whole = [one for one in found.groups if one.name in _NAMES]
    topics = [one for one in found.groups if one.name in TOPICS]
    events = [one for one in found.groups if one.name.startswith(f"{SPOKEN}: ")]
    parts = [
        _head(found),
        *_verdicts(found),
        *_weights(found),
        _SCOPE,
        *(_table(one, found) for one in whole),
        _beside("Brier by topic", [(_topic(one.name), one) for one in topics]),
        _beside("Brier by event", [(one.name.removeprefix(f"{SPOKEN}: "), one) for one in events]),
        _apart(found),
        _freezes(found),
        _notes(found),
    ]
    return "\n\n".join(part if "\n" in part else fill(part, WIDEST) for part in parts if part) + "\n"


def _head(found: QuestionBacktest) -> str:
    days = [one.day for one in found.freezes]
    asked = {one.question.id: one.question.event for one in found.said}
    each = ", ".join(f"{event} {n}" for event, n in sorted(Counter(asked.values()).items(), key=lambda e: (-e[1], e)))
    span = f"on {days[0]}" if len(days) == 1 else f"on {len(days)} days from {days[0]} to {days[-1]}"
    return (
        f"{len(found.said):,} rows of {len(asked):,} questions that have come out, asked {span}. Events that their "
        f"texts ask for: {each}."
    )


def _table(one: Group, found: QuestionBacktest) -> str:
    rows = (
        f"{one.rows:,} rows of {one.questions:,} questions" if one.rows != one.questions else f"{one.rows:,} questions"
    )
    share = one.happened / one.rows
    head = (
        f"{_NAMES[one.name]}: {rows} on {_many(one.events, 'event')}, {one.happened:,} came out as yes; who had known "
        f"that rate beforehand would score {share * (1 - share):.4f}."
    )
    against = [a for a in (CLIMATOLOGY, CROWD) if any(s.gain(a) is not None for s in one.scores)]
    heads = ("", "said", "Brier", *(cell for a in against for cell in (f"less {a}", "")), "log loss")
    # Without a weight the pool is the classes of the case once more.
    shown = [s for s in one.scores if any(p.weight for p in found.path) or not s.name.startswith(POOLED)]
    return f"{fill(head, WIDEST)}\n{_lined([heads, *(_row(s, against) for s in shown)])}"


def _topic(name: str) -> str:
    return TOPICS[name].replace("|", ", ")


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _beside(head: str, groups: Sequence[tuple[str, Group]]) -> str:
    """Set the Brier scores of several groups side by side."""
    if not groups:
        return ""
    names = [scores.name for scores in groups[0][1].scores]
    rows: list[tuple[str, ...]] = [(head, "questions", "events", "yes", *names)]
    for name, one in groups:
        counts = (str(one.questions), str(one.events), str(one.happened))
        rows.append((name, *counts, *(f"{one.of(n).brier.value:.4f}" for n in names)))
    return _lined(rows)


def _row(scores: QuestionScores, against: Sequence[str]) -> tuple[str, ...]:
    gains = [cell for a in against for cell in _gain(scores.gain(a))]
    return (scores.name, f"{scores.mean_said:.2f}", f"{scores.brier.value:.4f}", *gains, f"{scores.log_loss.value:.3f}")


def _gain(gain: Estimate | None) -> tuple[str, str]:
    return ("", "") if gain is None else (f"{gain.value:+.3f}", f"[{gain.low:+.3f}, {gain.high:+.3f}]")


def _apart(found: QuestionBacktest) -> str:
    """Take the scores of the two widest groups apart: off the mark, told apart, and what no forecaster can help."""
    heads = ("Brier score, taken apart", "rows", "reliability", "resolution", "uncertainty", "within tenths")
    rows: list[tuple[str, ...]] = [heads]
    for name in (FIRST, SPOKEN):
        one = found.of(name)
        for scores in () if one is None else one.scores:
            of = scores.murphy
            terms = (of.reliability, of.resolution, of.uncertainty, of.within)
            rows.append(
                (f"{_NAMES[name]}: {scores.name}", f"{one.rows:,}" if one else "", *(f"{t:.4f}" for t in terms))
            )
    return _lined(rows)


def _notes(found: QuestionBacktest) -> str:
    return (
        "'Said' is the mean of what was said. Less is better. In brackets 95 % intervals from "
        f"{found.draws:,} draws of whole events, seed {found.seed}: questions hang on one event that came out on one "
        "day and share a party or a topic; one whose text is not in the file counts as an event of its own. With fewer "
        f"than some {_FEW_EVENTS} events they are too narrow. A difference whose interval holds 0 may be none. A score "
        "is reliability less resolution plus uncertainty plus what lies within tenths; less of the first is better, "
        f"and more of the second. For the log loss no chance counts as less than {CLIP} or more than {1 - CLIP}."
    )


def _verdicts(found: QuestionBacktest) -> Iterator[str]:
    """Say what the differences do and do not show."""
    for name, forecaster in ((FIRST, CROWD), (SPOKEN, CLASSES), (CASE_SPOKEN, CASE_CLASSES)):
        one = found.of(name)
        scores = None if one is None else next((s for s in one.scores if s.name == forecaster), None)
        if one is None or scores is None:
            continue
        few = " That is too few to say much." if one.events < _FEW_EVENTS else ""
        where = f"{_NAMES[name]}, {_many(one.questions, 'question')} on {_many(one.events, 'event')}"
        yield f"{where}: Brier of {forecaster} {scores.brier.value:.4f}, {_verdict(scores)}.{few}"
    if found.of(SPOKEN) is None:
        yield "Of none of these questions a class speaks: either their texts are not in the file, or no rule is sure."


def _verdict(scores: QuestionScores) -> str:
    said: dict[str, list[str]] = {}
    for name, gain in scores.gains:
        how = "not shown to differ from" if gain.holds(0.0) else "better than" if gain.value < 0 else "worse than"
        said.setdefault(how, []).append(name)
    return ", ".join(f"{how} {_listed(names)}" for how, names in said.items())


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _weights(found: QuestionBacktest) -> Iterator[str]:
    if not found.path:
        yield "The model was asked about none of these questions: its weight is 0."
        return
    most = max(one.events for one in found.path)
    days = _many(len({one.day for one in found.path}), "day")
    if any(one.weight for one in found.path):
        rows: list[tuple[str, ...]] = [("The model's weight by day", "world", "questions", "events", "weight")]
        rows += [(str(p.day), p.world, str(p.questions), str(p.events), f"{p.weight:g}") for p in found.path]
        yield _lined(rows)
        return
    learned = (
        f"The weight of the model, learned from questions that had come out before the day, is 0 throughout "
        f"({days} on which it speaks), so that classes and model are the classes of the case. "
    )
    few = f"To learn another, they must hang on at least {FEWEST} events; there were at most {most}."
    yield learned + (few if most < FEWEST else f"With up to {most} events none did better than 0.")


def _freezes(found: QuestionBacktest) -> str:
    """Set out the Brier scores day by day; where classes speak of some rows only, of how many."""
    names = [n for n in (CROWD, CLIMATOLOGY, HALF, CLASSES) if any(n == b[0] for f in found.freezes for b in f.brier)]
    rows: list[tuple[str, ...]] = [("Brier by day", "rows", "yes", *names)]
    for one in found.freezes:
        said = {name: f"{score:.3f}" + (f" ({n})" if n != one.rows else "") for name, n, score in one.brier}
        rows.append((str(one.day), str(one.rows), str(one.happened), *(said.get(name, "") for name in names)))
    return "" if len(found.freezes) == 1 else _lined(rows)


def _lined(rows: Sequence[Sequence[str]]) -> str:
    """Line columns up: the first to the left, the others to the right."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return "\n".join(
        " ".join([f"{row[0]:<{widths[0]}}", *(f"{c:>{w}}" for c, w in zip(row[1:], widths[1:], strict=True))]).rstrip()
        for row in rows
    )
