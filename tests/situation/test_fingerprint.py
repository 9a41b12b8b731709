"""Equal situations have equal bytes, and the bytes bring the situation back."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import SituationError
from detente.situation.fingerprint import canonical_bytes, fingerprint, from_bytes
from detente.situation.nouns import Issue, Situation
from detente.situation.store import from_yaml, to_yaml
from detente.situation.values import Basis, Range

# Another process finds the package where this one does, installed or not.
ENV = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
CODER = Basis(kind="entered", by="coder")
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def at(level: float, scale: tuple[float, float] = (0, 100)) -> Situation:
    return Situation(title="t", issues=(Issue(id="i", name="x", scale=scale, status_quo=Range.point(level, CODER)),))


@SLOW
@given(data=st.data())
def test_the_bytes_bring_the_situation_back(data: st.DataObject, situations: st.SearchStrategy[Situation]) -> None:
    situation = data.draw(situations)
    assert from_bytes(canonical_bytes(situation)) == situation
    assert fingerprint(from_yaml(to_yaml(situation))) == fingerprint(situation)


@SLOW
@given(data=st.data())
def test_different_situations_have_different_bytes(data: st.DataObject, rows: st.SearchStrategy[Situation]) -> None:
    one, other = data.draw(rows), data.draw(rows)
    assert (canonical_bytes(one) == canonical_bytes(other)) == (one == other)


@pytest.mark.parametrize(("one", "other"), [(5, 5.0), (0.0, -0.0), (1e3, 1000)])
def test_the_same_number_has_the_same_bytes_however_written(one: float, other: float) -> None:
    assert fingerprint(at(one)) == fingerprint(at(other))
    assert fingerprint(at(0, (one, 2000))) == fingerprint(at(0, (other, 2000)))


def test_bytes_are_canonical_json() -> None:
    content = canonical_bytes(at(2.5))
    assert b" " not in content
    assert json.dumps(json.loads(content), sort_keys=True, separators=(",", ":")).encode() == content


def test_a_changed_basis_is_another_situation() -> None:
    other = Range.point(5, Basis(kind="assumed", rule="guess"))
    assert fingerprint(at(5)) != fingerprint(Situation(title="t", issues=(Issue(id="i", name="x", status_quo=other),)))


def test_another_process_finds_the_same_fingerprint() -> None:
    program = (
        "from detente.situation.fingerprint import fingerprint\n"
        "from detente.situation.nouns import Situation\n"
        "print(fingerprint(Situation(title='Gulf', note='é')))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=ENV)
    assert found.stdout.strip() == fingerprint(Situation(title="Gulf", note="é"))


@pytest.mark.parametrize("damaged", [b"", b"{}", b'{"title":"t","new":1}', b'{"title":"t"', b"\xff"])
def test_damaged_bytes_are_refused_in_words(damaged: bytes) -> None:
    with pytest.raises(SituationError, match="Stored bytes are not a situation"):
        from_bytes(damaged)
