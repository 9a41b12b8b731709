"""What is told of the silences of a text: what a silence enters, where it changes no verdict."""

from dataclasses import replace

import pytest

from detente.brief.answers import Answers
from detente.brief.document import Grid
from detente.brief.register import Register
from detente.brief.sections import unsaid
from detente.desk.ask import ask
from detente.situation.nouns import AgendaItem, Issue, Move, Party, Situation, Stance, Table, Tie
from detente.situation.values import Basis, Range

READ = Basis(kind="read", evidence=("e1",), rule="test")
ALLY = "What Friend would do on its own"
NOT_COMPUTED = "Not computed yet: it does not enter today's analyses."
ENTERS = "It enters what happens without a deal; no verdict on deals changes."


def point(at: float) -> Range:
    return Range.point(at, READ)


def gates(*moves: Move) -> Situation:
    """Dam and delta talk about the gates; a friend of the dam has no seat."""
    stances = (
        Stance(party=p, issue="gates", position=point(at), salience=point(50)) for p, at in (("dam", 0), ("delta", 100))
    )
    return Situation(
        title="Gates",
        parties=tuple(Party(id=p, name=p.capitalize()) for p in ("dam", "delta", "friend")),
        issues=(Issue(id="gates", name="Gates", status_quo=point(0)),),
        stances=tuple(stances),
        tables=(
            Table(
                id="talks",
                name="talks on the gates",
                consent=("dam", "delta"),
                agenda=(AgendaItem(issue="gates", mode="in", basis=READ),),
            ),
        ),
        ties=(Tie(id="pact", kind="ally", source="friend", target="dam", basis=READ),),
        moves=moves,
    )


def told(answers: Answers) -> dict[str, str]:
    """Whether a silence changes an answer, by what the text is silent on."""
    blocks = unsaid.blocks(answers, Register())
    return {row[0].text: row[2].text for grid in blocks if isinstance(grid, Grid) for row in grid.rows}


@pytest.fixture(scope="module")
def armed() -> Answers:
    """The friend of the dam may raid the delta, which nobody has said."""
    basis = Basis(kind="supplied", rule="unnamed-move")
    return ask(gates(Move(id="raid", by="friend", action="strike", against="delta", basis=basis)), draws=64)


def test_what_an_ally_could_do_enters_what_happens_without_a_deal(armed: Answers) -> None:
    assert told(armed)[ALLY] == ENTERS


def test_an_ally_without_a_move_on_the_board_is_not_said_to_enter_it(armed: Answers) -> None:
    without = replace(armed, completed=replace(armed.completed, without="nobody can do anything"))
    assert told(without)[ALLY] == NOT_COMPUTED


def test_a_slot_that_nothing_computes_with_says_so(armed: Answers) -> None:
    assert told(armed)["Who checks compliance"] == NOT_COMPUTED


def test_no_verdict_on_deals_hangs_on_what_an_ally_could_do(armed: Answers) -> None:
    bare = ask(gates(), draws=64)
    assert [a.verdict for a in armed.completed.agendas] == [a.verdict for a in bare.completed.agendas]
