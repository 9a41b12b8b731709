"""A better deal or no deal: the labels, their exact boundaries, and what an answer to an offer would show."""

import itertools
import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.boards.worlds import SEEDS

from detente.analyses.motive import Beside, Motive, Sweep, _certificate, _pressed, motive
from detente.boards import Condition, Cross, Deals, Modes, Watchers, scored, with_modes
from detente.boards.staged import with_status_quo
from detente.errors import AnalysisError, BoardError
from detente.search.pressing.bids import bids, presser_of
from detente.search.pressing.offers import agendas_of
from detente.search.pressing.stretches import LABELS, label_of

SEATS = ("table", "ratifies", "outside")
BASE: Modes = {"i1": ("option", None), "i2": ("option", None)}
WISH = Condition(accepts="at_least", at=1.0, basis="red_line")
SMALL = Sweep(steps=(3, 7))
tried, few = (settings(max_examples=n, deadline=None) for n in (25, 10))
every_seat = pytest.mark.parametrize("seat", SEATS)


def dispute(seed: int, seat: str) -> Deals:
    """Two or three at a table, three issues, small whole numbers so that ties are common; `m` presses i0."""
    rng = np.random.default_rng(seed)
    seated = ["a", "b", "c"][: int(rng.integers(2, 4))]
    if seat == "table":
        seated[int(rng.integers(len(seated)))] = "m"
    sizes = [int(n) for n in rng.integers(2, 4, 3)]
    names = ("i0", "i1", "i2")
    top = int(rng.choice([3, 9, 40]))
    board = scored(
        {i: rng.integers(-top, top + 3, (len(seated), n)).tolist() for i, n in zip(names, sizes, strict=True)},
        parties=seated,
        no_deal=rng.integers(-4, 5, len(seated)).tolist(),
    )
    crosses = tuple(
        Cross(i, j, rng.integers(-top, top + 1, (len(seated), sizes[i], sizes[j])))
        for i, j in ((0, 1), (1, 2))
        if rng.random() < 0.4
    )
    meets = tuple(rng.random((1, n)) < 0.6 for n in sizes)
    admits = tuple(rng.random((len(seated), n)) < 0.9 for n in sizes)
    costs = rng.integers(0, 3, (len(seated), 3)) * (rng.random() < 0.5)
    return replace(
        board,
        interactions=crosses,
        pressers=("m",),
        pressed=(("m",), (), ()),
        conditions=((WISH,),) * 3,
        meets=meets,
        admits=admits,
        listing_cost=costs.astype(np.int64),
        watchers=None if seat == "table" else watching(rng, sizes, top, ratifies=seat == "ratifies"),
    )


def watching(rng: np.random.Generator, sizes: list[int], top: int, *, ratifies: bool) -> Watchers:
    """The party `m` outside the table, and another one that must not lose."""
    score = tuple(rng.integers(-top, top + 1, (2, n)) for n in sizes)
    both = rng.integers(-top, top + 1, (2, sizes[0], sizes[2]))
    crosses = (Cross(0, 2, both),) if rng.random() < 0.4 else ()
    return Watchers(("r", "m"), score, np.array([-2 * top, 0]), (True, ratifies), crosses)


