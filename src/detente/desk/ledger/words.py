"""How does a ledger stand, in words: what is asked, what was said of it, what is due, and what was written just now?"""

import datetime as dt
import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, get_args

from detente.desk.ledger.asking import Suggested
from detente.desk.ledger.place import OpenLedger, question
from detente.desk.ledger.written import Written
from detente.figures.text import one_line, printable
from detente.ledger.book import AskedQuestion, Book, Standing, State
from detente.ledger.entries import Comparison, Forecast, Opened, Reaffirmed, Resolution, Withdrawn, decode
from detente.read.documents.document import shown

SCHEMA: Final = "detente.ledger/1"
STATES: Final[tuple[str, ...]] = get_args(State)
SOON: Final = dt.timedelta(days=7)
_WIDTH = 110
_SHOWN_FIRST: tuple[State, ...] = ("due", "open", "waiting", "resolved", "ambiguous", "annulled", "void")
_NOTHING = "Nothing is asked in it yet. See what its situation suggests: detente ledger add"


def listed(found: OpenLedger, states: Sequence[str] = ()) -> str:
    """List the questions, those that somebody has to look at first."""
    if not found.book.questions:
        return f"{found.name}: {_NOTHING} {found.name}"
    lines = [f"{found.name}: {_counts(found.book)}"]
    for state in (s for s in _SHOWN_FIRST if not states or s in states):
        asked = [q for q in found.book.questions if q.state == state]
        lines += ["", state] if asked else []
        for one in asked:
            lines += _line(one)
    return _plain_text(lines)


def told(found: OpenLedger, wanted: str) -> str:
    """Tell all that was written about one question, row by row.

    Raises UsageError where there is none.
    """
    one = question(found.book, wanted)
    asked = one.question
    lines = [f"{asked.id}: {asked.text}", f"  {one.state}; closes {one.closes}, asked as of {one.as_of} by {one.by}"]
    lines += [f"  answers: {', '.join(asked.choices)}"] if asked.choices else []
    if asked.kind == "continuous":
        lines.append(f"  a number from {asked.low:g} to {asked.high:g} {asked.unit or ''}".rstrip())
    if asked.given is not None:
        lines.append(f"  asked only if {asked.given.question} comes out as {asked.given.outcome}")
    lines += _wrapped(f"criteria: {asked.criteria}")
    lines += _wrapped(f"sources: {', '.join(asked.sources)}") if asked.sources else []
    lines += [f"  hangs on {asked.cluster}"] if asked.cluster else []
    lines.append(f"  row {one.number}, recorded {_time(one.recorded)}{_late(one.retrospective)}")
    for said in one.forecasts:
        lines += ["", *_forecast(asked.choices, said)]
    for out in one.resolutions:
        lines += ["", *_resolution(out.resolution, out.number, out.recorded, superseded=out.superseded)]
    return _plain_text(lines)


def due(found: OpenLedger) -> str:
    """List what waits for somebody."""
    closed, lapsed, soon = waiting(found)
    if not (closed or lapsed or soon):
        return f"{found.name}: nothing is due."
    lines = [f"{found.name}: as of {found.book.now.date()}"]
    rows = (
        ("Closed, and nobody has said how they came out (detente ledger resolve)", (_brief(q) for q in closed)),
        ("Forecasts that lapsed (detente ledger forecast)", (_lapses(q, s) for q, s in lapsed)),
        (f"Forecasts that lapse within {SOON.days} days (detente ledger reaffirm)", (_lapses(q, s) for q, s in soon)),
    )
    for head, every in rows:
        told_of = list(every)
        lines += ["", head, *told_of] if told_of else []
    return _plain_text(lines)


def written(done: Written) -> str:
    """Say which rows were added, and what follows from them."""
    if not done.rows:
        return "Nothing was added: all of it is there already, or no reference class speaks of it."
    lines = []
    for row in done.rows:
        entry = decode(row.body)
        late = isinstance(entry, Opened | Forecast) and entry.as_of < dt.datetime.fromisoformat(row.recorded).date()
        lines.append(f"Row {row.number}: {_entry(entry)}{_late(late)}")
        lines += _pruned(entry, done.book)
    lines.append(f"Head: {done.rows[-1].number}:{done.rows[-1].hash}")
    return _plain_text(lines)


