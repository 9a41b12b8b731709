"""Past negotiations: every number says where it comes from, no answer knows the outcome, and scores are as defined."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detente.backtest.history import (
    BASE_RATE,
    CLASS_RATE,
    EXISTS,
    MEAN,
    MEDIAN,
    MIDDLE,
    NASH,
    STOOD,
    Chance,
    TalksTrial,
    distance,
    in_world,
    mean_scores,
    share_of,
    try_talks,
)
from detente.backtest.past_talks import Event, PastTalks
from detente.backtest.permuted import MEASURES, Mixing, mixed, placebo
from detente.ensemble import Drawing
from detente.errors import SituationError, UsageError
from detente.formats import icb
from detente.formats.outcome import read_outcome
from detente.formats.published import read as published
from detente.formats.published.shape import Division
from detente.formats.score_table import Source
from detente.situation.check import check
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation, Stance
from detente.situation.paths import inputs
from detente.situation.rules import RULES
from detente.situation.store import load
from detente.situation.values import Basis

ROOT = Path(__file__).resolve().parents[2]
HISTORY = ROOT / "cases" / "history"
NAMES = ("camp-david-1978", "falklands-1982", "iran-hostages-1979", "north-korea-1994", "panama-1974")
CODER = "one coder, in hindsight"
DRAWS = 24
SWEPT = ("hardness-swept", "tie-weight-swept")


def talks(name: str) -> PastTalks:
    text = (HISTORY / name / "outcome.yaml").read_text(encoding="utf-8")
    return PastTalks(name, load(HISTORY / name / "situation.yaml"), read_outcome(text))


@pytest.fixture(scope="module")
def every() -> dict[str, PastTalks]:
    return {name: talks(name) for name in NAMES}


@pytest.fixture(scope="module")
def tried(every: dict[str, PastTalks]) -> dict[str, TalksTrial]:
    return {name: try_talks(every[name], drawing=Drawing(DRAWS, 1)) for name in NAMES if name != "panama-1974"}


def test_the_five_cases_are_there_and_nothing_else() -> None:
    assert sorted(p.name for p in HISTORY.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_a_full_situation_without_faults(every: dict[str, PastTalks], name: str) -> None:
    situation = every[name].situation
    assert check(situation) == ()
    for part in ("parties", "issues", "stances", "tables", "ties", "threats", "moves", "demands", "incidents"):
        assert getattr(situation, part), part
    assert all(issue.landmarks and issue.options for issue in situation.issues)
    assert any(stance.red_line is not None for stance in situation.stances)
    assert "hindsight" in str(situation.note).casefold()


@pytest.mark.parametrize("name", NAMES)
def test_every_number_says_who_entered_it_and_from_what(every: dict[str, PastTalks], name: str) -> None:
    found = inputs(every[name].situation)
    assert len(found) >= 50
    wrong = [one.path for one in found if not sourced(one.value.basis)]
    assert wrong == []
    swept = {one.path for one in found if one.value.basis.kind == "assumed"}
    assert swept == {p for p in (i.path for i in found) if p.endswith((".hardness", ".weight"))}, "and nothing else"


def sourced(basis: Basis) -> bool:
    if basis.kind == "assumed":
        return basis.rule in SWEPT and basis.rule in RULES
    return basis.kind == "entered" and basis.by == CODER and said(basis.note)


def said(note: str | None) -> bool:
    """A work with its year, something dated, or that it was public and the number is the coder's; and from memory."""
    return note is not None and (note.endswith("is the coder's.") or "from memory" in note or "coder's" in note)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_case_is_later_than_its_day(every: dict[str, PastTalks], name: str) -> None:
    one = every[name]
    day = one.situation.as_of
    assert day is not None
    assert day < one.outcome.ended
    held = [m.date for m in one.situation.meetings if m.status == "held"]
    dated = [*held, *(i.date for i in one.situation.incidents)]
    assert all(d is not None and d <= day for d in dated)


@pytest.mark.parametrize("name", NAMES)
def test_an_outcome_is_about_its_case(every: dict[str, PastTalks], name: str) -> None:
    one = every[name]
    parties, issues = {p.id for p in one.situation.parties}, {i.id for i in one.situation.issues}
    assert {*one.outcome.blocked_by, *filter(None, [one.outcome.force_by])} <= parties
    assert set(one.outcome.blocked_on) <= issues
    assert one.outcome.sources
    assert bool(one.outcome.settled) == one.outcome.agreed
    assert {t.issue for t in one.outcome.settled} in ({*issues}, set())
    for terms in one.outcome.settled:
        low, high = terms.interval
        least, most = one.situation.issue(terms.issue).scale
        assert least <= low <= terms.at <= high <= most


@pytest.mark.parametrize(("name", "times"), [("panama-1974", 4.0), ("camp-david-1978", 1.6)])
def test_published_points_are_the_saliences(every: dict[str, PastTalks], name: str, times: float) -> None:
    table = {"panama-1974": "panama", "camp-david-1978": "camp-david"}[name]
    case = published((ROOT / "cases" / "brams1996" / f"{table}.yaml").read_text(encoding="utf-8"), name=table)
    assert isinstance(case, Division)
    for issue, points in case.points.items():
        for party, value in zip(case.parties, points, strict=True):
            stance = every[name].situation.stance(party, issue)
            assert stance is not None
            assert stance.salience.best == pytest.approx(times * value)
            assert table in str(stance.salience.basis.note)


