"""How does a ledger go out as tables and records in the form of Metaculus?"""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from detente.formats.metaculus.columns import (
    BINARY,
    CHOICE,
    FORECASTS,
    NUMBERS,
    OUR_FORECASTS,
    OUR_QUESTIONS,
    OURS,
    PERCENTILES,
    POINTS,
    QUESTION_ID,
    QUESTIONS,
)
from detente.formats.metaculus.distribution import cdf_of, percentiles_of
from detente.formats.row_entries import CROWD
from detente.formats.score_table import clean
from detente.formats.sheet import Cell, write_csv
from detente.ledger.book import AskedQuestion, Book
from detente.ledger.entries import Comparison, Forecast
from detente.situation.questions import About, Question

_TYPES = {"binary": BINARY, "multiple_choice": CHOICE, "ordered": CHOICE, "continuous": NUMBERS[0]}


def written_csv(book: Book) -> tuple[tuple[str, bytes], ...]:
    r"""Return `question_data.csv` and `forecast_data.csv`; comparisons are forecasts without a forecaster's number.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which reading takes away again.

    >>> empty = Book(questions=(), rows=0, head="0" * 64, now=dt.datetime(2026, 2, 8, tzinfo=dt.UTC))
    >>> [name for name, _ in written_csv(empty)]
    ['question_data.csv', 'forecast_data.csv']
    """
    asked = [_cells(_question(one), (*QUESTIONS, *OUR_QUESTIONS)) for one in book.questions]
    said = [_cells(row, (*FORECASTS, *OUR_FORECASTS)) for one in book.questions for row in _forecasts(one, book)]
    return (
        ("question_data.csv", write_csv([(*QUESTIONS, *OUR_QUESTIONS), *asked])),
        ("forecast_data.csv", write_csv([(*FORECASTS, *OUR_FORECASTS), *said])),
    )


