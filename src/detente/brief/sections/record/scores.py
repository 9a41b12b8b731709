"""How good were the forecasts of each forecaster, beside a crowd, climatology and one half, and how sure is that?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.sections.record.telling import (
    FEW,
    Telling,
    interval,
    many_questions,
    score,
    signed,
)
from detente.brief.words import capital, counted, listed
from detente.ledger.columns import Columns, LeftOut, Moment
from detente.ledger.scoring import Difference, Measured, Part, Score, Scored, Track

TITLE: Final = "How good the forecasts were that were recorded in time"
LATE_TITLE: Final = "Recorded after their day, and scored apart"
SCORED: Final[dict[Moment, str]] = {
    "first": "the first forecast of every forecaster on each",
    "last": "the last forecast of every forecaster that stood",
    "over-time": "everything that stood, weighted by how long it did",
}
LATE: Final = (
    "By then it could be known how things came out: this shows what would have been said, not what was said before the "
    "event."
)
MEANS: Final = (
    "Scores are of forecasts, and no forecasts themselves. Brier, half the sum of squares over the answers, and log "
    "loss: less is better, and who always says one half has 0.250 and 0.693 on questions of yes or no. Baseline: 100 "
    "is the most, 0 is knowing nothing. Peer: 0 is as good as the others on the same questions, and more is better."
)
OTHERS: Final = (
    "On ordered answers (RPS) and on values, as a share of their scale (CRPS, and the interval score of the widest "
    "central interval): less is better."
)
PARTS: Final = (
    "Brier score = reliability less resolution plus uncertainty, plus what is left within bins. Less reliability is "
    "better, more resolution is; the uncertainty is that of the questions, and nobody's merit. With few questions in a "
    "bin the first two both come out too large. Sharpness is how far forecasts lie from how often things happened, on "
    "average."
)
DIFFERENCES: Final = (
    "Differences of Brier scores on the questions of both: below 0 is better. Skill: the share of the other's score "
    "that is saved, 1 at best."
)
HINT: Final = ", as a hint"
HOW: Final = "scores of all questions that came out, averaged; 95 of 100 draws of whole clusters lie in the interval"
APART: Final = "scores on the questions that both answered, averaged; 95 of 100 draws of whole clusters lie within"
MANY: Final = 30  # clusters, below which an interval of draws of clusters is too narrow
_SHOWN: Final[tuple[tuple[Score, str, int], ...]] = (("log", "log loss", 3), ("baseline", "baseline", 1),
                                                     ("peer", "peer", 1))  # fmt: skip
_OTHERS: Final[tuple[tuple[Score, str], ...]] = (("rps", "RPS"), ("crps", "CRPS"), ("interval", "interval score"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What was scored, and what came of it."""

    columns: Columns
    scored: Scored


def blocks(tried: Tried, told: Telling, *, again: bool = False) -> tuple[Block, ...]:
    """Tell all scores: what is scored, the table, everybody beside every reference, the parts of the Brier score.

    `again` is where the same tables stand above, so that what they mean is known.
    """
    found = tried.scored
    short = tuple(_each(found, told))
    return (
        Paragraph((*_lead(found, told), *_trust(found, told))),
        *((Listing(short),) if short else ()),
        _table(found, told, again=again),
        *_other_kinds(found, told),
        *_beside(found, told, again=again),
        *_murphy(found, told, again=again),
        *_parts(found, told),
    )


def in_short(tried: Tried, told: Telling) -> tuple[Block, ...]:
    """Say in a paragraph and a list what was scored and how it stands beside the others."""
    found = tried.scored
    short = tuple(_each(found, told))
    return (Paragraph((*_lead(found, told), *_trust(found, told))), *((Listing(short),) if short else ()))


def _lead(found: Scored, told: Telling) -> Iterator[Sentence]:
    many = many_questions(found.questions, found.clusters)
    when = "recorded after the day as of which they speak" if found.retrospective else "recorded in time"
    yield told.say(f"Of forecasts {when}, {many} came out; scored is {SCORED[found.at]}.", HOW)
    if found.retrospective:
        yield told.say(LATE, "the day of a row is later than the day as of which its forecast speaks")
    if found.left_out.knew:
        was = "statement is" if found.left_out.knew == 1 else "statements are"
        yield told.say(
            f"{found.left_out.knew} {was} left out, as of the day of the outcome or later, which may have known it.",
            HOW,
        )
    gone = _left_out(found.left_out)
    if gone and not found.retrospective:
        yield told.say(f"Not scored: {gone}.", HOW)


def _left_out(left: LeftOut) -> str:
    counts = (("ambiguous", left.ambiguous), ("annulled", left.annulled), ("void", left.void))
    parts = [f"{many} {name}" for name, many in counts if many]
    return listed(parts) if parts else ""


def _trust(found: Scored, told: Telling) -> Iterator[Sentence]:
    """Say how little a few events tell: first of all, before any number."""
    if found.clusters == 1:
        text = (
            "All questions hang on one event, so these scores are an anecdote: nothing can be said about the next one."
        )
    elif found.clusters < FEW:
        text = (
            f"With {found.clusters} events the scores are an anecdote: questions on one event come out together, and "
            "no difference between forecasters counts for anything yet."
        )
    elif found.clusters < MANY:
        text = (
            f"With {found.clusters} events the intervals are too narrow, as they are with fewer than {MANY}: take a "
            "difference for a hint at most."
        )
    else:
        return
    yield told.say(text, "questions that hang on one event are not independent; clusters are counted")


