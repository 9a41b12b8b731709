"""What is laid out: states that can be, utilities that add up, bounds that are met, preferences that are kept."""

import numpy as np
import pytest
from hypothesis import assume, given
from tests.boards.outside.disputes import ENTERED, SEEDS, corners, dispute, island, laid_out, prefers, span, tried

from detente.analyses.stability import stability
from detente.boards.outside.draft import drafted
from detente.boards.outside.lay import LISTED, Outside, outside
from detente.boards.outside.seated import MOST_MOVES, seated
from detente.boards.outside.worlds import STRONGLY, WORLDS
from detente.boards.outside.worth import together, worth
from detente.ensemble import draw_inputs
from detente.errors import BoardError
from detente.situation.nouns import Effect, Move, Situation
from detente.situation.paths import inputs
from detente.situation.values import Basis


def made(board: Outside, state: int) -> frozenset[str]:
    at = board.conflict.states
    return frozenset(m for k, m in enumerate(board.moves) if at.level(k)[state])


def laid(seed: int) -> Situation:
    found = drafted(dispute(seed))
    assume(found.moves)
    try:
        outside(found, "force")
    except BoardError:
        assume(False)
    return found


class TestStates:
    @given(seed=SEEDS)
    @tried
    def test_every_state_obeys_what_excludes_what_and_what_comes_after_what(self, seed: int) -> None:
        found = laid(seed)
        board = outside(found, "drift")
        moves = {m.id: m for m in found.moves}
        for state in range(board.conflict.count):
            now = made(board, state)
            assert not any(now & set(moves[m].excludes) for m in now)
            assert all(now & set(moves[m].after) for m in now if moves[m].after)
        assert made(board, board.today) == {m.id for m in found.moves if m.in_force}

    @given(seed=SEEDS)
    @tried
    def test_only_what_its_maker_can_undo_is_taken_back(self, seed: int) -> None:
        found = laid(seed)
        moves = {m.id: m for m in found.moves}
        for choice in outside(found, "drift").conflict.states.choices:
            assert (choice.direction == "both") == (choice.owner in moves[choice.label].undone_by)

    def test_thirty_moves_are_cut_to_those_nearest_the_table(self) -> None:
        far = tuple(Move(id=f"far-{k}", by="west", action="strike", against="host") for k in range(29))
        near = Move(id="near", by="north", action="strike", against="south")
        board = outside(drafted(island(moves=(*far, near))), "force")
        assert len(board.moves) <= MOST_MOVES
        assert board.conflict.count <= LISTED
        assert {"near", "south-retaliate", "south-concede"} <= set(board.moves)
        assert {m for m, why in board.left_out} >= {"far-28", "far-27"}

    def test_what_was_read_or_entered_stands_before_what_was_supplied(self) -> None:
        given_up = Basis(kind="supplied", rule="ally-could")
        first = Move(id="first", by="west", action="strike", against="south", basis=given_up)
        own = Move(id="own", by="north", action="strike", against="south", basis=ENTERED)
        board = seated(island(moves=(first, own)), most_states=LISTED)
        assert [m.id for m in board.moves] == ["own", "first"]

    def test_what_cannot_be_done_alone_is_left_out_with_what_waits_for_it(self) -> None:
        joint = Move(id="joint", by="north", action="strike", against="south", alone=False)
        board = outside(drafted(island(moves=(joint,))), "drift")
        assert dict(board.left_out)["joint"] == "it cannot be made alone"
        assert "south-retaliate" in dict(board.left_out)