def test_the_data_set_of_crises_says_the_same(every: dict[str, PastTalks], shared_dir: Path) -> None:
    content = (shared_dir / "data" / "outlook" / "icb1v14.csv").read_bytes()
    crises = {int(c.number): c for c in icb.read(Source("icb1v14.csv", content)).crises}
    numbered = {one.name: one for one in every.values() if one.outcome.crisis is not None}
    assert {n: one.outcome.crisis for n, one in numbered.items()} == {
        "falklands-1982": 336,
        "iran-hostages-1979": 309,
        "north-korea-1994": 408,
    }
    for one in numbered.values():
        crisis = crises[one.outcome.crisis or 0]
        assert crisis.agreement == one.outcome.agreed
        assert crisis.ended == one.outcome.ended.year
        assert crisis.mediated == ("mediated" in one.outcome.classes)


def test_no_answer_depends_on_the_outcome(every: dict[str, PastTalks]) -> None:
    one = every["north-korea-1994"]
    other = every["iran-hostages-1979"].outcome
    turned = one.outcome.model_copy(
        update={
            "agreed": False,
            "force": "war",
            "blocked_by": (),
            "what": other.what,
            "settled": one.outcome.settled[:1],
        }
    )
    first, second = (
        try_talks(PastTalks(one.name, one.situation, o), drawing=Drawing(8, 2)) for o in (one.outcome, turned)
    )
    assert first.standing == second.standing
    assert [c.value for c in first.chances if c.kind == "model"] == [
        c.value for c in second.chances if c.kind == "model"
    ]
    assert {p.way: p.level[0] for p in first.predicted} == {p.way: p.level[0] for p in second.predicted}


def test_only_the_backtest_reads_an_outcome() -> None:
    reading = re.compile(r"outcome\.yaml|formats\.outcome\b|past_talks\b")
    found = {p for p in (ROOT / "src").rglob("*.py") if reading.search(p.read_text(encoding="utf-8"))}
    told = {p.relative_to(ROOT / "src" / "detente").as_posix() for p in found}
    assert told == {
        "backtest/history.py",
        "backtest/permuted.py",
        "brief/history.py",
        "desk/history.py",
        "formats/outcome.py",
    }


def test_a_case_is_the_one_that_the_scores_are_told_of(every: dict[str, PastTalks]) -> None:
    page = (ROOT / "docs" / "backtest.md").read_text(encoding="utf-8")
    missing = [name for name, one in every.items() if fingerprint(one.situation)[:12] not in page]
    assert missing == [], "a coding was changed: run the backtest again, and say on the page what was changed and why"


@pytest.mark.slow
def test_the_page_says_what_comes_out(every: dict[str, PastTalks]) -> None:
    page = (ROOT / "docs" / "backtest.md").read_text(encoding="utf-8").partition("## Negotiations coded by hand")[2]
    trials = [try_talks(one, drawing=Drawing(512, 20260208)) for one in every.values()]
    chances = [c for trial in trials for c in trial.chances]
    events: tuple[Event, ...] = ("agreement", "force", "war")
    scores = [
        f"{value:.3f}" for e in events for s in mean_scores([c for c in chances if c.event == e]) for value in s[1:]
    ]
    means = [f"{100 * p.mean:.1f}" for trial in trials for p in trial.predicted]
    assert [told for told in (*scores, *means) if told not in page] == []


def test_the_falklands_are_blocked_at_the_best_guess(tried: dict[str, TalksTrial]) -> None:
    standing = tried["falklands-1982"].standing
    assert len(standing) == 3
    assert not any(one.deal for one in standing)
    assert {*standing[-1].issues} == {"administration", "sovereignty"}
    assert {*standing[-1].parties} == {"united-kingdom", "argentina"}


def test_a_condition_blocks_where_history_says_it_did(tried: dict[str, TalksTrial]) -> None:
    for name, issue in (("iran-hostages-1979", "shah"), ("north-korea-1994", "past")):
        first, *others = tried[name].standing
        assert first.deal
        assert {s.issues for s in others if not s.deal} == {(issue,)}


def test_every_forecaster_is_scored_on_every_event(tried: dict[str, TalksTrial]) -> None:
    worlds = [in_world(w) for w in ("drift", "squeeze", "force")]
    for one in tried.values():
        by_event = {e: [c.forecaster for c in one.chances if c.event == e] for e in ("agreement", "force", "war")}
        assert by_event["agreement"] == [CLASS_RATE, BASE_RATE, EXISTS, *worlds]
        assert by_event["force"] == by_event["war"] == [BASE_RATE, *worlds]
        ways = [p.way for p in one.predicted]
        wanted = [STOOD, MIDDLE, MEAN, NASH, MEDIAN, *worlds] if one.talks.outcome.agreed else []
        assert ways == wanted
        for c in one.chances:
            assert 0 < c.value < 1
            assert c.brier == pytest.approx((c.value - c.happened) ** 2)
            assert c.log_loss == pytest.approx(-np.log(c.value if c.happened else 1 - c.value))