def written_json(book: Book) -> bytes:
    """Return the questions as posts, each with one question and the history of every forecaster under its name.

    >>> empty = Book(questions=(), rows=0, head="0" * 64, now=dt.datetime(2026, 2, 8, tzinfo=dt.UTC))
    >>> json.loads(written_json(empty))["results"]
    []
    """
    posts = [_post(one, book) for one in book.questions]
    found = {"next": None, "previous": None, "results": posts}
    return (json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _cells(found: dict[str, Cell], columns: tuple[str, ...]) -> list[Cell]:
    return [clean(cell) if isinstance(cell := found.get(name), str) else cell for name in columns]


def _question(one: AskedQuestion) -> dict[str, Cell]:
    asked, came = one.question, one.resolution
    given = asked.given
    return {
        QUESTION_ID: float(one.number),
        "Question Title": asked.text,
        "Post ID": float(one.number),
        "Post Curation Status": "approved",
        "Post Published Time": _moment(one.recorded),
        "Question Type": _TYPES[asked.kind],
        "MC Options": _json(asked.choices) if asked.choices else None,
        "Lower Bound": asked.low,
        "Open Lower Bound": _flag(False) if asked.kind == "continuous" else None,
        "Upper Bound": asked.high,
        "Open Upper Bound": _flag(False) if asked.kind == "continuous" else None,
        "Continuous Range": _json(_range(asked)) if asked.kind == "continuous" else None,
        "Open Time": _opens(one),
        "Scheduled Close Time": _last_moment(asked.closes or one.closes),
        "Actual Close Time": _last_moment(min(one.closes, came.on)) if came else None,
        "Resolution": _outcome(one),
        "Resolution Known Time": _first_moment(came.on) if came else None,
        "Include Bots in Aggregates": _flag(False),
        "Question Weight": 1.0,
        "Slug": asked.id,
        "Kind": asked.kind,
        "Resolution Criteria": asked.criteria,
        "Sources": _json(asked.sources) if asked.sources else None,
        "Unit": asked.unit,
        "Cluster": asked.cluster,
        "Topics": _json(asked.topics) if asked.topics else None,
        "Given Question": given.question if given else None,
        "Given Outcome": given.outcome if given else None,
        "Given Within Days": float(given.within_days) if given and given.within_days is not None else None,
        "About": _json(_about(asked)) if asked.about != About() else None,
        "Asked By": one.by,
        "As Of": one.as_of.isoformat(),
        "State": one.state,
    }


def _forecasts(one: AskedQuestion, book: Book) -> Iterator[dict[str, Cell]]:
    numbers = {name: float(at) for at, name in enumerate(_authors(book), start=1)}
    for standing in one.forecasts:
        said = standing.forecast
        lapses = standing.lapses.isoformat()
        yield _chances(one, said) | {
            "Forecaster ID": numbers[said.by],
            "Forecaster Username": said.by,
            "Start Time": _moment(standing.starts),
            "End Time": _moment(standing.ends) if standing.ends else None,
            "As Of": said.as_of.isoformat(),
            "Lapses": lapses,
            "Analysis": said.analysis,
            "Recorded Time": _moment(standing.recorded),
            "Retrospective": _flag(standing.retrospective),
        }
        for compared in said.comparisons:
            yield _chances(one, compared) | {
                "Forecaster Username": compared.name,
                "Start Time": _first_moment(compared.as_of),
                "As Of": compared.as_of.isoformat(),
                "Lapses": lapses,
                "Analysis": CROWD,
                "Recorded Time": _moment(standing.recorded),
                "Retrospective": _flag(standing.retrospective),
            }


def _authors(book: Book) -> list[str]:
    return list(dict.fromkeys(s.forecast.by for one in book.questions for s in one.forecasts))


def _chances(one: AskedQuestion, said: Forecast | Comparison) -> dict[str, Cell]:
    """Return what was said, and where it is settled the chance that was given to what came."""
    found: dict[str, Cell] = {QUESTION_ID: float(one.number), "Forecaster Count": 1.0, "Slug": one.question.id}
    if said.quantiles:
        low, high = _ends(one.question)
        values = percentiles_of(said.quantiles, low, high)
        found |= {
            "Continuous CDF": _json(cdf_of(said.quantiles, low, high)),
            "Probability Below Lower Bound": 0.0,
            "Probability Above Upper Bound": 0.0,
            "Quantiles": _json(said.quantiles),
        }
        return found | {name: value for (name, _), value in zip(PERCENTILES, values, strict=True)}
    found |= {"Probability of Resolution": _of_what_came(one, said)}
    if one.question.kind == "binary":
        return found | {"Probability Yes": said.probabilities[0] if said.probabilities else None}
    return found | {"Probability Yes Per Category": _json(said.probabilities)}


def _of_what_came(one: AskedQuestion, said: Forecast | Comparison) -> float | None:
    came = _outcome(one)
    if one.question.kind == "binary" and said.probabilities:
        return {"yes": said.probabilities[0], "no": 1 - said.probabilities[0]}.get(came or "")
    if came in one.question.choices and len(said.probabilities) == len(one.question.choices):
        return said.probabilities[one.question.choices.index(came)]
    return None


def _outcome(one: AskedQuestion) -> str | None:
    came = one.resolution
    if came is None:
        return None
    return repr(came.value) if came.outcome == "value" and came.value is not None else came.outcome


def _post(one: AskedQuestion, book: Book) -> dict[str, Any]:
    cells = _question(one)
    asked, came = one.question, one.resolution
    question = {
        "id": one.number,
        "title": asked.text,
        "description": asked.note or "",
        "resolution_criteria": asked.criteria,
        "fine_print": "",
        "type": cells["Question Type"],
        "options": list(asked.choices) or None,
        "open_time": cells["Open Time"],
        "scheduled_close_time": cells["Scheduled Close Time"],
        "scheduled_resolve_time": cells["Scheduled Close Time"],
        "actual_close_time": cells["Actual Close Time"],
        "actual_resolve_time": cells["Resolution Known Time"],
        "resolution": _outcome(one),
        "status": "resolved" if came else "open" if one.state in ("open", "waiting") else "closed",
        "open_lower_bound": False,
        "open_upper_bound": False,
        "scaling": {"range_min": asked.low, "range_max": asked.high, "zero_point": None},
        "unit": asked.unit or "",
        "aggregations": _histories(one, book),
        OURS: _ours(one),
    }
    published = cells["Post Published Time"]
    return {"id": one.number, "title": asked.text, "slug": asked.id, "published_at": published, "question": question}


def _ours(one: AskedQuestion) -> dict[str, Any]:
    asked = one.question
    return {
        "slug": asked.id,
        "kind": asked.kind,
        "sources": list(asked.sources),
        "cluster": asked.cluster,
        "topics": list(asked.topics),
        "given": asked.given.model_dump() if asked.given else None,
        "about": _about(asked),
        "asked_by": one.by,
        "as_of": one.as_of.isoformat(),
        "state": one.state,
    }


def _histories(one: AskedQuestion, book: Book) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in _forecasts(one, book):
        name = f"{row['Forecaster Username']} ({row['Analysis']})"
        binary = row.get("Probability Yes")
        values = [1 - float(binary), float(binary)] if binary is not None else None
        text = row.get("Probability Yes Per Category") or row.get("Continuous CDF")
        said = {
            "start_time": _seconds(row["Start Time"]),
            "end_time": _seconds(row.get("End Time")),
            "forecast_values": values if values is not None else json.loads(str(text)),
            "forecaster_count": 1,
            "centers": None if binary is None else [binary],
            OURS: {
                "by": row["Forecaster Username"],
                "analysis": row["Analysis"],
                "as_of": row["As Of"],
                "lapses": row["Lapses"],
                "quantiles": json.loads(str(row["Quantiles"])) if row.get("Quantiles") else None,
            },
        }
        held = found.setdefault(name, {"history": [], "latest": None})
        held["history"].append(said)
        held["latest"] = said
    return found


def _about(asked: Question) -> dict[str, str]:
    return asked.about.model_dump(exclude_defaults=True)


def _ends(asked: Question) -> tuple[float, float]:
    return (asked.low if asked.low is not None else 0.0, asked.high if asked.high is not None else 1.0)


def _range(asked: Question) -> tuple[float, ...]:
    low, high = _ends(asked)
    return tuple(low + (high - low) * at / (POINTS - 1) for at in range(POINTS))


def _opens(one: AskedQuestion) -> str:
    return _first_moment(one.question.opens or one.as_of)


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, allow_nan=False)


def _flag(value: bool) -> str:
    return "True" if value else "False"


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(sep=" ", timespec="microseconds")


def _first_moment(day: dt.date) -> str:
    return f"{day.isoformat()} 00:00:00+00:00"


def _last_moment(day: dt.date) -> str:
    return f"{day.isoformat()} 23:59:59+00:00"


def _seconds(moment: Cell) -> float | None:
    return dt.datetime.fromisoformat(str(moment)).timestamp() if moment else None
