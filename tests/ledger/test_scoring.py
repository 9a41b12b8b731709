"""The table of scores holds what one works out by hand, with intervals from clusters, on the questions of both."""

import math
import time

import numpy as np
import pytest
from tests.ledger.written import LATE, beside, came, kept, opened, quantiles, rows, said

from detente.errors import AnalysisError
from detente.ledger.book import Book, book
from detente.ledger.columns import CLIMATOLOGY, ONE_HALF, Columns, LeftOut, Moment, columns
from detente.ledger.entries import Entry
from detente.ledger.scoring import SCORES, Score, Scored, score
from detente.scores import brier, cluster_means, estimate, log_loss, resample


def scored(held: Book, *, moment: Moment = "first", retrospective: bool = False, clip: float = 0.01) -> Scored:
    found = columns(held, at=moment, retrospective=retrospective)
    return score(found, clip=clip, draws=200)


def mean(found: Scored, name: str, what: Score) -> float:
    track = found.track(name)
    assert track is not None
    measured = track.of(what)
    assert measured is not None
    return measured.mean.value


def four() -> Book:
    """Four questions in two clusters; Ann speaks of all, Bob of the first two, the crowd of the first three."""
    names, outcomes = ("a", "b", "c", "d"), ("yes", "no", "yes", "no")
    entries: list[Entry] = [
        opened(n, cluster="x" if n in "ab" else "y", topics=("talks",) if n in "abc" else ("force",)) for n in names
    ]
    chances = zip(names, (0.8, 0.4, 0.6, 0.1), (0.5, 0.2, 0.9, None), strict=True)
    entries += [
        said(p, of=n, comparisons=() if crowd is None else (beside("crowd", crowd),)) for n, p, crowd in chances
    ]
    entries += [said(0.9, of="a", by="Bob"), said(0.7, of="b", by="Bob")]
    return kept(*entries, *(came(outcome, of=n) for n, outcome in zip(names, outcomes, strict=True)))


def test_nothing_comes_of_nothing() -> None:
    found = scored(kept(opened(), said()))
    assert (found.tracks, found.differences, found.questions, found.left_out.unresolved) == ((), (), 0, 1)


def test_everybody_is_scored_on_what_they_spoke_of() -> None:
    found = scored(four())
    assert [(t.name, t.questions, t.clusters, t.reference) for t in found.tracks] == [
        ("Ann", 4, 2, False),
        ("Bob", 2, 1, False),
        ("crowd", 3, 2, True),
        (ONE_HALF, 4, 2, True),
        (CLIMATOLOGY, 4, 2, True),
    ]


def test_scores_are_those_worked_out_by_hand() -> None:
    found = scored(four())
    assert mean(found, "Ann", "brier") == pytest.approx((0.04 + 0.16 + 0.16 + 0.01) / 4)
    assert mean(found, "Bob", "brier") == pytest.approx((0.01 + 0.49) / 2)
    assert mean(found, "Ann", "log") == pytest.approx(-math.log(0.8 * 0.6 * 0.6 * 0.9) / 4)
    assert mean(found, "Ann", "baseline") == pytest.approx(100 * (math.log2(0.8 * 0.6 * 0.6 * 0.9) / 4 + 1))
    assert mean(found, ONE_HALF, "baseline") == pytest.approx(0)
    assert mean(found, ONE_HALF, "brier") == pytest.approx(0.25)


def test_peers_are_those_who_spoke_of_the_same_question() -> None:
    found = scored(four())
    # a: Ann .8, crowd .5, Bob .9; b: .6, .8, .3; c: .6, .9 without Bob; d: Ann alone.
    by_question = [
        math.log(0.8) - (math.log(0.5) + math.log(0.9)) / 2,
        math.log(0.6) - (math.log(0.8) + math.log(0.3)) / 2,
        math.log(0.6) - math.log(0.9),
    ]
    assert mean(found, "Ann", "peer") == pytest.approx(100 * sum(by_question) / 3)
    track = found.track("Ann")
    assert track is not None
    peer = track.of("peer")
    assert peer is not None
    assert peer.questions == 3
    half = found.track(ONE_HALF)
    assert half is not None
    assert half.of("peer") is None, "what is worked out is nobody's peer"


