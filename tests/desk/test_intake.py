"""What waits to be read is bounded, and a change underneath loses nobody's work."""

import threading
from pathlib import Path

import pytest

from detente import dossier
from detente.desk.intake import LIMIT, MOST_WAITING, CatchUp, Intake, Upload
from detente.desk.intake.worker import _again, opened
from detente.errors import DocumentError, DossierError, UsageError
from detente.read import documents
from detente.situation.nouns import Situation


class Stuck:
    """A reader that is never ready, so that everything waits."""

    def ready(self, _: object) -> None:
        threading.Event().wait()

    def end(self) -> None:
        """Nothing to end."""


@pytest.fixture
def stuck() -> Intake:
    made = Intake()
    made.hand = Stuck()  # type: ignore[assignment]
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return dossier.create(tmp_path / "dam", Situation(title="Dam")).folder


def test_only_so_much_waits(stuck: Intake, folder: Path) -> None:
    with pytest.raises(UsageError, match="the limit is 5 MB"):
        stuck.ask(Upload(folder, b"x" * (LIMIT + 1)), by="A")
    for _ in range(12):
        stuck.ask(Upload(folder, b"x" * LIMIT), by="A")
    with pytest.raises(DossierError, match="Too many documents wait"):
        stuck.ask(Upload(folder, b"x" * LIMIT), by="A")
    for _ in range(MOST_WAITING - 12):
        stuck.ask(Upload(folder, b"x"), by="A")
    with pytest.raises(DossierError, match="Too many documents wait"):
        stuck.ask(Upload(folder, b"x"), by="A")


def test_decisions_that_wait_are_brought_in_together(stuck: Intake, folder: Path) -> None:
    first = stuck.ask(CatchUp(folder), by="A")
    assert stuck.ask(CatchUp(folder), by="B") == first
    assert stuck.wait(first, 0.0).state == "waiting"
    assert stuck.tasks(folder) == (first,)
    assert stuck.tasks(folder.parent) == ()


def test_a_change_underneath_is_gone_over_again(folder: Path) -> None:
    tries: list[int] = []

    def late() -> str:
        tries.append(len(tries))
        if len(tries) < 3:
            (folder / "situation.yaml").write_text(f"title: Dam {len(tries)}\n")
            raise DossierError("'situation.yaml' was changed meanwhile. Do it again.")
        return "done"

    assert _again(folder, late) == "done"
    assert len(tries) == 3


def test_a_fault_without_a_change_is_told_once(folder: Path) -> None:
    tries: list[int] = []

    def broken() -> str:
        tries.append(1)
        raise DossierError("broken")

    with pytest.raises(DossierError, match="broken"):
        _again(folder, broken)
    assert len(tries) == 1


def test_what_is_stated_beside_a_text_counts_only_where_the_text_is_silent(folder: Path) -> None:
    words = b"Talks resume\n\nThe two sides met in Muscat and said that the talks would go on.\n"
    with documents.extractor() as take_apart:
        silent = opened(Upload(folder, words, "../a b.txt", publisher="A Wire"), take_apart)
        pasted = opened(Upload(folder, words), take_apart)
        with pytest.raises(DocumentError, match="does not read"):
            opened(Upload(folder, words, "a.yaml"), take_apart)
    assert (silent.publisher, pasted.name, pasted.id) == ("A Wire", "Talks resume", "talks-resume")
