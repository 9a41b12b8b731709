"""What happens without a deal is asked in every world, from a draft that can be written out and edited."""

import json
from pathlib import Path

import numpy as np
import pytest

from detente.analyses.stability import stability
from detente.brief.document import sentences
from detente.brief.no_agreement import NoAgreement, in_force
from detente.desk import no_agreement
from detente.errors import BoardError, UsageError
from detente.situation.nouns import Effect, Move, Party, Preference, Situation, Table, Threat, Tie, Trigger
from detente.situation.paths import with_value
from detente.situation.store import load
from detente.situation.values import Basis, Range

ENTERED = Basis(kind="entered", by="the test")
DRAWS = (64, 3)


def point(value: float) -> Range:
    return Range.point(value, ENTERED)


def river(*effects: Effect, preferences: tuple[Preference, ...] = ()) -> Situation:
    """A dam, a delta, an ally of the dam that could close the gates as well, and one conditional threat."""
    return Situation(
        title="Gates",
        parties=tuple(Party(id=p, name=p.capitalize()) for p in ("dam", "delta", "friend")),
        tables=(Table(id="talks", name="talks on the gates", consent=("dam", "delta")),),
        ties=(Tie(id="pact", kind="ally", source="friend", target="dam"),),
        threats=(
            Threat(
                id="answer",
                by="delta",
                against="dam",
                action="retaliate",
                condition="if the dam strikes",
                trigger=Trigger(actor="dam", action="strike"),
                basis=ENTERED,
            ),
        ),
        effects=(
            Effect(party="dam", move="dam-concede", value=point(-40)),
            Effect(party="delta", move="delta-concede", value=point(-40)),
            *effects,
        ),
        preferences=preferences,
    )


@pytest.fixture(scope="module")
def found() -> NoAgreement:
    return no_agreement.ask_no_agreement(river(), draws=DRAWS)


def test_the_conditional_threat_is_an_answer_in_the_conflict(found: NoAgreement) -> None:
    answer = next(m for m in found.drafted.moves if (m.by, m.action) == ("delta", "retaliate"))
    strike = next(m for m in found.drafted.moves if (m.by, m.action) == ("dam", "strike"))
    assert answer.after == (strike.id,)
    for one in found.worlds:
        states = [set(in_force(one.outside, s)) for s in range(one.outside.conflict.count)]
        assert all(strike.id in s for s in states if answer.id in s)


def test_the_ally_that_can_strike_alone_is_a_player_and_no_threat_covers_it(found: NoAgreement) -> None:
    assert all("friend" in one.outside.conflict.players for one in found.worlds)
    covered = {(c.actor, c.action): c.answered_by for c in found.coverage}
    assert covered["dam", "strike"] == ("answer",)
    assert covered["friend", "strike"] == ()


def test_where_force_pays_the_ally_leaves_todays_state_and_the_one_that_is_named_does_not(found: NoAgreement) -> None:
    force = found.worlds[-1]
    at = force.stability.concepts.index("seq")
    assert not force.stability.equilibrium[at, force.outside.today]
    named = force.stability.reason("seq", "dam", force.outside.today)
    ally = force.stability.reason("seq", "friend", force.outside.today)
    assert named is not None
    assert ally is not None
    assert named.stable
    assert not ally.stable
    said = no_agreement.write(found, ())
    text = " ".join(s.text for s in sentences(said))
    assert "friend gains by a strike against delta" in text.lower()
    assert "no stated threat covers a strike by friend against delta, were it to act alone" in text.lower()


def test_what_is_told_of_today_is_what_stability_says_draw_by_draw(found: NoAgreement) -> None:
    for one in found.worlds:
        assert one.steady is not None
        assert one.steady.certificate.holds
        assert one.stability.certificate.holds
        assert one.ways.certificate.holds


def test_an_entered_effect_turns_the_answer() -> None:
    calm = Effect(party="friend", move="friend-strike", value=point(-30))
    asked = no_agreement.ask_no_agreement(river(calm), draws=DRAWS)
    force = asked.worlds[-1]
    at = force.stability.concepts.index("seq")
    assert force.stability.equilibrium[at, force.outside.today]