def test_one_case_does_not_decide_everything() -> None:
    held = kept(opened(), said(0.0), came("yes"))
    assert mean(scored(held), "Ann", "log") == pytest.approx(-math.log(0.01))
    assert mean(scored(held, clip=0.001), "Ann", "log") == pytest.approx(-math.log(0.001))
    assert mean(scored(held), "Ann", "brier") == 1.0
    with pytest.raises(AnalysisError, match="Give a clip above 0"):
        scored(held, clip=0.0)


def test_a_score_is_taken_apart_and_adds_up() -> None:
    track = scored(four()).track("Ann")
    assert track is not None
    parts = track.murphy
    assert parts is not None
    total = parts.reliability - parts.resolution + parts.uncertainty + parts.within
    assert total == pytest.approx((0.04 + 0.16 + 0.16 + 0.01) / 4)
    assert parts.uncertainty == 0.25
    assert [(b.low, b.n, b.rate) for b in track.bins] == [(0.1, 1, 0.0), (0.4, 1, 0.0), (0.6, 1, 1.0), (0.8, 1, 1.0)]
    assert track.discrimination is not None
    assert track.discrimination.difference == pytest.approx(0.7 - 0.25)
    assert track.discrimination.auc == 1.0
    assert track.sharpness is not None
    assert (sum(track.sharpness.counts), track.sharpness.base) == (4, 0.5)


def test_topics_and_horizons_are_scored_apart() -> None:
    track = scored(four()).track("Ann")
    assert track is not None
    assert [(p.name, p.questions, p.clusters) for p in track.by_topic] == [("talks", 3, 2), ("force", 1, 1)]
    assert track.by_topic[0].brier.value == pytest.approx(0.36 / 3)
    assert [(p.name, p.questions) for p in track.by_horizon] == [("31 to 90 days", 4)]


@pytest.mark.parametrize(
    ("closes", "name"),
    [
        (30, "up to 30 days"),
        (31, "31 to 90 days"),
        (90, "31 to 90 days"),
        (91, "91 to 180 days"),
        (180, "91 to 180 days"),
        (181, "over 180 days"),
    ],
)
def test_a_horizon_is_from_the_day_of_the_forecast_to_the_close(closes: int, name: str) -> None:
    track = scored(kept(opened(closes=closes), said(lapses=9), came("yes", on=9))).track("Ann")
    assert track is not None
    assert [part.name for part in track.by_horizon] == [name]


def test_a_difference_is_on_the_questions_of_both() -> None:
    found = scored(four())
    ours = found.against("Ann", "crowd")
    assert ours is not None
    # Ann .04 .16 .16, the crowd .25 .04 .01, on a, b and c.
    assert (ours.questions, ours.clusters) == (3, 2)
    assert ours.difference.value == pytest.approx((0.36 - 0.30) / 3)
    assert ours.skill is not None
    assert ours.skill.value == pytest.approx(1 - 0.36 / 0.30)
    assert found.against("crowd", ONE_HALF) is not None, "a crowd stands beside knowing nothing"
    assert found.against("Ann", "Bob") is None, "authors are measured by references"


def test_a_reference_without_error_leaves_no_skill() -> None:
    found = scored(kept(opened(), said(0.4, comparisons=(beside("oracle", 1.0),)), came("yes")))
    ours = found.against("Ann", "oracle")
    assert ours is not None
    assert ours.difference.value == pytest.approx(0.36)
    assert ours.skill is None


