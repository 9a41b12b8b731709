"""Which agendas are asked about, what the answers say beside one another, and how a user's own agenda is read."""

from pathlib import Path

import pytest

from detente.boards import Mode
from detente.brief.compared import Agenda
from detente.desk.agendas import contested_issues, distinct, parsed, plans
from detente.desk.compared import compared
from detente.errors import BoardError
from detente.levers import Effort, verdict
from detente.situation.nouns import AgendaItem, Demand, Issue, Party, RedLine, Situation, Stance, Table
from detente.situation.store import load
from detente.situation.values import Basis, Range

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "us-iran-2026" / "situation.yaml"
ENTERED = Basis(kind="entered", by="coder")


def at(value: float) -> Range:
    return Range.point(value, ENTERED)


def stance(party: str, issue: str, position: float, salience: float, line: RedLine | None = None) -> Stance:
    return Stance(party=party, issue=issue, position=at(position), salience=at(salience), red_line=line)


def dam() -> Situation:
    """Two states share a river; a neighbour presses for the water, which upper will not cut below 30."""
    options = (0.0, 50.0, 100.0)
    return Situation(
        title="Dam",
        parties=tuple(Party(id=p, name=p) for p in ("upper", "lower", "delta", "union")),
        issues=tuple(
            Issue(id=i, name=i, status_quo=at(0), options=options) for i in ("filling", "power", "water", "fish")
        ),
        stances=(
            stance("upper", "filling", 100, 60),
            stance("lower", "filling", 0, 20),
            stance("upper", "power", 0, 20),
            stance("lower", "power", 100, 60),
            stance("upper", "water", 0, 30, RedLine(at=at(60), accepts="at_most", hardness=at(1))),
            stance("lower", "water", 100, 50),
            stance("delta", "water", 100, 90, RedLine(at=at(80), accepts="at_least", hardness=at(1))),
            stance("upper", "fish", 50, 10),
            stance("lower", "fish", 100, 10),
            stance("union", "fish", 50, 40),
        ),
        demands=(
            Demand(id="d1", by="lower", issue="water", table="talks"),
            Demand(id="d2", by="delta", issue="water", table="talks"),
            Demand(id="d3", by="union", issue="fish", table="talks"),
        ),
        tables=(
            Table(
                id="talks",
                name="Talks",
                consent=("upper", "lower"),
                agenda=(
                    AgendaItem(issue="filling", mode="in"),
                    AgendaItem(issue="power", mode="option"),
                    AgendaItem(issue="fish", mode="elsewhere", elsewhere="fishery"),
                ),
            ),
            Table(
                id="fishery", name="Fishery", consent=("lower", "upper"), agenda=(AgendaItem(issue="fish", mode="in"),)
            ),
        ),
    )


def test_each_contested_issue_is_asked_in_every_mode_outsiders_first_and_larger_sets_in_three() -> None:
    situation = dam()
    assert contested_issues(situation, situation.table("talks")) == ("water", "fish")
    asked = [(p.issues, p.mode, p.by) for p in plans(situation, "talks")]
    water, fish, both = ("water",), ("fish",), ("water", "fish")
    assert asked == [
        ((), "left_out", None),
        (water, "option", None),
        (water, "precondition", "delta"),
        (water, "precondition", "lower"),
        (water, "later", None),
        (water, "elsewhere", None),
        (water, "declaratory", None),
        (fish, "option", None),
        (fish, "precondition", "union"),
        (fish, "later", None),
        (fish, "elsewhere", None),
        (fish, "declaratory", None),
        (both, "option", None),
        (both, "later", None),
    ]


def test_agendas_that_ask_the_table_nothing_new_are_left_to_their_narrow_one() -> None:
    situation = dam()
    left = {p.mode for p in distinct(situation, "talks", plans(situation, "talks"))}
    assert left == {"left_out", "option", "precondition"}


def rows(situation: Situation) -> dict[str, Agenda]:
    return {a.name: a for a in compared(situation, "talks", draws=8, seed=1)}


def test_the_answers_stand_side_by_side() -> None:
    found = rows(dam())
    narrow, option = found["today's agenda"], found["water as an option"]
    assert narrow.verdict.kind == "holds"
    later = found["water left for later"]
    assert (later.asked_of, later.verdict) == ("first stage", narrow.verdict)
    assert later.stage_two is not None
    assert later.stage_two.deals == 0, "once upper has its filling, it has no reason to give water"
    assert option.deals > narrow.deals
    assert found["water elsewhere"].asked_of == "own table"
    assert found["fish elsewhere"].asked_of == "fishery"
    assert found["fish elsewhere"].chosen == (("fish", 50.0),)
    (clash,) = found["water as a precondition of delta"].clashes
    assert (clash.by, clash.at, clash.against, clash.line) == ("delta", 80, "upper", 60)
    assert found["water as a precondition of delta"].deals == 0