def test_a_written_draft_is_asked_with_the_same_answers(found: NoAgreement, tmp_path: Path) -> None:
    no_agreement.save_draft(found, tmp_path / "draft.yaml")
    again = no_agreement.ask_no_agreement(load(tmp_path / "draft.yaml"), draws=DRAWS)
    first, second = (json.loads(no_agreement.as_json(f)) for f in (found, again))
    assert {k for k in first if first[k] != second[k]} <= {"fingerprint"}


def test_an_edit_of_the_draft_is_honoured(found: NoAgreement) -> None:
    path = next(f"{e.party}.{e.move}.effect.force" for e in found.drafted.effects if e.party == "friend" and e.world)
    edited = no_agreement.ask_no_agreement(with_value(found.drafted, path, point(-30)), draws=DRAWS)
    at = edited.worlds[-1].stability.concepts.index("seq")
    assert edited.worlds[-1].stability.equilibrium[at, edited.worlds[-1].outside.today]


def test_a_world_that_stated_preferences_leave_nothing_of_is_ruled_out() -> None:
    never = Preference(party="friend", prefers=(), over=("friend-strike",), strength="prefers")
    move = Move(id="friend-strike", by="friend", action="strike", against="delta")
    situation = river(
        Effect(party="friend", move="friend-strike", world="force", value=point(30)), preferences=(never,)
    ).model_copy(update={"moves": (move,)})
    asked = no_agreement.ask_no_agreement(situation, draws=DRAWS)
    assert asked.ruled_out == ("force",)
    assert [one.world for one in asked.worlds] == ["drift", "squeeze"]


def test_the_best_guess_that_goes_against_a_preference_gives_way_to_the_centre_of_what_is_left() -> None:
    wary = Preference(party="dam", prefers=(), over=("dam-strike",))
    asked = no_agreement.ask_no_agreement(river(preferences=(wary,)), draws=(256, 3))
    for one in asked.worlds:
        p = one.outside.conflict.players.index("dam")
        struck = next(s for s in range(one.outside.conflict.count) if in_force(one.outside, s) == ("dam-strike",))
        assert one.outside.conflict.preference[p, struck] < 0


def test_computed_values_stand_on_the_table_and_are_told() -> None:
    situation = river()
    asked = no_agreement.ask_no_agreement(situation, draws=DRAWS)
    rows = no_agreement.with_computed(situation, asked).table("talks").no_deal
    assert {row.party for row in rows} == {"dam", "delta"}
    assert asked.values is not None
    np.testing.assert_allclose([r.value.best for r in rows], asked.values.mean.mean(axis=(0, 1)), atol=0.051)


def test_each_sentence_rests_on_something_and_no_end_has_a_probability(found: NoAgreement) -> None:
    for sentence in sentences(no_agreement.write(found, ())):
        assert sentence.refs, sentence.text
        for before, _, after in (sentence.text.partition("%"),):
            assert not _ or after.strip().startswith("of"), before


def test_the_text_alone_supplies_no_move() -> None:
    bare = river().model_copy(update={"effects": ()})
    asked = no_agreement.ask_no_agreement(bare, extent="text", draws=DRAWS)
    assert not [m.id for m in asked.drafted.moves if m.basis.kind == "supplied"]


@pytest.mark.parametrize("world", ["drift", "squeeze", "force"])
def test_the_conflict_and_the_crises_of_a_world_are_those_that_are_asked(found: NoAgreement, world: str) -> None:
    one = next(w for w in found.worlds if w.world == world)
    again = stability(no_agreement.conflict_in(found.situation, one.world), concepts=("seq",))
    at = one.stability.concepts.index("seq")
    np.testing.assert_array_equal(again.equilibrium[0], one.stability.equilibrium[at])
    games = no_agreement.crises_in(found.situation, one.world)
    assert {g.players for g in games} == {(c.dyad.challenger, c.dyad.target) for c in found.crises}


def test_what_cannot_be_asked_is_said_with_its_cure() -> None:
    with pytest.raises(BoardError, match="Add a threat"):
        no_agreement.ask_no_agreement(Situation(title="Nothing"), draws=DRAWS)
    with pytest.raises(UsageError, match="nash, gmr, smr, seq, sim"):
        no_agreement.ask_no_agreement(river(), concept="wishful", draws=DRAWS)
    with pytest.raises(BoardError, match="Its tables: talks"):
        no_agreement.ask_no_agreement(river(), table="summit", draws=DRAWS)