class TestUtilities:
    @given(seed=SEEDS)
    @laid_out
    def test_draws_at_the_best_values_equal_the_best_guess(self, seed: int) -> None:
        found = laid(seed)
        best = {i.path: np.full(3, i.value.best) for i in inputs(found)}
        for world in WORLDS:
            drawn = outside(found, world, draws=best).conflict.preference
            assert (drawn == outside(found, world).conflict.preference).all()

    @given(seed=SEEDS)
    @laid_out
    def test_a_state_is_worth_what_its_moves_are_worth_less_todays(self, seed: int) -> None:
        found = laid(seed)
        draws = draw_inputs(found, 4, seed=seed % 1000)
        board = outside(found, "squeeze", draws=draws)
        names, players = [m.id for m in found.moves], board.conflict.players
        alone = worth(found, "squeeze", players, draws=draws)
        pairs = together(found, "squeeze", players, draws=draws)

        def total(state: int) -> np.ndarray:
            now = np.array([n in made(board, state) for n in names], dtype=float)
            return np.asarray(alone @ now + np.einsum("dpab,a,b->dp", pairs, now, now))

        for state in range(0, board.conflict.count, 7):
            expected = total(state) - total(board.today)
            assert np.allclose(board.conflict.preference[..., state], expected, atol=0.2)
        assert (board.conflict.preference[..., board.today] == 0).all()

    @given(seed=SEEDS)
    @laid_out
    def test_no_draw_leaves_the_bounds_of_a_pair_and_corners_meet_them(self, seed: int) -> None:
        found = laid(seed)
        board = outside(found, "force", draws=corners(found, 64, seed % 1000))
        assert board.least is not None
        assert board.most is not None
        value = board.conflict.preference
        gap = value[:, :, None, :] - value[:, :, :, None]
        assert (gap >= board.least - 1e-9).all()
        assert (gap <= board.most + 1e-9).all()
        assert (board.least == -board.most.swapaxes(-1, -2)).all()

    def test_each_bound_is_met_at_a_corner_of_its_own(self) -> None:
        found = drafted(island())
        bare = outside(found, "force", draws=draw_inputs(found, 1, seed=1))
        assert bare.least is not None
        rng = np.random.default_rng(3)
        for _ in range(12):
            s, x = rng.integers(bare.conflict.count, size=2)
            for p in range(len(bare.conflict.players)):
                worst = {
                    i.path: np.array([i.value.high if _counts(found, i.path, made(bare, s)) else i.value.low])
                    for i in inputs(found)
                }
                value = outside(found, "force", draws=worst).conflict.preference[0, p]
                assert value[x] - value[s] == pytest.approx(bare.least[p, s, x])


def _counts(situation: Situation, path: str, now: frozenset[str]) -> bool:
    rows = {f"{e.party}.{e.move}" + (f".with.{e.given}" if e.given else ""): e for e in situation.effects}
    row = rows.get(path.split(".effect")[0])
    return row is not None and row.move in now and (row.given is None or row.given in now)


class TestPreferences:
    def test_kept_draws_obey_and_others_do_not(self) -> None:
        asked = prefers("west", (), ("north-strike",))
        found = drafted(island(), supply=True).model_copy(update={"preferences": (asked,)})
        draws = draw_inputs(found, 256, seed=5)
        board = outside(found, "force", draws=draws)
        rows = [draws[p] for p in ("west.north-strike.effect.force",)]
        assert (board.kept == (-rows[0] > 0.005)).all()
        assert 0 <= board.kept.sum() < 256
        assert board.contradicted == (0,)

    def test_strongly_asks_for_more(self) -> None:
        found = drafted(island())
        draws = draw_inputs(found, 256, seed=5)
        asked = prefers("north", ("north-strike",), (), "strongly")
        board = outside(found.model_copy(update={"preferences": (asked,)}), "force", draws=draws)
        assert (draws["north.north-strike.effect.force"][board.kept] >= STRONGLY - 0.01).all()
        assert 0 < board.kept.sum() < 256

    def test_a_party_without_a_part_in_a_move_is_taken_at_its_word(self) -> None:
        denied = Move(id="denied", by="host", action="deny-airspace", against="north", undone_by=("host",))
        asked = prefers("host", (), ("raid",))
        raid = Move(id="raid", by="north", action="strike", against="south")
        found = drafted(island(moves=(denied, raid), preferences=(asked,)))
        board = outside(found, "force", draws=draw_inputs(found, 64, seed=1))
        assert board.kept.all()
        assert board.contradicted == ()
        assert [e.value.best for e in found.effects if (e.party, e.move) == ("host", "raid")] == [-20]

    def test_without_a_stated_preference_every_draw_is_kept(self) -> None:
        found = drafted(island())
        assert outside(found, "drift", draws=draw_inputs(found, 8, seed=1)).kept.tolist() == [True] * 8
        assert outside(found, "drift").kept.tolist() == [True]


