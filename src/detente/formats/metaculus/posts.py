"""What stands in the posts of Metaculus, as its interface for programs gives them?"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from detente.formats.metaculus.asked import METACULUS, Asked, Spoken, about, chances, number_or_none, pairs
from detente.formats.metaculus.columns import BINARY, CHOICE, NUMBERS, OURS
from detente.formats.metaculus.distribution import Quantiles, quantiles_of
from detente.formats.question_rows import Findings, plain
from detente.formats.row_entries import CROWD
from detente.formats.score_table import shown
from detente.situation.questions import Condition
from detente.situation.values import slug

_MOST_TEXT, _MOST_NAME = 4_000, 300
_INSIDE = ("question", "group_of_questions", "conditional")


def is_post(found: object) -> bool:
    """Say whether JSON is a post, a list of posts, or an answer that holds such a list.

    >>> is_post({"results": []}), is_post({"id": 1, "question": {"type": "binary"}}), is_post({"questions": []})
    (True, True, False)
    """
    if isinstance(found, list):
        return bool(found) and is_post(found[0])
    if not isinstance(found, dict):
        return False
    return isinstance(found.get("results"), list) or any(isinstance(found.get(name), dict) for name in _INSIDE)


def read_posts(finding: Findings, found: object) -> tuple[Asked, ...]:
    """Read the questions of posts: single ones, those of groups, and both branches of conditional pairs."""
    asked: dict[str, Asked] = {}
    for at, post in _posts(finding, found):
        for one in _of_post(finding, post, at):
            if one.id in asked and one.id:
                finding.fault(one.at, f"the question '{shown(one.id)}' stands at {asked[one.id].at} already. Keep one.")
            asked[one.id] = one
    return tuple(asked.values())


def _posts(finding: Findings, found: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    held = found.get("results", [found]) if isinstance(found, dict) else found
    for number, post in enumerate(held if isinstance(held, list) else [], start=1):
        at = f"post {number}"
        if isinstance(post, dict) and any(isinstance(post.get(name), dict) for name in _INSIDE):
            yield at, post
        elif not isinstance(post, dict) or "notebook" not in post:
            finding.fault(at, "it holds no question. Take it out, or give the post with its details.")


def _of_post(finding: Findings, post: Mapping[str, Any], at: str) -> Iterator[Asked]:
    url = f"https://www.metaculus.com/questions/{post.get('id')}/"
    single, group, pair = (post.get(name) for name in _INSIDE)
    if isinstance(single, dict):
        yield _question(finding, single, f"{at}, question", url)
    if isinstance(group, dict):
        for number, one in enumerate(_list(group.get("questions")), start=1):
            # The criteria of a group hold for each of its questions.
            yield _question(finding, {**group, **one, "options": one.get("options")}, f"{at}, question {number}", url)
    if isinstance(pair, dict) and all(
        isinstance(pair.get(n), dict) for n in ("condition", "question_yes", "question_no")
    ):
        condition = _question(finding, pair["condition"], f"{at}, condition", url)
        yield condition
        for outcome in ("yes", "no"):
            branch = _question(finding, pair[f"question_{outcome}"], f"{at}, question_{outcome}", url)
            branch.given = Condition(question=condition.name, outcome=outcome)
            yield branch


def _list(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _question(finding: Findings, found: Mapping[str, Any], at: str, url: str) -> Asked:
    ours, scaling = _map(found.get(OURS)), _map(found.get("scaling"))
    name = finding.words(found.get("id"), f"{at}.id", most=_MOST_NAME)
    text = finding.words(found.get("title"), f"{at}.title", most=_MOST_TEXT)
    if not name or not text:
        finding.fault(at, "the question has no id or no title. Write both.")
    kind = plain(found.get("type")) or BINARY
    numbers = kind in NUMBERS
    one = Asked(
        at=at,
        id=name,
        text=text,
        type=kind,
        choices=_texts(found.get("options")) if kind == CHOICE else (),
        low=number_or_none(finding, scaling.get("range_min"), f"{at}.scaling.range_min") if numbers else None,
        high=number_or_none(finding, scaling.get("range_max"), f"{at}.scaling.range_max") if numbers else None,
        unit=plain(found.get("unit")),
        criteria=" ".join(filter(None, (plain(found.get("resolution_criteria")), plain(found.get("fine_print"))))),
        url=None if ours else url,
        opens=finding.day(found.get("open_time"), f"{at}.open_time"),
        closes=finding.day(found.get("scheduled_close_time") or found.get("actual_close_time"), f"{at}.close_time"),
        resolution=None if found.get("resolution") is None else str(found["resolution"]),
        resolved=finding.day(found.get("actual_resolve_time"), f"{at}.actual_resolve_time"),
    )
    _add_ours(finding, one, ours)
    zero = number_or_none(finding, scaling.get("zero_point"), f"{at}.scaling.zero_point") if numbers else None
    for method, held in _map(found.get("aggregations")).items():
        for number, said in enumerate(_list(_map(held).get("history")), start=1):
            spoken = _spoken(finding, one, said, f"{at}, {shown(str(method))}[{number}]", str(method), zero)
            if spoken is not None:
                one.spoken.append(spoken)
    return one


def _add_ours(finding: Findings, one: Asked, ours: Mapping[str, Any]) -> None:
    """Take over what a file of ours holds beside what Metaculus has."""
    one.slug, one.by = plain(ours.get("slug")), plain(ours.get("asked_by"))
    one.ordered = ours.get("kind") == "ordered"
    one.sources = _texts(ours.get("sources"))
    one.cluster = slug(plain(ours.get("cluster")) or "") or None
    one.topics = tuple(filter(None, map(slug, _texts(ours.get("topics")))))
    one.about = about(finding, ours.get("about"), f"{one.at}.about")
    one.as_of = finding.day(ours.get("as_of"), f"{one.at}.as_of")
    if ours.get("given") is not None:
        try:
            one.given = Condition.model_validate(ours["given"])
        except ValidationError:
            finding.fault(f"{one.at}.given", "this is no condition. Write the question and its outcome.")


def _texts(value: object) -> tuple[str, ...]:
    return tuple(" ".join(str(one).split()) for one in value) if isinstance(value, list) else ()


def _spoken(
    finding: Findings, one: Asked, said: Mapping[str, Any], at: str, method: str, zero: float | None
) -> Spoken | None:
    ours = _map(said.get(OURS))
    began = ours.get("as_of") or said.get("start_time")
    day = finding.of_epoch(began, f"{at}.start_time")
    if day is None:
        finding.fault(f"{at}.start_time", "there is no time. Write when it was said.")
        return None
    shares, quantiles = _said(finding, one, said, at, zero)
    if not shares and not quantiles:
        return None  # the history of a crowd often holds its middle alone
    return Spoken(
        at=at,
        by=plain(ours.get("by")) or f"{METACULUS} {method}",
        analysis=plain(ours.get("analysis")) or CROWD,
        as_of=day,
        lapses=finding.of_epoch(ours.get("lapses") or said.get("end_time"), f"{at}.end_time"),
        probabilities=shares,
        quantiles=quantiles,
    )


def _said(
    finding: Findings, one: Asked, said: Mapping[str, Any], at: str, zero: float | None
) -> tuple[tuple[float, ...], Quantiles]:
    values, centers = said.get("forecast_values"), said.get("centers")
    if one.type == BINARY:
        held = centers[0] if isinstance(centers, list) and centers else None
        held = values[-1] if held is None and isinstance(values, list) and len(values) == 2 else held
        share = finding.share(held, f"{at}.centers")
        return (() if share is None else (share,)), ()
    if one.type == CHOICE:
        told = values if isinstance(values, list) else centers
        return chances(finding, f"{at}.forecast_values", told, one.choices) if isinstance(told, list) else (), ()
    if one.type not in NUMBERS or one.low is None or one.high is None:
        return (), ()
    exact = _map(said.get(OURS)).get("quantiles")
    if isinstance(exact, list):
        return (), pairs(finding, exact, f"{at}.quantiles")
    if not isinstance(values, list):
        return (), ()
    cdf = [finding.share(value, f"{at}.forecast_values") for value in values]
    return (), quantiles_of([value or 0.0 for value in cdf], one.low, one.high, zero=zero)