def test_a_case_is_taken_out_of_its_own_class(tried: dict[str, TalksTrial]) -> None:
    found = {(n, c.forecaster): c for n, t in tried.items() for c in t.chances if c.event == "agreement"}
    assert (found["camp-david-1978", CLASS_RATE].count, found["camp-david-1978", CLASS_RATE].of) == (84, 135)
    assert (found["iran-hostages-1979", CLASS_RATE].count, found["iran-hostages-1979", CLASS_RATE].of) == (83, 134)
    assert (found["falklands-1982", CLASS_RATE].count, found["falklands-1982", CLASS_RATE].of) == (84, 134)
    assert (found["falklands-1982", BASE_RATE].count, found["falklands-1982", BASE_RATE].of) == (136, 376)
    assert found["north-korea-1994", CLASS_RATE].among == "international crises 1946 to 2017", (
        "nobody mediated that day"
    )


def test_distance_is_to_the_interval_on_the_scale(every: dict[str, PastTalks]) -> None:
    panama = every["panama-1974"]
    far = dict(zip((t.issue for t in panama.outcome.settled), distance(panama, {"compensation": 20.0}), strict=True))
    assert far["compensation"] == pytest.approx(30 / 75)
    assert far["land-and-water"] == pytest.approx(0.55), "what is not named stays as it stood"
    assert far["use-rights"] == pytest.approx(0.3)
    own = {t.issue: t.at for t in panama.outcome.settled}
    assert sum(distance(panama, own)) == 0


def test_scores_are_means_over_cases_and_shares_are_never_sure() -> None:
    def made(value: float, happened: bool) -> Chance:
        return Chance(
            case="a", event="war", forecaster="f", kind="model", value=value, bounds=None, count=1, of=1, among="draws",
            happened=happened, brier=(value - happened) ** 2, log_loss=1.0,
        )  # fmt: skip

    assert mean_scores([made(0.5, True), made(1.0, False)]) == (("f", 0.625, 1.0),)
    assert 0 < share_of(0, 8) < share_of(8, 8) < 1


def stances(cases: tuple[PastTalks, ...]) -> Iterator[tuple[str, Stance]]:
    for one in cases:
        consent = one.situation.table(one.table).consent
        yield from ((one.name, s) for s in one.situation.stances if s.party in consent)


@pytest.mark.parametrize("mixing", ["within", "between"])
def test_mixing_moves_whole_stances_and_nothing_else(every: dict[str, PastTalks], mixing: Mixing) -> None:
    cases = tuple(every.values())
    found = mixed(cases, mixing, rng=np.random.default_rng(3))
    before, after = list(stances(cases)), list(stances(found))
    assert [(n, s.party, s.issue) for n, s in before] == [(n, s.party, s.issue) for n, s in after]
    assert sorted(s.salience.best for _, s in before) == sorted(s.salience.best for _, s in after)
    assert [s.salience.best for _, s in before] != [s.salience.best for _, s in after]
    for one, other in zip(cases, found, strict=True):
        assert other.outcome == one.outcome
        assert other.situation.model_copy(update={"stances": one.situation.stances}) == one.situation
        assert not [p for p in check(other.situation) if p.severity == "fault"]
    if mixing == "within":
        for name, issue in {(n, s.issue) for n, s in before}:
            told = [{s.salience for n, s in some if (n, s.issue) == (name, issue)} for some in (before, after)]
            assert told[0] == told[1]


def test_a_placebo_ranks_the_coding_among_mixed_ones(every: dict[str, PastTalks]) -> None:
    two = [every["camp-david-1978"], every["falklands-1982"]]
    found, again = (placebo(two, "between", count=3, draws=8, seed=5) for _ in range(2))
    assert found.scores.shape == (3, len(MEASURES))
    np.testing.assert_array_equal(found.scores, again.scores)
    assert all(1 <= rank <= 4 for rank in found.ranks)
    alike = replace(found, scores=np.stack([found.own + 1, found.own, found.own - 1]))
    assert alike.ranks == (3, 3, 3)
    with pytest.raises(UsageError, match="no case"):
        placebo([], "within", count=1, seed=1)


def test_an_outcome_that_fits_no_case_is_refused(every: dict[str, PastTalks]) -> None:
    one = every["falklands-1982"]
    strange = every["panama-1974"].outcome
    with pytest.raises(UsageError, match="none of its issues"):
        try_talks(PastTalks("a", one.situation, strange), drawing=Drawing(4, 1))
    bare = Situation(title="t")
    with pytest.raises(UsageError, match="no table"):
        try_talks(PastTalks("a", bare, one.outcome), drawing=Drawing(4, 1))
    with pytest.raises(SituationError, match=r"line 1, agreed: field required(.|\n)*line 1, agred: extra"):
        read_outcome("agred: true\nevent: a", name="gulf.yaml")
    with pytest.raises(SituationError, match="empty"):
        read_outcome("")