def without_proxies(situation: Situation) -> Situation:
    return situation.model_copy(update={"ties": tuple(t for t in situation.ties if t.kind != "patron_proxy")})


class TestWorlds:
    def test_todays_state_holds_by_the_best_guess_unless_force_pays(self) -> None:
        found = drafted(without_proxies(island()))
        for world in WORLDS:
            board = outside(found, world)
            kept = stability(board.conflict, concepts=("seq",), about=(board.today,)).equilibrium[0, board.today]
            assert kept == (world != "force")

    def test_where_force_pays_the_one_named_is_answered_and_its_ally_is_not(self) -> None:
        board = outside(drafted(without_proxies(island())), "force")
        found = stability(board.conflict, concepts=("seq",), about=(board.today,))
        named, ally = (found.reason("seq", p, board.today) for p in ("north", "west"))
        assert named is not None
        assert ally is not None
        assert named.stable
        assert all(t.end is not None for t in named.tries)
        assert [t.end for t in ally.tries] == [None]

    def test_a_proxy_that_could_open_a_front_answers_the_ally(self) -> None:
        board = outside(drafted(island()), "force")
        found = stability(board.conflict, concepts=("seq",), about=(board.today,))
        ally = found.reason("seq", "west", board.today)
        assert ally is not None
        assert [step.by for t in ally.tries for step in t.answer] == [("militia",)]


class TestHostile:
    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            ({}, "Add a threat, a move"),
            ({"moves": (Move(id="a", by="p", action="x", excludes=("a",)),)}, "excludes itself"),
            (
                {"moves": tuple(Move(id=a, by="p", action=a, after=(b,)) for a, b in (("x", "y"), ("y", "x")))},
                "can never be made",
            ),
            (
                {"moves": tuple(Move(id=a, by="p", action=a, in_force=True, excludes=("x", "y")[a == "x":][:1])
                                for a in ("x", "y"))},
                "in force today",
            ),
            ({"moves": (Move(id="a", by="p", action="x", alone=False),)}, "alone"),
            (
                {"moves": (Move(id="a", by="p", action="x"),),
                 "effects": (Effect(party="p", move="nowhere", value=span(0, 1, 2)),)},
                "'nowhere', which the situation has no move for",
            ),
            ({"moves": (Move(id="a", by="p", action="x", after=("nowhere",)),)}, "'nowhere'"),
            ({"moves": (Move(id="a", by="p", action="x"), Move(id="a", by="q", action="x"))}, "Rename one"),
            (
                {"moves": (Move(id="a", by="p", action="x"),),
                 "preferences": (prefers("p", (), ("a",)), prefers("p", ("a",), ()))},
                "prefers each of two states",
            ),
        ],
    )  # fmt: skip
    def test_what_does_not_hold_together_is_told_with_its_cure(self, rows: dict[str, object], told: str) -> None:
        with pytest.raises(BoardError, match=told):
            outside(drafted(Situation.model_validate({"title": "t", **rows})), "drift")

    def test_a_party_without_a_name_is_as_good_as_any(self) -> None:
        moves = (Move(id="a", by="p", action=""), Move(id="b", by="q", action="…", against="p"))
        assert outside(drafted(Situation(title="", moves=moves)), "drift").conflict.count == 4
