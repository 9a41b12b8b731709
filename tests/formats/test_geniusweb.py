"""GeniusWeb profiles in both spellings, and back; nothing is divided there, and a bid stands for the reservation."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests.formats.tables import Parts, built, tables, totals

from detente.errors import FormatError
from detente.formats import Matter, ScoreTable, Source, geniusweb


def profile(name: str = "North", **changed: Any) -> dict[str, Any]:
    space = {
        "issueUtilities": {
            "Fund": {"DiscreteValueSetUtilities": {"valueUtilities": {"small": 0.2, "large": 1}}},
            "Years": {"numberutils": {"lowValue": 1, "highValue": 3, "lowUtility": 0, "highUtility": "1"}},
        },
        "issueWeights": {"Fund": 0.75, "Years": 0.25},
        "domain": {
            "name": "aid",
            "issuesValues": {"Fund": {"values": ["small", "large"]}, "Years": {"range": ["1", "3", "1"]}},
        },
        "name": name,
        "reservationBid": {"issuevalues": {"Fund": "small", "Years": 3}},
    }
    return {**space, **changed}


def file(space: Any, name: str = "North.json", around: str | None = "LinearAdditiveUtilitySpace") -> Source:
    return Source(name, json.dumps(space if around is None else {around: space}).encode())


def read(**changed: Any) -> ScoreTable:
    return geniusweb.read([file(profile(**changed)), file(profile("South"), "South.json")])


def test_utilities_are_taken_as_they_stand() -> None:
    table = read()
    assert (table.title, table.parties) == ("aid", ("North", "South"))
    assert [m.options for m in table.matters] == [("small", "large"), ("1", "2", "3")]
    assert [[row[0] for row in m.worth] for m in table.matters] == [[15, 75], [0, 12.5, 25]]


def test_the_reservation_is_what_its_bid_is_worth_and_nothing_without_one() -> None:
    assert read().threshold == (40, 40)
    assert read(reservationBid=None).threshold == (0, 40)
    assert read(reservationBid={"issuevalues": {"Years": "2"}}).threshold == (12.5, 40)


def test_both_spellings_say_the_same() -> None:
    old = {
        "Fund": {"discreteutils": {"valueUtilities": {"small": 0.2, "large": 1}}},
        "Years": {"NumberValueSetUtilities": {"lowValue": 1, "highValue": 3, "lowUtility": 0, "highUtility": 1}},
    }
    assert read(issueUtilities=old) == read()


def test_a_domain_file_gives_the_order() -> None:
    domain = {"name": "aid", "issuesValues": {"Years": {"range": [1, 3, 1]}, "Fund": {"values": ["large", "small"]}}}
    files = [file(profile()), file(profile("South"), "South.json"), file(domain, "domain.json", None)]
    assert [m.options for m in geniusweb.read(files).matters] == [("1", "2", "3"), ("large", "small")]


def test_profiles_of_one_name_are_called_like_their_files() -> None:
    assert read(name="South").parties == ("North", "South")


@settings(deadline=None, max_examples=40)
@given(tables(ruled=False))
def test_written_and_read_again_the_same_packages_are_acceptable_and_as_good_up_to_a_unit(parts: Parts) -> None:
    table = built(parts)
    files, lost = geniusweb.write(table)
    back = geniusweb.read(files, points=1_000_000)
    assert [(m.name, m.options) for m in back.matters] == [(m.name, m.options) for m in table.matters]
    assert set(back.parties) == set(table.parties)
    for k in range(len(table.parties)):
        before, after = (np.array([gain[k] for gain in totals(t)]) for t in (table, back))
        if any(f"'{table.parties[k]}' has without a deal" in sentence for sentence in lost):
            assert before.max() < 0
        elif np.ptp(before) > 0:
            assert ((before >= -1e-9) == (after >= -1)).all()
            unit = np.ptp(after) / np.ptp(before)
            np.testing.assert_allclose(after - after.max(), (before - before.max()) * unit, atol=1)


@settings(deadline=None, max_examples=40)
@given(tables(ruled=False))
def test_written_weights_add_up_to_1_to_the_last_digit(parts: Parts) -> None:
    files, _ = geniusweb.write(built(parts))
    for one in files[1:]:
        weights = json.loads(one.content)["LinearAdditiveUtilitySpace"]["issueWeights"].values()
        assert sum(round(w * 10**9) for w in weights) == 10**9


def test_a_reservation_that_no_package_reaches_is_said() -> None:
    fund = Matter(name="Fund", options=("small", "large"), worth=((5.0, 1.0), (2.0, 9.0)))
    table = ScoreTable(title="Fund", parties=("North", "South"), matters=(fund,), threshold=(6.0, 1.0))
    assert geniusweb.write(table)[1] == (
        "No package reaches what 'North' has without a deal; its best one stands as its reservation bid.",
    )


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"issueWeights": {"Fund": 0.5, "Years": 0.25}}, "the issueWeights add up to 0.75"),
        ({"issueWeights": {"Fund": 1}}, "issue 'Years' has no weight from 0 to 1"),
        ({"issueWeights": {"Fund": "heavy", "Years": 1}}, "issue 'Fund' has no weight from 0 to 1"),
        ({"issueUtilities": {}}, "issue 'Fund' has no utilities that can be read"),
        ({"domain": None, "issueUtilities": {}, "issueWeights": {}}, "there are no issueUtilities"),
        ({"reservationBid": {"issuevalues": {"Fund": "huge"}}}, "has 'huge' for issue 'Fund', which is no value of it"),
        ({"domain": {"issuesValues": {"Fund": {"values": []}}}}, "issue 'Fund' has no values"),
        ({"domain": {"issuesValues": {"Fund": {"values": ["a", "a"]}}}}, "issue 'Fund' has one value twice"),
        ({"domain": {"issuesValues": {"Fund": {"values": [*range(90_000)]}}}}, "'Fund' has 90000 values. Give at most"),
        (
            {
                "domain": None,
                "issueUtilities": {"Fund": {"discreteutils": {"valueUtilities": {str(k): 0 for k in range(90_000)}}}},
            },
            "'Fund' has 90000 values. Give at most 1,000.",
        ),
        ({"domain": {"issuesValues": {"Years": {"range": [1, 3, 0]}}}}, "issue 'Years' has no range of numbers"),
        ({"domain": {"issuesValues": {"Years": {"range": [1, 1e9, 0.1]}}}}, "has more than 1,000 levels"),
        ({"domain": {"issuesValues": {"Years": {"range": [1, 4, 1]}}}}, "a range beyond its lowValue and highValue"),
        (
            {
                "issueUtilities": {
                    **profile()["issueUtilities"],
                    "Fund": {"discreteutils": {"valueUtilities": {"small": 2}}},
                }
            },
            "value 'small' of issue 'Fund' has no utility from 0 to 1",
        ),
    ],
)
def test_what_is_wrong_with_a_profile_is_said_with_its_cure(changed: dict[str, Any], what: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(**changed)
    assert what in str(caught.value)
    assert "North.json" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"[1]", "is no GeniusWeb profile"),
        (b"{", "is not JSON at line 1"),
        (b"\xff{}", "is not UTF-8"),
        (b'{"SumOfGroupsUtilitySpace": {}}', "holds 'SumOfGroupsUtilitySpace' where 'LinearAdditiveUtilitySpace'"),
        (b'{"a": 1, "a": 2}', "says 'a' twice in one place"),
        (b'{"a": NaN}', "holds NaN, which is no number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number of too many digits"),
        (b'{"a":' * 100_000, "is nested too deeply"),
        (b"{}", "holds nothing where"),
    ],
)
def test_what_is_no_profile_is_refused(content: bytes, what: str) -> None:
    with pytest.raises(FormatError, match=r"North\.json") as caught:
        geniusweb.read([Source("North.json", content)])
    assert what in str(caught.value)
