"""The page about the file tells the truth: its example works, and it names every noun and field."""

import re
from pathlib import Path

from detente.situation import nouns
from detente.situation.check import check
from detente.situation.nouns import RedLine, Situation
from detente.situation.store import from_yaml, to_yaml
from detente.situation.store.notes import noted_fields
from detente.situation.values import Noun, Range, Record

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "situation-file.md").read_text(encoding="utf-8")
# A red line and the file itself are described in words.
ELSEWHERE = {RedLine, Range, Noun, Record, Situation}
NOUNS: list[type[Record]] = [
    n for n in vars(nouns).values() if isinstance(n, type) and issubclass(n, Record) and n not in ELSEWHERE
]


def example() -> str:
    found = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_is_a_sound_situation() -> None:
    assert check(from_yaml(example())) == ()


def test_the_example_is_written_as_the_program_writes() -> None:
    assert to_yaml(from_yaml(example())) == example()


def test_every_field_of_every_noun_is_on_the_page() -> None:
    assert len(NOUNS) > 20
    for noun in NOUNS:
        section = PAGE.split(f"### {noun.__name__}\n")[1].split("\n### ")[0]
        common = {"evidence", "basis", "note"} if issubclass(noun, Noun) else set()
        for name, meaning in noted_fields(noun).items():
            assert name in common or f"| `{name}` | {meaning} (" in section, f"{noun.__name__}.{name}"


def test_every_field_has_its_meaning_in_one_line() -> None:
    every: list[type[Record]] = [*NOUNS, Situation, RedLine]
    for noun in every:
        assert all(noted_fields(noun).values()), noun.__name__


def test_the_kinds_of_rows_are_all_named() -> None:
    assert all(f"`{name}`" in PAGE for name in Situation.model_fields)