@dataclass(frozen=True)
class Plainly:
    """One agenda and the most obvious code: every package, every party, fractions throughout."""

    board: Deals
    seat: str
    pressed: frozenset[int]

    def packages(self) -> list[tuple[int, ...]]:
        board = self.board
        fine = [board.open[i] & board.admissible(i).all(axis=0) for i in range(len(board.issues))]
        every = itertools.product(*(range(f.size) for f in fine))
        return [k for k in every if k != board.status_quo and all(f[o] for f, o in zip(fine, k, strict=True))]

    def worth(self, package: tuple[int, ...], weight: Fraction) -> Fraction:
        board = self.board
        seen = board.watchers
        row = board.parties.index("m") if self.seat == "table" else 1
        scores = board.score if seen is None or self.seat == "table" else seen.score
        total = Fraction(0)
        for i, o in enumerate(package):
            total += int(scores[i][row, o]) * (weight if i in self.pressed else 1)
        for c in board.interactions if seen is None or self.seat == "table" else seen.interactions:
            both = int(c.score[row, package[c.first], package[c.second]])
            total += both * (weight if {c.first, c.second} & self.pressed else 1)
        if self.seat == "table":
            total -= sum(int(c) for c, on in zip(board.listing_cost[row], board.listed, strict=True) if on)
        return total

    def others(self, package: tuple[int, ...]) -> tuple[list[int], list[int]]:
        """What the others who bargain gain, and what the other ratifiers gain."""
        board = self.board
        bargaining = []
        for p, name in enumerate(board.parties):
            gain = -int(board.floor()[p]) + sum(int(s[p, o]) for s, o in zip(board.score, package, strict=True))
            gain += sum(int(c.score[p, package[c.first], package[c.second]]) for c in board.interactions)
            bargaining += [] if name == "m" else [gain]
        seen = board.watchers
        if seen is None:
            return bargaining, []
        own = sum(int(s[0, o]) for s, o in zip(seen.score, package, strict=True)) - int(seen.no_deal[0])
        own += sum(int(c.score[0, package[c.first], package[c.second]]) for c in seen.interactions)
        return bargaining, [own]

    def accepted(self) -> list[tuple[int, ...]]:
        return [k for k in self.packages() if min([g for row in self.others(k) for g in row]) >= 0]

    def chosen(self, weight: Fraction, no_deal: Fraction) -> tuple[int, ...] | None:
        """The Nash choice, first of equals, with the presser among those who bargain or not."""

        def key(k: tuple[int, ...]) -> tuple[int, Fraction]:
            gains: list[Fraction] = [Fraction(g) for g in self.others(k)[0]]
            gains += [self.worth(k, weight) - no_deal] if self.seat == "table" else []
            return sum(g > 0 for g in gains), math.prod((g for g in gains if g > 0), start=Fraction(1))

        binding = self.seat != "outside"
        deals = [k for k in self.accepted() if not binding or self.worth(k, weight) >= no_deal]
        return max(deals, key=lambda k: (key(k), tuple(-o for o in k)), default=None)


def meanings(narrow: Fraction | None, met: Fraction | None, d: Fraction, *, veto: bool) -> set[str]:
    """Every label whose definition holds."""
    makes = narrow is not None and not (veto and narrow < d)
    holds = {
        "improves": met is not None and met >= d and (not makes or (narrow is not None and met > narrow)),
        "softens": met is not None and makes and narrow is not None and narrow < met < d,
        "idle": (met is None and narrow is None) or (met is not None and makes and met == narrow),
        "worsens": met is not None and ((makes and narrow is not None and met < narrow) or (not makes and met < d)),
        "self_defeating": met is None and narrow is not None and narrow >= d,
        "blocks": met is None and narrow is not None and narrow < d,
    }
    return {label for label, true in holds.items() if true}


def plainly(board: Deals, seat: str, weight: Fraction, d: Fraction) -> str:
    """The label at a point, from the definitions and nothing else."""
    pressed = frozenset({0})
    values = []
    for mode in (("left_out", None), ("precondition", "m")):
        one = Plainly(with_modes(board, {**BASE, "i0": mode}), seat, pressed)
        k = one.chosen(weight, d)
        refused = max((one.worth(r, weight) for r in one.accepted()), default=None)
        values.append((None if k is None else one.worth(k, weight), refused))
    (narrow, could), (met, _) = values
    if narrow is None and seat != "outside":
        narrow = could
    (label,) = meanings(narrow, met, d, veto=seat != "outside")
    return label


def asked(board: Deals, sweep: Sweep = SMALL, beside: Beside = Beside()) -> Motive:  # noqa: B008
    return motive(board, presser="m", issues=("i0",), base=BASE, sweep=sweep, beside=beside)


maybe = st.none() | st.integers(-3, 3)


@given(narrow=maybe, met=maybe, d=st.integers(-4, 4), veto=st.booleans())
def test_exactly_one_label_holds(narrow: int | None, met: int | None, d: int, veto: bool) -> None:
    assume(not veto or met is None or met >= d)  # who has a veto is in no deal below what it has without one
    one, two = (None if v is None else Fraction(v) for v in (narrow, met))
    assert meanings(one, two, Fraction(d), veto=veto) == {label_of(one, two, Fraction(d), refuses=veto)}


