"""An open dossier: changes by path, several people at once, steps back, answers kept, and what is on the disk."""

import itertools
import shutil
import threading
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import dossier
from detente.desk.case import Case
from detente.desk.pieces import piece_at, read_piece, read_range, with_piece, written
from detente.desk.session import Conflict, Edited, Session
from detente.desk.why import explained, in_words
from detente.errors import DossierError, SituationError, UsageError
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import AgendaItem, Issue, Party, Situation, Stance, Table
from detente.situation.store import load, save
from detente.situation.values import Basis, Range

CODED = Basis(kind="entered", by="a coder")
HERE = "talks.agenda.dam"
WANTS = "karun.dam.position"


def dam() -> Situation:
    at = Range(low=0, best=10, high=20, basis=CODED)
    today = Range.point(0, CODED)
    return Situation(
        title="Dam",
        parties=(Party(id="karun", name="Karun"), Party(id="delta", name="Delta")),
        issues=(
            Issue(id="dam", name="the dam", status_quo=today),
            Issue(id="toll", name="tolls", status_quo=today),
        ),
        stances=tuple(Stance(party=p, issue="dam", position=at, salience=at) for p in ("karun", "delta")),
        tables=(
            Table(
                id="talks", name="talks", consent=("karun", "delta"),
                agenda=(AgendaItem(issue="dam", mode="in", basis=CODED),),
            ),
            Table(id="other", name="other", consent=("karun", "delta")),
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dossier.create(tmp_path_factory.mktemp("session") / "dam", dam()).folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "dam")


@pytest.fixture
def session(folder: Path) -> Session:
    return Session(folder)


def test_what_is_acknowledged_is_in_the_file_and_in_the_database(session: Session) -> None:
    done = session.edit(session.now().hash, WANTS, "5..15", by="A. Reader")
    assert isinstance(done, Edited)
    standing = load(session.folder / "situation.yaml")
    assert fingerprint(standing) == done.hash == session.now().hash
    assert dossier.open(session.folder).kept(done.hash) == standing
    at = piece_at(standing, WANTS)
    assert isinstance(at, Range)
    assert (at.low, at.best, at.high, at.basis.kind, at.basis.by) == (5, 10, 15, "entered", "A. Reader")


def test_a_change_leaves_everything_else_as_it_is(session: Session) -> None:
    before = session.now().situation
    session.edit(session.now().hash, HERE, "refused:delta", by="A. Reader")
    after = session.now().situation
    assert with_piece(after, HERE, piece_at(before, HERE)) == before


def test_the_same_value_changed_by_two_is_shown_to_the_second(session: Session) -> None:
    seen = session.now().hash
    session.edit(seen, HERE, "option", by="A. Reader")
    done = session.edit(seen, HERE, "later", by="B. Reader")
    assert done == Conflict(HERE, "later", "option", "A. Reader", session.now().hash)
    assert written(piece_at(session.now().situation, HERE)) == "option"
    words = in_words(session.now().case, done)
    assert (words.theirs, words.mine) == ("an option", "left for later")


def test_different_values_changed_by_two_both_stand(session: Session) -> None:
    seen = session.now().hash
    session.edit(seen, HERE, "option", by="A. Reader")
    done = session.edit(seen, WANTS, "7", by="B. Reader")
    assert isinstance(done, Edited)
    assert done.beside
    now = session.now().situation
    assert (written(piece_at(now, HERE)), written(piece_at(now, WANTS))) == ("option", "7")


def test_a_change_by_another_program_is_seen_and_not_written_over(session: Session, folder: Path) -> None:
    seen = session.now().hash
    theirs = read_piece(dam(), WANTS, "3", basis=CODED)
    save(with_piece(dam(), WANTS, theirs), folder / "situation.yaml")
    assert isinstance(session.edit(seen, WANTS, "4", by="A. Reader"), Conflict)
    assert isinstance(session.edit(seen, HERE, "option", by="A. Reader"), Edited)
    assert written(piece_at(load(folder / "situation.yaml"), WANTS)) == "3"


def test_a_hash_that_nobody_kept_conflicts_and_writes_nothing(session: Session) -> None:
    before = (session.folder / "situation.yaml").read_bytes()
    assert isinstance(session.edit("0" * 64, HERE, "option", by="A. Reader"), Conflict)
    assert (session.folder / "situation.yaml").read_bytes() == before


def test_everybody_takes_back_their_own_change_and_only_that(session: Session) -> None:
    for path, value, by in ((HERE, "option", "A"), (WANTS, "7", "B"), (HERE, "later", "A")):
        session.edit(session.now().hash, path, value, by=by)
    session.undo(by="A")
    assert written(piece_at(session.now().situation, HERE)) == "option"
    session.undo(by="A")
    now = session.now().situation
    assert piece_at(now, HERE) == piece_at(dam(), HERE), "with its first basis"
    assert written(piece_at(now, WANTS)) == "7"
    with pytest.raises(UsageError, match="nothing to undo"):
        session.undo(by="A")
    session.undo(by="B")
    assert session.now().situation == dam()
    assert [e.undoes for e in session.edits()] == [None, None, None, 3, 1, 2]


def test_what_somebody_else_changed_since_is_not_taken_back(session: Session) -> None:
    session.edit(session.now().hash, HERE, "option", by="A")
    session.edit(session.now().hash, HERE, "later", by="B")
    done = session.undo(by="A")
    assert isinstance(done, Conflict)
    assert (done.mine, done.theirs, done.by) == ("in", "later", "B")


def test_many_at_once_lose_nothing(session: Session) -> None:
    session.now()

    def change(number: int) -> None:
        for path in (f"{'karun' if number % 2 else 'delta'}.dam.salience",):
            done = session.edit(session.now().hash, path, str(number), by=f"reader {number}")
            while isinstance(done, Conflict):
                done = session.edit(done.hash, path, str(number), by=f"reader {number}")

    threads = [threading.Thread(target=change, args=(n,)) for n in range(1, 9)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    edits = session.edits()
    assert {e.by for e in edits} == {f"reader {n}" for n in range(1, 9)}
    assert all(a.after == b.before for a, b in itertools.pairwise(edits))
    assert edits[-1].after == session.now().hash


@pytest.mark.parametrize(
    ("path", "value", "error"),
    [
        ("nobody.dam.position", "1", SituationError),
        (WANTS, "much", UsageError),
        (WANTS, "nan", UsageError),
        (WANTS, "3,2,1", UsageError),
        (WANTS, "1e300", UsageError),
        (WANTS, "-5", SituationError),
        ("talks.agenda.nothing", "in", SituationError),
        ("nowhere.agenda.dam", "in", SituationError),
        (HERE, "sometime", UsageError),
        (HERE, "precondition", UsageError),
        (HERE, "refused:nobody", UsageError),
        (HERE, "elsewhere:talks", UsageError),
    ],
)
def test_a_change_that_cannot_be_writes_nothing(made: Path, path: str, value: str, error: type[Exception]) -> None:
    session = Session(made)
    before = (made / "situation.yaml").read_bytes()
    with pytest.raises(error):
        session.edit(session.now().hash, path, value, by="A. Reader")
    assert (made / "situation.yaml").read_bytes() == before
    assert session.edits() == ()


@given(
    st.one_of(
        st.sampled_from(["in", "option", "later", "declaratory", "left_out", "refused:karun", "elsewhere:other"]),
        st.lists(st.integers(0, 100), min_size=3, max_size=3).map(lambda n: ",".join(map(str, sorted(n)))),
    )
)
def test_what_is_written_is_read_as_the_same(value: str) -> None:
    path = WANTS if value[0].isdigit() else HERE
    piece = read_piece(dam(), path, value, basis=CODED)
    again = piece_at(with_piece(dam(), path, piece), path)
    assert again == piece == read_piece(dam(), path, written(piece), basis=CODED)


def test_a_range_is_read_in_its_three_forms() -> None:
    read = [read_range(said, path="x", basis=CODED) for said in ("25", "0..50", "0,10,50")]
    assert [(r.low, r.best, r.high) for r in read] == [(25, 25, 25), (0, 25, 50), (0, 10, 50)]


def test_a_question_is_asked_once_and_again_after_a_change(session: Session) -> None:
    asked: list[str] = []

    def answered(name: str, case: Case) -> str:
        asked.append(name)
        return case.situation.title

    def ask(name: str) -> str:
        return session.answer("title", name, compute=partial(answered, name))

    assert [ask("a"), ask("a"), ask("b")] == ["Dam"] * 3
    assert asked == ["a", "b"]
    session.edit(session.now().hash, HERE, "option", by="A. Reader")
    ask("a")
    assert asked == ["a", "b", "a"]
    with pytest.raises(ZeroDivisionError):
        session.answer("broken", compute=lambda _: 1 // 0)
    assert session.answer("broken", compute=lambda _: 1) == 1


def test_a_case_is_shown_but_not_changed(tmp_path: Path) -> None:
    save(dam(), tmp_path / "situation.yaml")
    session = Session(tmp_path)
    assert explained(session, WANTS).why.shown == "10, from 0 to 20"
    with pytest.raises(DossierError, match="not a dossier"):
        session.edit(session.now().hash, HERE, "option", by="A. Reader")
    dossier.adopt(tmp_path)
    assert isinstance(session.edit(session.now().hash, HERE, "option", by="A. Reader"), Edited)
    with pytest.raises(DossierError, match="already"):
        dossier.adopt(tmp_path)
