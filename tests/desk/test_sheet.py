"""Several sheets on one page, and what a page may show because it is known already."""

from pathlib import Path

from detente.brief.document import Grid, Listing, Paragraph, Section, Sentence
from detente.brief.page import Page
from detente.brief.register import Register
from detente.desk.session import Session
from detente.desk.sheet import named
from detente.situation.nouns import Situation


def sheet_of(prefix: str) -> Page:
    register = Register()
    line = Sentence("The dam holds.", (register.derive("it was looked at"),))
    sections = (
        Section("said", "Said", (Paragraph((line,)), Listing((line,)), Grid(line, ("what",), ((line,),)))),
        Section("empty", "Empty", ()),
    )
    found = named(Situation(title="Dam"), sections, register, prefix=prefix)
    assert found.ids == ("said",)
    assert found.part("empty") is None
    assert found.part("said") is not None
    return found.page


def anchors(page: Page) -> set[str]:
    lines = [line for p in page.parts for _, blocks in p.views for b in blocks for line in getattr(b, "lines", ())]
    notes = [entry.anchor for _, _, entries in page.notes for entry in entries]
    assert {ref.href for line in lines for ref in line.refs} == {f"#{anchor}" for anchor in notes}
    return {*(p.anchor for p in page.parts), *(line.anchor or "" for line in lines), *notes}


def test_two_sheets_share_no_anchor_and_each_leads_to_its_own_notes() -> None:
    assert not anchors(sheet_of("")) & anchors(sheet_of("story-"))


def test_an_answer_is_known_once_it_was_given_and_until_something_changes(tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text("title: Dam\n", encoding="utf-8")
    session = Session(tmp_path)
    assert not session.knows("how", "high")
    assert session.answer("how", "high", compute=lambda case: case.situation.title) == "Dam"
    assert session.knows("how", "high")
    assert not session.knows("how", "deep")
    (tmp_path / "situation.yaml").write_text("title: Another dam\n", encoding="utf-8")
    assert not session.knows("how", "high")