@every_seat
@tried
@example(seed=512, point=0)  # products over different parties, the presser's in other units than the others'
@given(seed=SEEDS, point=st.integers(0, 2**32 - 1))
def test_the_label_at_any_point_is_what_the_definitions_say(seat: str, seed: int, point: int) -> None:
    rng = np.random.default_rng(point)
    weight = Fraction(int(rng.integers(1, 9)), int(rng.integers(1, 9)))
    board = dispute(seed, seat)
    found = asked(board, Sweep(weights=(float(weight), float(weight)), steps=(1, 5)))
    (column,) = found.columns
    assert column.weight == weight
    low, high = found.no_deal[0], found.no_deal[-1]
    for d in [Fraction(int(rng.integers(low * 7, high * 7 + 1)), 7), Fraction(low), Fraction(high)]:
        assert column.label_at(d) == plainly(board, seat, weight, d)
    assert found.seat == seat
    assert found.certificate.holds


@every_seat
@tried
@example(seed=512)  # two deals with the same product, one of them at the presser's no-deal value
@given(seed=SEEDS)
def test_every_boundary_is_exact(seat: str, seed: int) -> None:
    board = dispute(seed, seat)
    found = asked(board, Sweep(weights=(1.5, 1.5), steps=(1, 5)))
    (column,) = found.columns
    near = Fraction(1, 10**9)
    for one, two in itertools.pairwise(column.stretches):
        assert one.high == two.low
        assert one.high_in != two.low_in
        assert one.label != two.label
        at = one.high
        for d in (max(at - near, Fraction(found.no_deal[0])), at, min(at + near, Fraction(found.no_deal[-1]))):
            assert column.label_at(d) == plainly(board, seat, column.weight, d)


@every_seat
@few
@given(seed=SEEDS)
def test_the_cells_are_the_columns_seen_from_afar(seat: str, seed: int) -> None:
    found = asked(dispute(seed, seat))
    for column, row in zip(found.columns, found.cells, strict=True):
        assert [column.label_at(d) for d in found.no_deal] == [LABELS[c] for c in row]
        assert column.label_at(found.no_deal[0] - 1) is None
    assert sum(found.box_shares) == pytest.approx(1)
    assert found.weights[0] == 0.25
    assert found.weights[-1] == 4


@every_seat
@few
@given(seed=SEEDS)
def test_beyond_the_best_package_nothing_changes_any_more(seat: str, seed: int) -> None:
    board = dispute(seed, seat)
    found = asked(board)
    for column in found.columns:
        # Nothing is worth no deal there: what is left says only whether the two deals exist, and which is worth more.
        beyond = plainly(board, seat, column.weight, Fraction(found.no_deal[-1] + 1))
        assert beyond in ("blocks", "idle", "softens", "worsens")
        assert plainly(board, seat, column.weight, Fraction(found.no_deal[-1] + 1)) == plainly(
            board, seat, column.weight, Fraction(found.no_deal[-1] + 500)
        )


@few
@given(seed=SEEDS)
def test_outside_the_table_the_boundaries_are_what_the_two_deals_are_worth(seed: int) -> None:
    board = dispute(seed, "outside")
    found = asked(board)
    for column in found.columns:
        inner = {s.high for s in column.stretches[:-1]}
        assert inner <= {column.narrow, column.met}
    narrow = Plainly(with_modes(board, BASE), "outside", frozenset({0}))
    package = narrow.chosen(Fraction(1), Fraction(0))
    offer = found.offer("narrow")
    assert (offer is None) == (package is None)
    if offer is not None:
        assert offer.package == package
        assert [column.narrow for column in found.columns] == [
            narrow.worth(offer.package, column.weight) for column in found.columns
        ]


@few
@given(seed=SEEDS)
def test_outside_the_table_each_offer_is_the_deal_of_its_agenda(seed: int) -> None:
    board = dispute(seed, "outside")
    found = asked(board)
    modes = {"met": ("precondition", "m"), "option": ("option", None), "declaratory": ("declaratory", None)}
    for name, mode in modes.items():
        one = Plainly(with_modes(board, {**BASE, "i0": mode}), "outside", frozenset({0}))
        package, offer = one.chosen(Fraction(1), Fraction(0)), found.offer(name)
        assert (package is None) == (offer is None)
        if offer is not None and package is not None:
            assert offer.package == package
            assert offer.worth == one.worth(package, Fraction(1))
            assert offer.worth == offer.pressed + offer.rest


@few
@given(seed=SEEDS)
def test_what_comes_later_starts_from_the_narrow_deal(seed: int) -> None:
    board = dispute(seed, "outside")
    found = asked(board)
    narrow, later = found.offer("narrow"), found.offer("later")
    if narrow is None:
        assert later is None
        return
    second = with_modes(with_status_quo(board, narrow.package), {"i0": ("option", None)})
    package = Plainly(second, "outside", frozenset({0})).chosen(Fraction(1), Fraction(0))
    assert (None if later is None else later.package) == package