def test_retrospective_forecasts_are_a_table_of_their_own() -> None:
    written = rows((0.5, opened()), (0.5, said(0.2)), (30, said(0.9, as_of=3, by="Bob")), (40, came("yes", on=20)))
    held = book(written, now=LATE)
    in_time, later = scored(held), scored(held, retrospective=True)
    assert (in_time.track("Bob"), later.track("Ann")) == (None, None)
    assert (in_time.retrospective, later.retrospective) == (False, True)
    assert mean(later, "Bob", "brier") == pytest.approx(0.01)


def test_over_time_a_score_is_weighted_by_how_long_each_forecast_stood() -> None:
    # Life 0.25 to 10: .2 stands 2 days, .6 the other 7.75.
    found = scored(kept(opened(), said(0.2), said(0.6, as_of=2), came("yes", on=9)), moment="over-time")
    shares = np.array([2, 7.75]) / 9.75
    assert mean(found, "Ann", "brier") == pytest.approx(shares @ [0.64, 0.16])
    assert mean(found, "Ann", "log") == pytest.approx(-shares @ np.log([0.2, 0.6]))
    track = found.track("Ann")
    assert track is not None
    assert track.coverage == pytest.approx(1.0)
    assert track.bins[0].mean == pytest.approx(shares @ [0.2, 0.6])


def test_over_time_a_question_weighs_as_much_as_it_was_covered() -> None:
    entries: list[Entry] = [opened("a"), opened("b"), said(0.2, of="a"), said(0.6, of="b", as_of=5)]
    held = kept(*entries, came("yes", of="a", on=9), came("yes", of="b", on=9))
    found = scored(held, moment="over-time")
    covered = 4.75 / 9.75
    assert mean(found, "Ann", "brier") == pytest.approx((0.64 + covered * 0.16) / (1 + covered))
    track = found.track("Ann")
    assert track is not None
    assert track.coverage == pytest.approx((1 + covered) / 2)
    at_first = scored(held).track("Ann")
    assert at_first is not None
    assert at_first.coverage == 1.0


def test_other_kinds_have_the_scores_that_fit_them() -> None:
    held = kept(
        opened("steps", kind="ordered", choices=("low", "middle", "high")),
        opened("price", kind="continuous", low=0, high=100),
        said((0.5, 0.3, 0.2), of="steps"),
        said((0.2, 0.3, 0.5), of="steps", by="Bob"),
        quantiles((0.1, 45), (0.9, 55)),
        quantiles((0.1, 10), (0.9, 90), by="Bob"),
        came("low", of="steps"),
        came("value", of="price", value=50),
    )
    found = scored(held)
    assert mean(found, "Ann", "rps") == pytest.approx((0.25 + 0.04) / 2)
    assert mean(found, "Ann", "interval") == pytest.approx(0.1)
    # 0.8 over a tenth of the scale: 8 times an even density; three answers.
    baseline = 100 * (math.log(0.5) / math.log(3) + 1), 50 * math.log(8)
    assert mean(found, "Ann", "baseline") == pytest.approx(sum(baseline) / 2)
    peer = 100 * (math.log(0.5) - math.log(0.2)), 50 * math.log(8)
    assert mean(found, "Ann", "peer") == pytest.approx(sum(peer) / 2)
    assert mean(found, "Bob", "peer") == pytest.approx(-sum(peer) / 2)
    # Twice over 45: F rises from 0 to .1; over 5: from .1 to .5; of 100.
    crps = 2 * (45 * 0.1**2 + 5 * (0.1**2 + 0.1 * 0.5 + 0.5**2)) / 3 / 100
    assert mean(found, "Ann", "crps") == pytest.approx(crps)
    track = found.track("Ann")
    assert track is not None
    assert (track.murphy, track.bins, track.discrimination, track.sharpness) == (None, (), None, None)
    against = found.against("Ann", ONE_HALF, "crps")
    assert against is not None
    assert against.questions == 1