def _each(found: Scored, told: Telling) -> Iterator[Sentence]:
    """Say of every author how good, and how that stands beside each reference."""
    for track in found.tracks:
        own = track.of("brier")
        if track.reference or own is None:
            continue
        beside = [_in_words(d, own) for d in found.differences if (d.name, d.score) == (track.name, "brier")]
        among = f"; {'; '.join(beside)}" if beside else ""
        text = f"{track.name}: Brier score {_estimate(own)} on {many_questions(own.questions, own.clusters)}{among}."
        yield told.say(text, APART)


def _in_words(one: Difference, own: Measured) -> str:
    way = "less" if one.difference.value < 0 else "more"
    by = score(abs(one.difference.value))
    same = f"{by} {way} than {one.against}" if float(by) else f"as much as {one.against}"
    common = (
        "" if one.questions == own.questions else f" on the {counted(one.questions, 'question', 'questions')} of both"
    )
    return f"{same}{common} ({judged(one)})"


def judged(one: Difference) -> str:
    """Say what a difference of scores, of which less is better, tells."""
    if one.clusters < FEW:
        return "too few events to tell"
    if one.difference.holds(0.0):
        return "not told apart"
    return ("better" if one.difference.value < 0 else "worse") + (HINT if one.clusters < MANY else "")


def _estimate(one: Measured) -> str:
    return interval(one.mean) if one.clusters > 1 else score(one.mean.value)


def _table(found: Scored, told: Telling, *, again: bool) -> Grid:
    rows = []
    for track in found.tracks:
        brier = track.of("brier")
        cells = [track.name + _knew(track), str(track.questions), str(track.clusters)]
        cells.append("" if brier is None else _estimate(brier) + _fewer(brier, track))
        cells += [_mean(track.of(name), places) for name, _, places in _SHOWN]
        cells += [f"{track.coverage:.2f}"] if found.at == "over-time" else []
        rows.append(told.row(cells, HOW))
    heads = ("forecaster", "questions", "events", "Brier score", *(head for _, head, _ in _SHOWN))
    more = ("coverage",) if found.at == "over-time" else ()
    knew = " * knew more than what it stands beside." if any(track.later for track in found.tracks) else ""
    means = "The scores, as above." if again else MEANS
    return Grid(told.say(f"{means}{knew}", HOW), (*heads, *more), tuple(rows))


def _fewer(one: Measured, track: Track) -> str:
    return f", {one.questions} questions" if one.questions < track.questions else ""


def _knew(track: Track) -> str:
    return "*" if track.later else ""


def _mean(one: Measured | None, places: int = 3) -> str:
    return "" if one is None else score(one.mean.value, places)


def _other_kinds(found: Scored, told: Telling) -> Iterator[Grid]:
    met = [(name, head) for name, head in _OTHERS if any(track.of(name) for track in found.tracks)]
    if not met:
        return
    rows = [
        told.row((track.name, *(_other(track.of(name)) for name, _ in met)), HOW)
        for track in found.tracks
        if any(track.of(name) for name, _ in met)
    ]
    yield Grid(told.say(OTHERS, HOW), ("forecaster", *(head for _, head in met)), tuple(rows))


def _other(one: Measured | None) -> str:
    return "" if one is None else f"{_estimate(one)}, {counted(one.questions, 'question', 'questions')}"


def _beside(found: Scored, told: Telling, *, again: bool) -> Iterator[Grid]:
    shown = [one for one in found.differences if one.score == "brier"]
    if not shown:
        return
    rows = [
        told.row(
            (
                f"{one.name} beside {one.against}",
                str(one.questions),
                str(one.clusters),
                interval(one.difference, sign=True) if one.clusters > 1 else signed(one.difference.value),
                "" if one.skill is None else signed(one.skill.value, 2),
                judged(one),
            ),
            APART,
        )
        for one in shown
    ]
    caption = told.say("Differences of Brier scores, as above." if again else DIFFERENCES, APART)
    yield Grid(caption, ("", "questions", "events", "difference", "skill", "so"), tuple(rows))


def _murphy(found: Scored, told: Telling, *, again: bool) -> Iterator[Grid]:
    rows = []
    for track in found.tracks:
        one = track.murphy
        if one is not None:
            numbers = (one.reliability, one.resolution, one.uncertainty, one.within, one.brier)
            sharp = "" if track.sharpness is None else score(track.sharpness.away, 2)
            rows.append(told.row((track.name, *(score(n, 4) for n in numbers), sharp), HOW))
    if rows:
        caption = told.say("The parts of the Brier scores, as above." if again else PARTS, HOW)
        heads = ("forecaster", "reliability", "resolution", "uncertainty", "within bins", "Brier score", "sharpness")
        yield Grid(caption, heads, tuple(rows))


def _parts(found: Scored, told: Telling) -> Iterator[Grid]:
    """By days to go, and by topic: detail, with how few questions each rests on."""
    for what, parts in (
        ("days to go", [(track, track.by_horizon) for track in found.tracks]),
        ("topic", [(track, track.by_topic) for track in found.tracks]),
    ):
        names = list(dict.fromkeys(part.name for _, some in parts for part in some))
        if not names or (len(names) == 1 and what == "topic"):
            continue
        rows = [told.row((track.name, *(_cell(some, name) for name in names)), HOW) for track, some in parts if some]
        caption = told.say(f"Brier scores by {what}, with the number of questions.", HOW)
        yield Grid(caption, ("forecaster", *names), tuple(rows), f"{capital('by')} {what}")


def _cell(some: tuple[Part, ...], name: str) -> str:
    one = next((part for part in some if part.name == name), None)
    return "" if one is None else f"{score(one.brier.value)} ({one.questions})"