@every_seat
@few
@given(seed=SEEDS)
def test_an_answer_leaves_the_labels_on_its_side_of_the_offer(seat: str, seed: int) -> None:
    found = asked(dispute(seed, seat), Sweep(steps=(3, 200)))
    for offer in found.offers:
        accepted: set[str] = set()
        refused: set[str] = set()
        for column, row in zip(found.columns, found.cells, strict=True):
            at = column.weight * offer.pressed + offer.rest
            for d, c in zip(found.no_deal, row, strict=True):
                (accepted if d <= at else refused).add(LABELS[c])
        assert accepted <= set(offer.if_accepted)
        assert refused <= set(offer.if_refused)
        assert offer.discriminates == (found.no_deal[0] <= offer.worth < found.no_deal[-1])
    evenness = [abs(o.accepting - 0.5) for o in found.offers]
    assert evenness == sorted(evenness)


@every_seat
@few
@given(seed=SEEDS)
def test_turning_all_down_shows_more_than_the_best_of_them(seat: str, seed: int) -> None:
    found = asked(dispute(seed, seat))
    short = [o.worth for o in found.offers if o.name != "met"]
    assert found.insisting.no_deal_above == max(short, default=None)
    met = found.offer("met")
    assert found.insisting.better_deal == (met is not None and met.worth > max(short, default=met.worth - 1))


@every_seat
@few
@given(seed=SEEDS)
def test_the_least_payment_closes_the_gap_and_no_more(seat: str, seed: int) -> None:
    found = asked(dispute(seed, seat), beside=Beside(transfer="points", alone=("strike",)))
    narrow = found.offer("narrow")
    if found.payment is None or narrow is None:
        assert found.payment is None
        assert narrow is None
        assert found.own_move.narrow_safe_up_to is None
        return
    for d in found.no_deal:
        t = found.payment.least(d)
        assert t >= 0
        assert narrow.worth + t >= d
        assert t == 0 or narrow.worth + t - 1 < d
    assert found.payment.payable_up_to == narrow.worth + sum(p.most for p in found.payment.payers)
    assert all(p.most > 0 and p.party != "m" for p in found.payment.payers)
    assert found.own_move.narrow_safe_up_to == narrow.worth
    assert found.own_move.moves == ("strike",)


def test_without_a_rate_nobody_is_said_to_pay() -> None:
    board = founding(ally_cap=-10)
    payment = ask_founding(board).payment
    assert payment is not None
    assert payment.payers == ()
    assert payment.payable_up_to is None


def founding(*, ally_cap: int, iran_missiles: int = -90) -> Deals:
    """A principal and the other side bargain over a cap and relief; an ally outside presses for missiles."""
    board = scored(
        {
            "cap": [[0, 40, 60], [0, -10, -30]],
            "relief": [[0, -20], [0, 60]],
            "missiles": [[0, 30], [0, iran_missiles]],
        },
        parties=("usa", "iran"),
    )
    ally = Watchers(
        parties=("israel",),
        score=tuple(np.array([row]) for row in ([0, ally_cap, ally_cap + 25], [0, -30], [0, 70])),
        no_deal=np.array([0]),
        ratifies=(False,),
    )
    open_to_all = tuple(np.ones((1, n), dtype=bool) for n in (3, 2))
    return replace(
        board,
        watchers=ally,
        pressers=("israel",),
        pressed=((), (), ("israel",)),
        conditions=((WISH,),) * 3,
        meets=(*open_to_all, np.array([[False, True]])),
    )


def ask_founding(board: Deals, beside: Beside = Beside()) -> Motive:  # noqa: B008
    base: Modes = {"cap": ("option", None), "relief": ("option", None)}
    return motive(board, presser="israel", issues=("missiles",), base=base, beside=beside)


def test_a_condition_nobody_can_meet_blocks_above_the_narrow_deal_and_defeats_itself_below() -> None:
    found = ask_founding(founding(ally_cap=20))
    column = found.columns[4]
    assert column.weight == 1
    assert [(s.label, float(s.low), float(s.high)) for s in column.stretches] == [
        ("self_defeating", -30, 15),
        ("blocks", 15, 325),
    ]
    assert column.met is None
    narrow = found.offer("narrow")
    assert narrow is not None
    assert narrow.if_accepted == ("self_defeating",)
    assert narrow.if_refused == ("blocks",)
    assert found.offer("met") is None
    assert found.insisting.better_deal is False
    assert found.certificate.holds