def suggestions(folder: Path, found: Sequence[Suggested]) -> str:
    """List the questions that a situation suggests, and what reference classes say of them."""
    if not found:
        return (
            f"The situation of '{folder.name}' suggests no question: it has no table, threat or rivalry. "
            "Ask one of your own with --text, --closes and --criteria."
        )
    lines = []
    for one in found:
        asked = one.question
        lines += [f"{asked.id}{'  (asked already)' if one.asked else ''}", *_wrapped(asked.text)]
        if asked.given is not None:
            lines.append(f"  asked only if {asked.given.question} comes out as {asked.given.outcome}")
        lines += _wrapped(_reference(one.forecast) if one.forecast else "No reference class speaks of it.")
        lines.append("")
    lines.append(f"Open them: detente ledger add {shown(str(folder))} ID...  (or --all)")
    return _plain_text(lines)


def as_json(found: OpenLedger, wanted: str | None = None, states: Sequence[str] = ()) -> str:
    """Return questions with all that was said of them as JSON.

    Raises UsageError for a question that is not there.
    """
    if wanted is not None:
        chosen: Iterable[AskedQuestion] = (question(found.book, wanted),)
    else:
        chosen = (q for q in found.book.questions if not states or q.state in states)
    data = {
        "schema": SCHEMA,
        "ledger": found.name,
        "rows": found.book.rows,
        "head": found.book.head,
        "questions": [_plain(q) for q in chosen],
    }
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def due_as_json(found: OpenLedger) -> str:
    """Return what waits for somebody as JSON."""
    closed, lapsed, soon = waiting(found)
    data = {
        "schema": "detente.ledger-due/1",
        "ledger": found.name,
        "as_of": found.book.now.date().isoformat(),
        "closed": [q.question.id for q in closed],
        "lapsed": [_named(q, s) for q, s in lapsed],
        "lapsing": [_named(q, s) for q, s in soon],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


Due = list[tuple[AskedQuestion, Standing]]


def waiting(found: OpenLedger) -> tuple[list[AskedQuestion], Due, Due]:
    """Return the questions that closed and nobody resolved, the forecasts that lapsed, and those that soon will."""
    today = found.book.now.date()
    closed = [q for q in found.book.questions if q.state == "due"]
    lapsed: Due = []
    soon: Due = []
    for one in (q for q in found.book.questions if q.state in ("open", "waiting")):
        last = {s.forecast.by: s for s in one.forecasts}
        lapsed += [(one, s) for s in last.values() if s.why == "lapsed"]
        soon += [(one, s) for s in last.values() if s.ends is None and s.lapses - today <= SOON < one.closes - today]
    return closed, lapsed, soon


def _counts(held: Book) -> str:
    states = Counter(q.state for q in held.questions)
    said = [f for q in held.questions for f in q.forecasts]
    late = sum(f.retrospective for f in said)
    listed_states = ", ".join(f"{states[s]} {s}" for s in _SHOWN_FIRST if states[s])
    told_late = f", {late} of them retrospective: recorded after the day they claim" if late else ""
    return f"{len(held.questions)} questions ({listed_states}), {len(said)} forecasts{told_late}"


def _line(one: AskedQuestion) -> Iterator[str]:
    outcome = one.resolution
    came = f" -> {_outcome(outcome)} on {outcome.on}" if outcome is not None and one.state != "void" else ""
    yield f"  {one.question.id}  closes {one.closes}{came}"
    yield from _wrapped(one.question.text, indent=4)
    last = {(s.forecast.by, s.forecast.analysis): s for s in one.forecasts}
    said = "; ".join(_in_short(s) for s in last.values())
    if said:
        yield from _wrapped(said, indent=4)


def _in_short(said: Standing) -> str:
    one = said.forecast
    ended = f" ({said.why})" if said.why not in (None, "closed", "resolved") else ""
    grounds = f", {one.reference.k} of {one.reference.n}" if one.reference else ""
    late = ", retrospective" if said.retrospective else ""
    return f"{_numbers(one)} by {one.by} ({one.analysis}{grounds}){ended}{late}"


def _forecast(choices: Sequence[str], said: Standing) -> Iterator[str]:
    one = said.forecast
    stood = f"{_time(said.starts)} to {_time(said.ends)}, {said.why}" if said.ends else f"{_time(said.starts)} on"
    yield f"  row {said.number}: {_numbers(one, choices)} by {one.by} ({one.analysis}), as of {one.as_of}"
    yield f"    recorded {_time(said.recorded)}{_late(said.retrospective)}; stands from {stood}"
    if one.reference is not None:
        yield from _wrapped(_reference(one), indent=4)
    if one.situation is not None:
        yield f"    situation {one.situation[:12]}, {len(one.documents)} documents, version {one.version}"
    for other in one.comparisons:
        later = " (knew more)" if other.as_of > one.as_of else ""
        yield f"    {other.name}: {_numbers(other, choices)} as of {other.as_of}{later}"
    if one.note:
        yield from _wrapped(one.note, indent=4)


def _reference(one: Forecast) -> str:
    """Say what a class says, with everything that must stand beside it."""
    found = one.reference
    if found is None:
        return f"{_numbers(one)}: a judgement, no class behind it."
    rules = f" It takes for granted: {', '.join(one.rules)}." if one.rules else ""
    return (
        f"{_numbers(one)}, interval {found.low:.2f} to {found.high:.2f}: of {found.words}, {found.k} of {found.n} had "
        f"the event ({found.event}: {found.definition}); weight of the model {one.weight:g}.{rules}"
    )


def _resolution(one: Resolution, number: int, recorded: dt.datetime, *, superseded: bool) -> Iterator[str]:
    gone = ", superseded" if superseded else ""
    yield f"  row {number}: {_outcome(one)} on {one.on}, says {one.by}{gone}; recorded {_time(recorded)}"
    if one.note:
        yield from _wrapped(one.note, indent=4)
    for source in one.sources:
        yield f"    {source}"


def _entry(entry: Opened | Forecast | Reaffirmed | Withdrawn | Resolution) -> str:
    match entry:
        case Opened():
            return f"asked {entry.question.id}, closes {entry.question.closes}"
        case Forecast():
            grounds = f" ({entry.reference.k} of {entry.reference.n})" if entry.reference else ""
            return f"{_numbers(entry)} for {entry.question}{grounds}, until {entry.lapses}"
        case Reaffirmed():
            return f"forecast {entry.forecast} stands on until {entry.lapses}"
        case Withdrawn():
            return f"forecast {entry.forecast} is withdrawn"
        case Resolution():
            return f"{entry.question} came out as {_outcome(entry)} on {entry.on}"


def _pruned(entry: object, held: Book) -> Iterator[str]:
    """Say which questions hang on the one that came out, and what became of them."""
    if not isinstance(entry, Resolution):
        return
    hanging = [q for q in held.questions if q.question.given and q.question.given.question == entry.question]
    for state, said in (("void", "void from now on"), ("open", "asked from now on"), ("due", "to be resolved")):
        ids = [q.question.id for q in hanging if q.state == state]
        if ids:
            yield f"  {said}: {', '.join(ids)}"


def _numbers(said: Forecast | Comparison, choices: Sequence[str] = ()) -> str:
    if said.quantiles:
        return ", ".join(f"{value:g} at {share:g}" for share, value in said.quantiles)
    if len(said.probabilities) == 1:
        return f"{said.probabilities[0]:.2f}"
    named = choices or [str(k + 1) for k in range(len(said.probabilities))]
    return ", ".join(f"{name} {p:.2f}" for name, p in zip(named, said.probabilities, strict=False))


def _outcome(one: Resolution) -> str:
    return f"{one.value:g}" if one.value is not None else one.outcome


def _brief(one: AskedQuestion) -> str:
    return f"  {one.question.id}  closed {one.closes}: {one.question.text}"


def _lapses(one: AskedQuestion, said: Standing) -> str:
    return f"  {one.question.id}  {_numbers(said.forecast)} by {said.forecast.by}, until {said.lapses}"


def _named(one: AskedQuestion, said: Standing) -> dict[str, object]:
    return {"question": one.question.id, "row": said.number, "by": said.forecast.by, "lapses": said.lapses.isoformat()}


def _plain(one: AskedQuestion) -> dict[str, object]:
    return {
        "row": one.number,
        "recorded": one.recorded.isoformat(),
        "as_of": one.as_of.isoformat(),
        "by": one.by,
        "state": one.state,
        "closes": one.closes.isoformat(),
        "retrospective": one.retrospective,
        "question": one.question.model_dump(mode="json", exclude_defaults=True),
        "forecasts": [
            {
                "row": s.number,
                "recorded": s.recorded.isoformat(),
                "starts": s.starts.isoformat(),
                "ends": s.ends.isoformat() if s.ends else None,
                "why": s.why,
                "lapses": s.lapses.isoformat(),
                "retrospective": s.retrospective,
                "forecast": s.forecast.model_dump(mode="json", exclude_defaults=True),
            }
            for s in one.forecasts
        ],
        "resolutions": [
            {
                "row": r.number,
                "recorded": r.recorded.isoformat(),
                "superseded": r.superseded,
                "resolution": r.resolution.model_dump(mode="json", exclude_defaults=True),
            }
            for r in one.resolutions
        ],
    }


def _late(retrospective: bool) -> str:
    return ", retrospective" if retrospective else ""


def _time(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")


def _plain_text(lines: Iterable[str]) -> str:
    """Put lines together; what a terminal would obey in a ledger from elsewhere is not handed on to it."""
    return "\n".join(printable(line) for line in lines)


def _wrapped(text: str, *, indent: int = 2) -> list[str]:
    return textwrap.wrap(one_line(text), _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)