def test_agendas_with_the_same_outcome_point_to_the_first_of_them() -> None:
    found = rows(dam())
    for one in found.values():
        if one.same_as is not None:
            other = found[one.same_as]
            assert other.same_as is None
            assert (other.issues, other.gains, other.verdict.kind) == (one.issues, one.gains, one.verdict.kind)
    assert any(one.same_as for one in found.values())


def test_an_agenda_of_ones_own_is_read() -> None:
    situation = dam()
    plan = parsed(situation, "talks", ["water=precondition:delta", " fish = later "])
    assert (plan.issues, plan.mode, plan.by) == (("water", "fish"), "mixed", None)
    assert plan.modes["water"] == Mode("precondition", "delta")
    assert plan.modes["filling"] == Mode("in")
    assert plan.name == "water as a precondition of delta, fish left for later"
    alone = parsed(situation, "talks", ["fish=option"])
    assert (alone.mode, alone.modes["water"]) == ("option", Mode("left_out"))
    narrow = plans(situation, "talks")[0]
    _, found = compared(situation, "talks", draws=8, seed=1, asked=[narrow, plan])
    assert (found.asked_of, found.deals) == ("first stage", 0)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("water", "'water' is not an assignment. Write ISSUE=MODE, or ISSUE=precondition:PARTY."),
        ("fish=in=option", "'fish=in=option' has a second '='. Give each issue an --agenda of its own."),
        ("Fish=later", "'Fish' is not the id of an issue. Write fish=later."),
        ("oil=option", "'oil' is not an issue of 'Dam'. Its issues: filling, power, water, fish."),
        ("water=maybe", "'maybe' is not a mode of an agenda"),
        ("water=precondition", "Write water=precondition:PARTY. Who could set it: delta, lower."),
        (
            "water=precondition:mars",
            "'mars' is not a party of 'Dam'. Who could make 'water' a precondition: delta, lower.",
        ),
        ("water=precondition:union", "'union' cannot make 'water' a precondition at table 'talks'"),
        ("water=option:delta", "Only a precondition is somebody's: 'water=option:delta'."),
    ],
)
def test_what_is_wrong_with_an_assignment_is_said_with_its_cure(spec: str, said: str) -> None:
    with pytest.raises(BoardError) as wrong:
        parsed(dam(), "talks", [spec])
    assert said in str(wrong.value)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(BoardError, match=r"'oil' is not an issue.*'water' is told twice"):
        parsed(dam(), "talks", ["oil=option", "water=option", "water=later"])
    with pytest.raises(BoardError, match="'hall' is not a table of 'Dam'"):
        parsed(dam(), "hall", [])


@pytest.mark.parametrize("spec", ["power=later", "filling=option"])
def test_an_agenda_that_moves_the_tables_own_issues_is_compared_with_the_tables_agenda(spec: str) -> None:
    situation = dam()
    asked = [plans(situation, "talks")[0], parsed(situation, "talks", [spec])]
    base, found = compared(situation, "talks", draws=8, seed=1, asked=asked)
    assert base == rows(situation)["today's agenda"], "what another agenda moves does not change the first one"
    if found.deals:
        assert [then.change for then in found.gains] == [
            pytest.approx(then.points - now.points) for now, then in zip(base.gains, found.gains, strict=True)
        ]
    else:
        assert (found.asked_of, found.stage_two.deals if found.stage_two else None) == ("first stage", 0)


def test_preconditions_that_ask_the_same_have_the_same_verdict() -> None:
    situation = dam()
    line = RedLine(at=at(80), accepts="at_least", hardness=at(1))
    alike = tuple(
        s.model_copy(update={"red_line": line, "position": Range(low=60, best=100, high=100, basis=ENTERED)})
        if (s.party, s.issue) == ("lower", "water")
        else s
        for s in situation.stances
    )
    found = rows(situation.model_copy(update={"stances": alike}))
    one, other = found["water as a precondition of delta"], found["water as a precondition of lower"]
    assert one.verdict == other.verdict
    plan = parsed(situation.model_copy(update={"stances": alike}), "talks", ["water=precondition:lower"])
    asked = verdict(situation.model_copy(update={"stances": alike}), "talks", plan.modes, effort=Effort(seed=1))
    assert other.verdict == asked


def test_the_example_says_its_clash_as_a_sentence() -> None:
    situation = load(EXAMPLE)
    plan = parsed(situation, "us-iran", ["missiles=precondition:israel"])
    narrow = plans(situation, "us-iran")[0]
    _, found = compared(situation, "us-iran", draws=16, seed=1, asked=[narrow, plan])
    (clash,) = found.clashes
    assert (clash.by, clash.accepts, clash.at, clash.against, clash.line) == ("israel", "at_least", 50, "iran", 0)
