"""Which paths are cases, and what is looked up when one is opened."""

from pathlib import Path

import pytest
from tests.cli.samples import SITUATION

from detente.desk.case import open_case, quotes_beside, situation_file, texts_beside
from detente.errors import QuoteError, SituationError, UsageError
from detente.situation.store import from_yaml

QUOTED = (
    SITUATION
    + """documents:
  report: {title: A report}
evidence:
  e1: {document: report, sentence: s1, start: 0, end: 5, quote: Talks}
"""
)


def case(text: str, document: str | None = None) -> Path:
    """A folder with a situation and perhaps one document beside it."""
    folder = Path("case")
    folder.mkdir()
    (folder / "situation.yaml").write_text(text, encoding="utf-8")
    if document is not None:
        (folder / "documents").mkdir()
        (folder / "documents" / "report.txt").write_text(document, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["", "a.txt", "nowhere", "x" * 300, "a\0b", "a.txt/b"])
def test_what_is_no_case_has_no_situation_file(name: str) -> None:
    assert situation_file(Path(name)) is None


def test_a_yaml_file_is_a_case_before_it_exists() -> None:
    assert situation_file(Path("new.YML")) == Path("new.YML")


def test_a_case_is_named_after_its_folder_or_its_file() -> None:
    folder = case(SITUATION)
    assert open_case(folder).slug == "case"
    assert open_case(folder / "situation.yaml").slug == "case"
    Path("The dam.yaml").write_text(SITUATION, encoding="utf-8")
    assert open_case(Path("The dam.yaml")).slug == "the-dam"


def test_articles_are_no_case() -> None:
    Path("press").mkdir()
    with pytest.raises(UsageError, match=r"'press' is no case. Give a folder with a situation.yaml"):
        open_case(Path("press"))


def test_texts_are_those_that_the_situation_names() -> None:
    folder = case(QUOTED, "Talks went on.")
    (folder / "documents" / "stray.txt").write_bytes(b"\x89PNG")
    assert open_case(folder).texts == (("report", "Talks went on."),)


def test_a_quote_at_another_place_is_lost() -> None:
    folder = case(QUOTED, "The talks went on.")
    with pytest.raises(QuoteError, match=r"1 lost quote: e1.quote: 'Talks' does not stand at 0 to 5 of 'report'"):
        open_case(folder)


def test_faults_are_told_all_at_once_and_at_most_ten() -> None:
    rows = "".join(f"  d{k}: {{by: nobody, issue: water}}\n" for k in range(12))
    with pytest.raises(SituationError) as told:
        open_case(case(f"{SITUATION}demands:\n{rows}"))
    head, *lines = str(told.value).splitlines()
    assert head.endswith("has 12 faults:")
    assert len(lines) == 11
    assert lines[-1] == "  and 2 more; `detente check` lists them all."


def test_a_situation_alone_has_no_quotes_to_look_up() -> None:
    situation = from_yaml(QUOTED)
    assert texts_beside(Path("case/situation.yaml"), situation) == ()
    assert quotes_beside(Path("case/situation.yaml"), situation, {}) == ()
