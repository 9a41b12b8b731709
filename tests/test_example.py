"""The example that ships: does it load, does every quote stand, and does it know nothing of what came later?"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.situation.check import check
from detente.situation.nouns import Situation
from detente.situation.store import load, to_yaml
from detente.situation.values import Basis, Range, Record

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "us-iran-2026"
AS_OF = dt.date(2026, 2, 8)
DISPATCHES = sorted((EXAMPLE / "documents").glob("*.md"))
MONTHS = list(calendar.month_name)[1:]
DAY_IN_WORDS = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?\b")
DAY_IN_DIGITS = re.compile(r"\b(20\d\d)[-/](\d\d)[-/](\d\d)\b")


@pytest.fixture(scope="module")
def situation() -> Situation:
    return load(EXAMPLE / "situation.yaml")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in DISPATCHES}


def body(text: str) -> str:
    """What a dispatch says, without its list of sources."""
    return text.partition("\nSources:\n")[0]


def records(record: Record) -> Iterator[Record]:
    """The record and every record inside it."""
    yield record
    for name in type(record).model_fields:
        value = getattr(record, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Record):
                yield from records(one)


def test_it_is_written_in_the_canonical_form_and_without_a_fault(situation: Situation) -> None:
    assert to_yaml(situation) == (EXAMPLE / "situation.yaml").read_text(encoding="utf-8")
    assert [str(fault) for fault in check(situation)] == []


def test_every_quote_stands_where_it_claims_to_stand(situation: Situation, texts: dict[str, str]) -> None:
    assert situation.evidence
    for row in situation.evidence:
        assert texts[row.document][row.start : row.end] == row.quote, row.id
        assert row.end <= len(body(texts[row.document])), f"{row.id} quotes a source's title"


def test_every_quote_is_used_and_nothing_else_is_cited(situation: Situation) -> None:
    cited: set[str] = set()
    for record in records(situation):
        cited |= set(getattr(record, "evidence", ())) if not isinstance(record, Situation) else set()
    assert cited == {row.id for row in situation.evidence}


def test_each_dispatch_is_a_document_of_the_situation(situation: Situation, texts: dict[str, str]) -> None:
    assert {row.id for row in situation.documents} == set(texts)
    for row in situation.documents:
        title, _, dateline = texts[row.id].splitlines()[:3]
        assert title == f"# {row.title}"
        assert dateline == f"(Detente dispatch, {row.published})"


@pytest.mark.parametrize("path", DISPATCHES, ids=lambda p: p.stem)
def test_a_dispatch_is_short_and_names_its_sources(path: Path) -> None:
    said, _, sources = path.read_text(encoding="utf-8").partition("\nSources:\n")
    assert 150 <= len(said.split()) <= 300
    assert re.findall(r"^- \[.+\]\(https?://\S+\)$", sources, flags=re.MULTILINE)
    assert all(re.fullmatch(r"- \[.+\]\(https?://\S+\)", line) for line in sources.split("\n") if line)


def test_no_record_is_dated_after_the_day_it_claims_to_know(situation: Situation) -> None:
    assert situation.as_of == AS_OF
    assert all(d.published and d.published <= AS_OF for d in situation.documents)
    assert all(d.reported and d.reported <= AS_OF for d in situation.documents)
    assert all(m.date is None or m.date <= AS_OF for m in situation.meetings if m.status != "planned")
    assert all(i.date is None or i.date <= AS_OF for i in situation.incidents)
    assert all(b.date is None or b.date <= AS_OF for b in records(situation) if isinstance(b, Basis))


@pytest.mark.parametrize("path", DISPATCHES, ids=lambda p: p.stem)
def test_no_dispatch_names_a_day_after_its_own(path: Path) -> None:
    text, own = path.read_text(encoding="utf-8"), dt.date.fromisoformat(path.stem[:10])
    assert own <= AS_OF
    for year, month, day in DAY_IN_DIGITS.findall(text):
        assert dt.date(int(year), int(month), int(day)) <= own
    for day, month, year in DAY_IN_WORDS.findall(body(text)):
        number = MONTHS.index(month) + 1
        last_year = int(year) < own.year if year else number > 7  # a day without its year is the nearest one
        assert last_year or (number, int(day)) <= (own.month, own.day)


def test_dispatches_cite_no_report_that_came_later(texts: dict[str, str]) -> None:
    """Addresses that carry a day, in any of the ways that outlets write it."""
    for name, text in texts.items():
        for address in re.findall(r"\((https?://\S+)\)", text):
            days = re.findall(r"/(20\d\d)[-/](\d\d)[-/](\d\d)", address)
            days += [(f"20{y}", m, d) for y, m, d in re.findall(r"/(2\d)(\d\d)(\d\d)\d{6}\.", address)]
            days += [(y, m, d) for d, m, y in re.findall(r"/(\d\d)(\d\d)(20\d\d)$", address)]
            assert all(dt.date(int(y), int(m), int(d)) <= AS_OF for y, m, d in days), f"{name}: {address}"


def test_nothing_is_carried_over_that_hindsight_or_no_one_gave(situation: Situation) -> None:
    assert situation.influence == ()
    assert {i.id for i in situation.issues}.isdisjoint({"agenda-scope", "use-of-force", "outcome"})
    assert situation.questions == ()
    assert all(t.credibility is None and t.cost is None for t in situation.threats)


def test_hardness_is_swept_and_never_guessed(situation: Situation) -> None:
    lines = [s.red_line for s in situation.stances if s.red_line is not None]
    assert lines
    for line in lines:
        assert (line.hardness.low, line.hardness.high) == (0, 1)
        assert line.hardness.basis == Basis(kind="assumed", rule="hardness-swept")


def test_a_decision_body_spans_its_members(situation: Situation) -> None:
    for body_ in [p for p in situation.parties if p.decision_body]:
        for own in [s for s in situation.stances if s.party == body_.id]:
            inside = [s.position for s in situation.stances if s.party in body_.members and s.issue == own.issue]
            assert own.position.low == min(r.low for r in inside)
            assert own.position.high == max(r.high for r in inside)
            assert min(r.best for r in inside) <= own.position.best <= max(r.best for r in inside)


def test_read_values_name_their_quotes_and_entries_their_author(situation: Situation) -> None:
    ranges = [r for r in records(situation) if isinstance(r, Range)]
    assert {r.basis.kind for r in ranges} == {"read", "entered", "assumed"}
    assert {r.basis.by for r in ranges if r.basis.kind == "entered"} == {"one coder, in hindsight"}


def test_the_levels_stay_few_and_hold_where_things_stand(situation: Situation) -> None:
    for issue in situation.issues:
        assert 3 <= len(issue.options) <= 5
        assert issue.options == tuple(mark.at for mark in issue.landmarks)
        assert issue.status_quo.best in issue.options


def test_no_sentence_of_the_founding_article_is_in_it(founding: Path, texts: dict[str, str]) -> None:
    def shingles(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", text.lower())
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    theirs = shingles(founding.read_text(encoding="utf-8"))
    assert theirs
    for path in [*DISPATCHES, EXAMPLE / "README.md", EXAMPLE / "situation.yaml"]:
        assert not shingles(path.read_text(encoding="utf-8")) & theirs, path.name
