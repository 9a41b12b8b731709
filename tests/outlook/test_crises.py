"""The crisis of a dyad is put together from what moves are worth, and every equilibrium of it is kept."""

import numpy as np
import pytest

from detente.boards.outside.dyads import Dyad
from detente.boards.outside.worlds import WORLDS
from detente.ensemble import draw_inputs
from detente.outlook.crises import Escalation, answering, escalation, worth_of
from detente.outlook.no_deal import no_deal_values, with_no_deal_values
from detente.situation.nouns import Effect, Move, Situation, Table, Threat
from detente.situation.values import Basis, Range

ASSUMED = Basis(kind="assumed", rule="test")
DYAD = Dyad(challenger="dam", target="delta", challenge="dam-fill", concede="delta-yield")


def spread(low: float, best: float, high: float) -> Range:
    return Range(low=low, best=best, high=high, basis=ASSUMED)


def worth(party: str, move: str, best: float, *, given: str | None = None, width: float = 0.0) -> Effect:
    return Effect(party=party, move=move, given=given, value=spread(best - width, best, best + width))


def standoff(*effects: Effect, threats: tuple[Threat, ...] = ()) -> Situation:
    return Situation(
        title="A dam and a delta",
        tables=(Table(id="talks", name="talks", consent=("dam", "delta")),),
        threats=threats,
        moves=(
            Move(id="dam-fill", by="dam", action="strike", against="delta"),
            Move(id="delta-answer", by="delta", action="strike", against="dam", after=("dam-fill",)),
            Move(id="friend-answer", by="friend", action="join-in", against="dam", after=("dam-fill",)),
            Move(id="delta-yield", by="delta", action="concede", against="dam", undone_by=("delta",)),
        ),
        effects=effects,
    )


PLAIN = standoff(
    worth("dam", "delta-yield", 40, width=10),
    worth("delta", "delta-yield", -30, width=10),
    worth("dam", "dam-fill", 10, width=5),
    worth("delta", "dam-fill", -50, width=5),
    worth("dam", "delta-answer", -25, width=5),
    worth("delta", "delta-answer", 8, width=5),
    worth("dam", "friend-answer", -5),
    worth("dam", "delta-answer", -3, given="friend-answer"),
)


def asked(situation: Situation, *, count: int = 64, seed: int = 5) -> list[Escalation]:
    draws = draw_inputs(situation, count, seed=seed)
    return [
        escalation(situation, DYAD, world, draws=draws, kept=np.ones(count, dtype=bool), seed=seed) for world in WORLDS
    ]


def test_everything_that_waits_for_the_challenge_answers_it_but_not_by_the_challenger() -> None:
    own = Move(id="dam-more", by="dam", action="strike", against="delta", after=("dam-fill",))
    assert answering(PLAIN.model_copy(update={"moves": (*PLAIN.moves, own)}), DYAD) == ("delta-answer", "friend-answer")


def test_standing_firm_is_worth_the_challenge_and_all_answers_and_what_they_are_worth_together() -> None:
    best = asked(PLAIN)[0].best
    war = {"dam": 10 - 25 - 5 - 3, "delta": -50 + 8}
    for party, points in war.items():
        made = ("dam-fill", "delta-answer", "friend-answer")
        assert worth_of(PLAIN, "drift", party, made, draws=None) == pytest.approx(points)
    assert best.certificate.holds


@pytest.mark.parametrize("world", WORLDS)
def test_payoffs_are_those_of_the_draws(world: str) -> None:
    one = next(o for o in asked(PLAIN) if o.world == world)
    draws = draw_inputs(PLAIN, 64, seed=5)
    assert (one.payoff[:, 0] == 0).all()
    np.testing.assert_allclose(one.payoff[:, 1, 0], draws["dam.delta-yield.effect"])
    np.testing.assert_allclose(one.payoff[:, 1, 1], draws["delta.delta-yield.effect"])
    np.testing.assert_allclose(one.game.payoff * one.stake[:, None, None], one.payoff)
    assert (one.payoff[:, 2, 0] <= 0).all()
    assert (one.payoff[:, 2, 1] >= 0).all()


