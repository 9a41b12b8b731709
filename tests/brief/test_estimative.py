"""How a likelihood and a confidence are said: the words of the scales, the steps, the sentence, the checklist."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.brief.estimative import (
    ICD203,
    SCALES,
    ClassRate,
    ScaleName,
    band_of,
    checklist,
    class_rate,
    confidence,
    dated_rate,
    five_point,
    in_words,
    likelihood,
    odds,
    signature,
    stepped_interval,
)
from detente.errors import AnalysisError, UsageError
from detente.outlook.classes.table import incidence, rate
from detente.read.reviewed import Tally
from detente.situation.nouns import Document, Evidence, Issue, Situation
from detente.situation.values import Basis, Range

SHARES = st.floats(0, 1)


def test_the_bands_are_those_of_the_directive(shared_dir: Path) -> None:
    with (shared_dir / "data" / "product" / "icd203_wep.csv").open(encoding="utf-8") as file:
        told = [tuple(row.values()) for row in csv.DictReader(file)]
    ours = [(*(t.word for t in b.terms), str(b.low), str(b.high)) for b in ICD203.bands]
    assert ours == told


@pytest.mark.parametrize(("edge", "band"), [(0.05, 1), (0.2, 2), (0.45, 3), (0.55, 4), (0.8, 5), (0.95, 6)])
def test_a_shared_edge_belongs_to_the_upper_band(edge: float, band: int) -> None:
    assert band_of(edge) is ICD203.bands[band]
    assert band_of(edge - 1e-6) is ICD203.bands[band - 1]


def test_outside_the_scale_stands_the_number_alone() -> None:
    assert [in_words(p) for p in (0, 0.0099, 0.01, 0.99, 0.991, 1)] == [
        "below 1%", "below 1%", "almost no chance", "almost certain", "above 99%", "above 99%"
    ]  # fmt: skip


def test_between_the_bands_of_phia_stands_the_number_alone() -> None:
    assert [in_words(p, scale="phia") for p in (0.45, 0.5, 0.52, 0.53)] == [
        "realistic possibility", "50%", "50%", "likely"
    ]  # fmt: skip


def test_the_narrowest_band_of_the_ipcc_is_taken() -> None:
    assert [in_words(p, scale="ipcc") for p in (0.004, 0.07, 0.5, 0.66, 0.92, 0.96)] == [
        "exceptionally unlikely", "very unlikely", "about as likely as not", "likely", "very likely", "extremely likely"
    ]  # fmt: skip


@given(p=SHARES)
@settings(max_examples=25, deadline=None)
def test_a_brief_never_says_none_or_all_and_keeps_to_steps(p: float) -> None:
    number = int(re.findall(r"\d+", five_point(p))[0])
    assert number % 5 == 0
    assert 5 <= number <= 95
    assert abs(number - 100 * p) <= 5


@given(p=SHARES, q=SHARES, scale=st.sampled_from(sorted(SCALES)))
@settings(max_examples=25, deadline=None)
def test_the_likelier_event_never_gets_the_weaker_word(p: float, q: float, scale: ScaleName) -> None:
    low, high = (band_of(x, scale=scale) for x in sorted((p, q)))
    if low is not None and high is not None:
        assert low.low + low.high <= high.low + high.high


@given(ends=st.tuples(SHARES, SHARES).map(sorted))
@settings(max_examples=25, deadline=None)
def test_an_interval_in_steps_holds_the_interval(ends: list[float]) -> None:
    said = stepped_interval(*ends)
    parts = said.split(" to ")
    low = 0 if parts[0].startswith("below") else int(re.findall(r"\d+", parts[0])[0])
    high = 100 if parts[-1].startswith("above") else int(re.findall(r"\d+", parts[-1])[0])
    assert low <= 100 * ends[0] + 1e-6
    assert 100 * ends[1] <= high + 1e-6


@pytest.mark.parametrize(
    ("p", "said"),
    [(1 / 3, "about 2 to 1 against"), (0.25, "about 3 to 1 against"), (0.5, "about even"), (0.8, "about 4 to 1 on"),
     (0.01, "more than 20 to 1 against"), (0.4, "about 3 to 2 against")],
)  # fmt: skip
def test_odds_are_those_that_people_say(p: float, said: str) -> None:
    assert odds(p) == said


def test_what_is_no_probability_is_refused() -> None:
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(AnalysisError, match="is no probability"):
            five_point(wrong)
    with pytest.raises(AnalysisError, match="ends before it begins"):
        stepped_interval(0.5, 0.4)


def mediated(**changed: object) -> ClassRate:
    given = {
        "p": 0.347, "low": 0.305, "high": 0.389, "k": 168, "n": 486, "class_name": "international crises",
        "event": "ends in an agreement", "definition": "FOROUT = 1 or 2",
    }  # fmt: skip
    return ClassRate(**{**given, **changed})  # type: ignore[arg-type]


def test_a_likelihood_carries_all_that_it_rests_on() -> None:
    said = likelihood(mediated())
    assert said.startswith("It is unlikely that this dispute ends in an agreement: 35%, with a 95% interval")
    for needed in (
        "30% to 40%",
        "168 of 486",
        "international crises",
        "weight of the model in this is 0",
        "FOROUT = 1",
    ):
        assert needed in said
    assert "No dated class" in said
    assert "confiden" not in said.lower()


def test_a_dated_class_gives_a_day_and_no_other_does() -> None:
    said = likelihood(dated_rate(incidence("icb/1946-2017/mediated", 90), "open"))
    assert "within 90 days of its trigger" in said
    assert "No dated class" not in said


def test_a_pool_is_said_with_its_weight_over_the_same_cases() -> None:
    of = rate("icb/1946-2017/mediated", "war")
    assert "weight of the model in this is 0.2" in likelihood(class_rate(of, p=0.6, weight=0.2))
    assert likelihood(class_rate(of, p=0.6)).startswith("It is likely")


def test_a_rate_outside_the_words_is_a_number() -> None:
    assert "is below 1%, for which the scale has no word" in likelihood(mediated(p=0.004, low=0, high=0.01, k=2))


@pytest.mark.parametrize("wrong", [{"k": 9, "n": 8}, {"n": 0, "k": 0}, {"p": 1.2}, {"low": 0.9}, {"definition": " "}])
def test_a_rate_that_says_too_little_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(AnalysisError):
        mediated(**wrong)


def situation(publishers: tuple[str, ...], grade: str | None, kind: str = "read") -> Situation:
    documents = tuple(Document(id=f"d{n}", publisher=name) for n, name in enumerate(publishers))
    evidence = tuple(
        Evidence(id=f"e{n}", document=d.id, sentence="1", start=0, end=1, quote="x", grade=grade)
        for n, d in enumerate(documents)
    )
    basis = Basis(kind="read", evidence=tuple(e.id for e in evidence), rule="demand")
    basis = basis if kind == "read" else Basis(kind="assumed", rule="demand")
    issue = Issue(id="dam", name="Dam", status_quo=Range.point(0, basis))
    return Situation(title="Dam", documents=documents, evidence=evidence, issues=(issue,))


def level_of(at: Situation, **more: object) -> dict[str, str]:
    asked = checklist(at, deciding=["dam.status_quo"], **more)  # type: ignore[arg-type]
    return {line.id: line.level for line in asked.lines}


def test_two_documents_of_one_publisher_are_one_source() -> None:
    assert level_of(situation(("A", "B"), "B2"))["corroboration"] == "high"
    assert level_of(situation(("A", "A"), "B2"))["corroboration"] == "low"


def test_each_line_of_the_checklist_follows_from_the_situation() -> None:
    good = level_of(situation(("A", "B"), "B2"), models_agree=True, review=Tally(4, 0))
    assert set(good.values()) == {"high"}
    poor = level_of(situation(("A",), None, kind="assumed"), models_agree=False, review=Tally(4, 4))
    assert set(poor.values()) == {"low"}
    assert level_of(situation(("A", "B"), "C3"), review=Tally(4, 1))["review"] == "moderate"


def test_a_suggestion_is_no_better_than_its_weakest_lines() -> None:
    def suggested(publishers: tuple[str, ...], grade: str | None) -> str:
        return confidence(checklist(situation(publishers, grade), deciding=["dam.status_quo"])).level

    assert suggested(("A", "B"), "A1") == "high"
    assert suggested(("A",), "A1") == "moderate"
    assert suggested(("A",), None) == "low"


def test_nobody_has_signed_a_suggestion_until_a_name_stands_there() -> None:
    found = confidence(checklist(situation(("A",), None), deciding=["dam.status_quo"]))
    assert signature(found)[1].value.startswith("not signed")
    assert signature(found, "low", "R. Halloran")[1].value == "low, signed by R. Halloran"
    assert "departs" in signature(found, "high", "R. Halloran")[1].value
    for half in ({"level": "low"}, {"by": "R. Halloran"}, {"level": "low", "by": " "}):
        with pytest.raises(UsageError, match="signed by somebody"):
            signature(found, **half)  # type: ignore[arg-type]
