"""Who could do what, and which threat names it."""

from detente.boards import moves
from detente.boards.outside.draft import drafted
from detente.situation.nouns import Move, Party, Situation, Table, Threat, Tie, Trigger
from detente.situation.values import Basis

READ = Basis(kind="read", evidence=("e1",), rule="conditional-threat")
BASES = Threat(
    id="bases",
    by="iran",
    against="usa",
    trigger=Trigger(actor="usa", action="military strike"),
    action="strike bases",
    basis=READ,
)
ALLY = Tie(id="ally-1", kind="ally", source="israel", target="usa")
RIVALS = Tie(id="rivals", kind="rivalry", source="iran", target="israel")


def dispute(**more: object) -> Situation:
    parties = tuple(Party(id=p, name=p) for p in ("usa", "iran", "israel", "oman"))
    rows: dict[str, object] = {"title": "Talks", "parties": parties, "threats": (BASES,)}
    return drafted(Situation.model_validate({**rows, **more}))


def test_the_trigger_of_a_threat_is_an_option_and_is_answered() -> None:
    board = moves(dispute())
    assert [(o.owner, o.why, o.basis, o.against) for o in board.options] == [("usa", "trigger", "read", "iran")]
    assert board.answers.tolist() == [[True]]


def test_an_ally_of_the_actor_could_do_it_too_and_that_is_supplied() -> None:
    board = moves(dispute(ties=(ALLY,)))
    assert [(o.owner, o.why, o.basis) for o in board.options] == [
        ("usa", "trigger", "read"),
        ("israel", "ally", "supplied"),
    ]
    assert board.answers.tolist() == [[True, False]]


def test_a_rival_of_the_threatener_could_do_it_too() -> None:
    assert [(o.owner, o.why) for o in moves(dispute(ties=(RIVALS,))).options] == [
        ("usa", "trigger"),
        ("israel", "rival"),
    ]


def test_a_party_that_is_both_is_listed_once() -> None:
    assert [o.owner for o in moves(dispute(ties=(ALLY, RIVALS))).options] == ["usa", "israel"]


def test_a_stated_move_is_the_same_option_as_the_trigger_in_other_spelling() -> None:
    move = Move(id="m1", by="usa", action="Military-strike", against="iran")
    board = moves(dispute(moves=(move,)))
    assert [(o.action, o.why) for o in board.options] == [("Military-strike", "move")]
    assert board.answers.all()


def test_a_threat_without_a_trigger_covers_nothing_that_is_known() -> None:
    vague = BASES.model_copy(update={"id": "vague", "trigger": None})
    board = moves(dispute(threats=(vague,)))
    assert (board.threats, board.unbound) == ((), ("vague",))
    assert [(o.action, o.why) for o in board.options] == [("strike bases", "move")]


def test_a_commitment_is_no_threat() -> None:
    promise = BASES.model_copy(update={"kind": "commitment"})
    assert moves(dispute(threats=(promise,))).threats == ()


def test_what_answers_a_move_and_what_is_done_in_the_talks_are_no_options() -> None:
    hall = Table(id="hall", name="hall", consent=("usa", "iran"))
    board = dispute(tables=(hall,))
    assert {m.action for m in board.moves} == {"military strike", "strike bases", "walk-out", "concede"}
    assert [o.action for o in moves(board).options] == ["military strike"]
