"""A hand edit is an entry, signed or not; what was not edited keeps its basis."""

from pathlib import Path

import pytest
from tests.cli.samples import SITUATION

from detente import dossier
from detente.desk.edited import doubts, signed, unsigned
from detente.situation.nouns import Situation
from detente.situation.paths import value_at, with_value
from detente.situation.store import from_yaml
from detente.situation.values import Basis, Range

ASSUMED = Basis(kind="assumed", rule="salience-unstated")


@pytest.fixture
def drafted() -> Situation:
    draft = from_yaml(SITUATION)
    return with_value(draft, "upper.water.salience", Range(low=10, best=50, high=90, basis=ASSUMED))


@pytest.fixture
def file(drafted: Situation) -> Path:
    return dossier.create(Path("kept"), drafted).folder / "situation.yaml"


def test_a_draft_as_it_was_kept_has_no_edits(file: Path, drafted: Situation) -> None:
    assert unsigned(file, drafted) == ()
    assert signed(file, drafted) is drafted


def test_a_changed_number_under_its_old_basis_becomes_an_entry(file: Path, drafted: Situation) -> None:
    changed = with_value(drafted, "upper.water.salience", Range.point(20, ASSUMED))
    assert [i.path for i in unsigned(file, changed)] == ["upper.water.salience"]
    value = value_at(signed(file, changed), "upper.water.salience")
    assert (value.best, value.basis.kind) == (20, "entered")
    (asked,) = doubts(file, changed)
    assert "'assumed' (salience-unstated)" in asked.message
    assert asked.severity == "doubt"


def test_a_signed_edit_needs_nothing_more(file: Path, drafted: Situation) -> None:
    entry = Range.point(20, Basis(kind="entered", by="A. Reader"))
    changed = with_value(drafted, "upper.water.salience", entry)
    assert unsigned(file, changed) == ()


def test_a_value_that_the_program_saved_later_is_no_edit(file: Path, drafted: Situation) -> None:
    later = with_value(drafted, "upper.water.salience", Range.point(20, ASSUMED))
    dossier.open(file.parent).save_situation(later)
    assert unsigned(file, later) == ()
    assert unsigned(file, drafted) == ()


def test_a_file_outside_a_dossier_has_nothing_to_compare_with(drafted: Situation) -> None:
    assert unsigned(Path("dam.yaml"), drafted) == ()