def test_a_table_says_the_same_twice_and_another_seed_moves_only_intervals() -> None:
    found = columns(four(), retrospective=False)
    first, again, other = score(found, draws=100), score(found, draws=100), score(found, draws=100, seed=2)
    assert first == again
    assert [m.mean.value for t in first.tracks for m in t.measured] == [
        m.mean.value for t in other.tracks for m in t.measured
    ]


def many(rows_wanted: int, *, forecasters: int, clusters: int, seed: int = 1) -> Columns:
    """Columns of yes-or-no questions, each spoken of by everybody."""
    rng = np.random.default_rng(seed)
    questions = rows_wanted // forecasters
    happened = rng.random(questions) < 0.3
    question = np.tile(np.arange(questions), forecasters)
    yes = np.round(np.clip(rng.beta(2, 4, question.size) + 0.2 * happened[question], 0, 1), 3)
    none = np.full(question.size, np.nan)
    return Columns(
        at="first",
        retrospective=False,
        questions=tuple(f"q{n}" for n in range(questions)),
        forecasters=tuple(f"f{n}" for n in range(forecasters)),
        clusters=tuple(f"c{n}" for n in range(clusters)),
        topics=("even", "all"),
        left_out=LeftOut(),
        happened=happened,
        cluster=rng.integers(0, clusters, questions),
        choices=np.full(questions, 2),
        marks=np.array([[q, t] for q in range(questions) for t in (0, 1) if t or q % 2 == 0]),
        references=np.array([forecasters - 1]),
        computed=np.array([], dtype=np.int64),
        question=question,
        forecaster=np.repeat(np.arange(forecasters), questions),
        horizon=np.tile(rng.integers(1, 365, questions), forecasters),
        weight=np.ones(question.size),
        later=np.zeros(question.size, dtype=np.bool_),
        yes=yes,
        chance=np.where(happened[question], yes, 1 - yes),
        brier=(yes - happened[question]) ** 2,
        rps=none,
        crps=none,
        interval=none,
        density=none,
    )


def test_an_interval_is_that_of_draws_of_clusters() -> None:
    found = many(300, forecasters=3, clusters=20)
    track = score(found, draws=300, seed=5).tracks[1]
    of = found.forecaster == 1
    cluster = found.cluster[found.question[of]]
    happened = found.happened[found.question[of]]
    by_hand: dict[Score, np.ndarray] = {
        "brier": brier(found.yes[of], happened),
        "log": log_loss(found.yes[of], happened, clip=0.01),
    }
    for name, each in by_hand.items():
        measured = track.of(name)
        assert measured is not None
        slow = estimate(each, resample(cluster, seed=5, draws=300))
        assert (measured.mean.value, measured.mean.low, measured.mean.high) == pytest.approx(
            (slow.value, slow.low, slow.high)
        )
    measured = track.of("brier")
    assert measured is not None
    assert measured.mean == cluster_means(found.brier[of], cluster, seed=5, draws=300)


def test_relabelling_forecasters_changes_nothing_but_their_places() -> None:
    found = many(120, forecasters=3, clusters=9)
    turned = np.array([1, 0, 2])
    other = Columns(**{n: getattr(found, n) for n in found.__slots__} | {"forecaster": turned[found.forecaster]})
    first, second = score(found, draws=50), score(other, draws=50)
    for one, same in ((0, 1), (1, 0), (2, 2)):
        assert first.tracks[one].measured == second.tracks[same].measured


@pytest.mark.slow
def test_a_million_forecasts_are_scored_in_seconds() -> None:
    found = many(1_000_000, forecasters=5, clusters=2_000)
    start = time.perf_counter()
    table = score(found)
    assert time.perf_counter() - start < 15, "5 s where nothing checks shapes and nobody else works"
    assert [len(t.measured) for t in table.tracks] == [4] * 5
    assert set(SCORES[:4]) == {m.score for m in table.tracks[0].measured}
    assert len(table.differences) == 4 * 2