def test_an_effect_of_one_world_counts_in_that_one_alone() -> None:
    only = Effect(party="dam", move="dam-fill", world="force", value=spread(99, 99, 99))
    found = {o.world: o.payoff[:, 3, 0] for o in asked(standoff(only))}
    assert (found["force"] == 99).all()
    assert not found["drift"].any()


def test_what_the_situation_says_of_backing_down_replaces_what_the_world_assumes() -> None:
    said = Threat(id="fill", by="dam", against="delta", action="strike", audience_cost=spread(7, 7, 7))
    assert all((one.payoff[:, 2, 0] == -7).all() for one in asked(standoff(threats=(said,))))


def test_the_same_seed_gives_the_same_crises_and_more_draws_begin_with_the_same() -> None:
    first, again, longer = asked(PLAIN)[1], asked(PLAIN)[1], asked(PLAIN, count=96)[1]
    np.testing.assert_array_equal(first.payoff, again.payoff)
    np.testing.assert_array_equal(first.payoff, longer.payoff[:64])


def priced(situation: Situation) -> tuple[list[Escalation], np.ndarray, np.ndarray, np.ndarray]:
    found, draws = asked(situation), draw_inputs(situation, 64, seed=5)
    values = no_deal_values(situation, found, ["dam", "delta", "friend"], draws=draws, count=64)
    return found, values.mean, values.low, values.high


def test_no_deal_is_what_the_ends_are_worth_by_their_probabilities() -> None:
    found, mean, low, high = priced(PLAIN)
    assert (low <= mean + 1e-9).all()
    assert (mean <= high + 1e-9).all()
    single = found[0].found.count == 1
    outcome = found[0].found.outcome[:, 0]
    np.testing.assert_allclose(mean[0, single, 0], (outcome * found[0].payoff[:, :, 0]).sum(axis=1)[single])
    np.testing.assert_allclose(low[0, single], high[0, single])


def test_who_is_no_side_of_a_crisis_still_has_what_its_ends_bring() -> None:
    bystander = standoff(*PLAIN.effects, worth("friend", "dam-fill", -20))
    found, mean, _, _ = priced(bystander)
    single = found[0].found.count == 1
    np.testing.assert_allclose(mean[0, single, 2], -20 * found[0].found.outcome[single, 0, 3])


def test_several_equilibria_are_a_range_and_are_counted() -> None:
    said = Threat(id="fill", by="dam", against="delta", action="strike", audience_cost=spread(37, 37, 37))
    several = standoff(
        worth("dam", "delta-yield", 11),
        worth("delta", "delta-yield", -7),
        worth("dam", "dam-fill", -57),
        worth("delta", "dam-fill", -104),
        threats=(said,),
    )
    found = [one for one in asked(several) if one.world == "drift"]
    values = no_deal_values(several, found, ["dam", "delta"], draws=draw_inputs(several, 64, seed=5), count=64)
    assert values.several.any()
    assert (values.high - values.low)[values.several].max() > 1
    assert not (values.high - values.low)[~values.several].any()


def test_the_values_are_put_on_the_table_with_their_rule() -> None:
    found = asked(PLAIN)
    values = no_deal_values(PLAIN, found, ["dam", "delta"], draws=draw_inputs(PLAIN, 64, seed=5), count=64)
    rows = with_no_deal_values(PLAIN, "talks", values).table("talks").no_deal
    assert [r.party for r in rows] == ["dam", "delta"]
    assert all(r.value.low <= r.value.best <= r.value.high for r in rows)
    assert {(r.basis.kind, r.basis.rule) for r in rows} == {("supplied", "no-deal-computed")}


def test_draws_that_go_against_a_stated_preference_count_nowhere() -> None:
    draws, kept = draw_inputs(PLAIN, 64, seed=5), np.arange(64) % 2 == 0
    found = [escalation(PLAIN, DYAD, world, draws=draws, kept=kept, seed=5) for world in WORLDS]
    values = no_deal_values(PLAIN, found, ["dam", "delta"], draws=draws, count=64)
    whole = no_deal_values(PLAIN, asked(PLAIN), ["dam", "delta"], draws=draws, count=64)
    assert np.isnan(values.mean[:, ~kept]).all()
    np.testing.assert_allclose(values.mean[:, kept], whole.mean[:, kept])
    assert values.ranges()[0].best == pytest.approx(whole.mean[:, kept, 0].mean(), abs=0.051)