def test_a_condition_that_can_be_met_improves_the_deal_up_to_its_worth() -> None:
    found = ask_founding(founding(ally_cap=20, iran_missiles=-20))
    column = found.columns[4]
    met = found.offer("met")
    assert met is not None
    assert column.met == met.worth == 60
    assert column.label_at(met.worth) == "improves"
    assert column.label_at(met.worth + 1) == "softens"
    assert "blocks" not in {s.label for c in found.columns for s in c.stretches}
    assert found.columns[0].met == Fraction(15, 2)
    assert [s.label for s in found.columns[0].stretches] == ["worsens"]


def test_a_linked_table_at_which_the_presser_consents_can_make_up_for_it() -> None:
    aid = scored(
        {"aid": [[0, -5, 4], [0, 40, 50]], "pact": [[0, 1], [0, -3]]}, parties=("usa", "israel"), table="aid-talks"
    )
    board = founding(ally_cap=20)
    payment = ask_founding(board, Beside(linked=aid)).payment
    assert payment is not None
    assert [(x.issue, x.option, x.worth, x.enough_up_to, x.refused_by) for x in payment.levels] == [
        ("aid", 2, 50, 65, ()),
        ("aid", 1, 40, 55, ("usa",)),
    ]
    with pytest.raises(AnalysisError, match="'israel' does not consent at table 'oil'"):
        ask_founding(board, Beside(linked=scored({"x": [[0, 1]]}, parties=("usa",), table="oil")))
    with pytest.raises(AnalysisError, match="cannot be paid over in 'gold'"):
        ask_founding(board, Beside(transfer="gold"))


def test_a_wrong_label_is_found_out() -> None:
    board = founding(ally_cap=20)
    found = ask_founding(board)
    who = presser_of(board, "israel")
    boards = agendas_of(board, who, ("missiles",), {"cap": ("option", None), "relief": ("option", None)})
    pressed = _pressed(board, ("missiles",))
    assert _certificate(boards, who, pressed, found.columns).holds
    forged = tuple(
        replace(c, stretches=tuple(replace(s, label="improves") for s in c.stretches)) for c in found.columns
    )
    assert not _certificate(boards, who, pressed, forged).holds


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("limit", [("WORD", 0), ("BLOCK", 5)])
def test_neither_long_products_nor_short_blocks_change_what_can_be_chosen(
    seed: int, limit: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    board = with_modes(dispute(seed, ("table", "ratifies")[seed % 2]), {**BASE, "i0": ("option", None)})
    who = presser_of(board, "m")
    before = bids(board, who, frozenset({0}))
    monkeypatch.setattr(f"detente.search.pressing.bids.{limit[0]}", limit[1])
    assert bids(board, who, frozenset({0})) == before


def test_a_sweep_of_ones_own_is_kept_to() -> None:
    board = dispute(3, "outside")
    found = asked(board, Sweep(no_deal=(-5, 5), weights=(1.0, 2.0), steps=(2, 3)))
    assert found.no_deal == (-5, 0, 5)
    assert found.weights == (1.0, 2.0)
    assert asked(board, Sweep(no_deal=(2, 2), steps=(1, 1))).cells.shape == (1, 1)


def test_what_cannot_be_asked_is_named_with_its_cure() -> None:
    board = dispute(3, "outside")
    with pytest.raises(AnalysisError, match=r"worth to 'nobody' is unknown. Known there: .*Add a stance"):
        motive(board, presser="nobody", issues=("i0",), base=BASE)
    with pytest.raises(AnalysisError, match="'oil' is not an issue at table"):
        motive(board, presser="m", issues=("oil",), base=BASE)
    with pytest.raises(AnalysisError, match="No issue is named"):
        motive(board, presser="m", issues=(), base=BASE)
    with pytest.raises(AnalysisError, match="Give the lower one first"):
        asked(board, Sweep(no_deal=(5, -5)))
    with pytest.raises(AnalysisError, match="two weights above zero"):
        asked(board, Sweep(weights=(0.0, 1.0)))
    with pytest.raises(AnalysisError, match=r"more than the 3 in which the bargain of 'm' is followed"):
        asked(dispute(3, "table"), Sweep(limit=3))
    with pytest.raises(BoardError, match="makes no demand there"):
        asked(replace(board, pressers=("a",)))
