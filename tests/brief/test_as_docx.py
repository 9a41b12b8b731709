"""A brief in a word processor says what the page says, and every sign leads to what it stands for."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from detente.brief import as_docx
from detente.brief.as_pictures import pictures
from detente.brief.document import Brief, Figure, Paragraph, Section, Sentence, sentences
from detente.figures.text import printable


@pytest.fixture(scope="module")
def written(dispute: Brief) -> bytes:
    return as_docx.render(dispute)


@pytest.fixture(scope="module")
def opened(written: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(written))


def all_text(opened: docx.document.Document) -> str:
    """Every paragraph with what is in links, cells included, in order."""
    lines = []
    for block in opened.element.body.iter(qn("w:p")):
        lines.append("".join(t.text or "" for t in block.iter(qn("w:t"), qn("w:tab"), qn("w:br"))))
    return "\n".join(lines)


def figures(brief: Brief) -> list[Figure]:
    blocks = [b for s in brief.sections for b in (*s.blocks, *(s.text_only or ()))]
    return [b for b in blocks if isinstance(b, Figure)]


def test_every_sentence_of_the_brief_is_there(dispute: Brief, opened: docx.document.Document) -> None:
    told = all_text(opened)
    assert [s.text for s in sentences(dispute) if printable(s.text) not in told] == []
    assert [q.id for q in dispute.quotes if printable(q.quote) not in told.replace("\n", " ")] == []
    assert [f.name for f in dispute.facts if printable(f.value) not in told] == []


def test_every_section_is_a_heading_and_both_views_are_named(dispute: Brief, opened: docx.document.Document) -> None:
    first = [p.text for p in opened.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert first[: len(dispute.sections)] == [s.title for s in dispute.sections]
    second = [p.text for p in opened.paragraphs if p.style is not None and p.style.name == "Heading 2"]
    assert second.count("From the text alone") == sum(s.text_only is not None for s in dispute.sections) > 0


def test_every_id_leads_to_an_entry(dispute: Brief, opened: docx.document.Document) -> None:
    body = opened.element.body
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(marks) == len(set(marks)) == len(dispute.quotes) + len(dispute.notes)
    assert set(links) <= set(marks)
    assert len(links) >= len({ref for s in sentences(dispute) for ref in s.refs})


def test_every_picture_says_what_it_shows(dispute: Brief, opened: docx.document.Document) -> None:
    told = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert len(told) == len(figures(dispute)) > 0
    assert all(len(one) > 20 for one in told)


def test_the_head_of_a_table_is_told_as_one(opened: docx.document.Document) -> None:
    headed = [t for t in opened.tables if t._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None]
    assert len(headed) >= len(opened.tables) - 1  # the box for reproducing the brief has none
    order = [child.tag for child in opened.tables[0]._tbl.tblPr]
    assert order.index(qn("w:tblBorders")) < order.index(qn("w:tblLook"))


def test_it_is_called_as_the_brief_is_and_no_day_is_made_up(dispute: Brief, written: bytes) -> None:
    again = docx.Document(io.BytesIO(written)).core_properties
    assert (again.title, again.subject) == (dispute.title, dispute.subtitle)
    assert (again.created, again.modified, again.author) == (None, None, "")


def test_the_same_brief_gives_the_same_bytes(dispute: Brief, written: bytes) -> None:
    assert as_docx.render(dispute) == written
    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        assert {info.date_time for info in packed.infolist()} == {as_docx.EPOCH}


def test_what_no_file_can_hold_is_shown_instead() -> None:
    rude = "a\x00\x1b[31m \ud800 \ufffe <w:p> & \u202e\n\ttwo"
    brief = Brief(rude, rude, (Section("s", rude, (Paragraph((Sentence(rude, ("lost",)),)),)),), (), (), ())
    told = all_text(docx.Document(io.BytesIO(as_docx.render(brief))))
    assert "<w:p> &" in told
    assert "lost?" in told


def test_pictures_are_named_in_reading_order_and_stay_inside_their_folder(dispute: Brief) -> None:
    odd = replace(figures(dispute)[0], id="../../etc/Ärger & Co")
    drawn = pictures(Brief("t", "s", (Section("x", "X", (odd, odd), (odd,)),), (), (), ()))
    assert [one.name for one in drawn] == ["01-etc-rger-co", "02-etc-rger-co", "03-etc-rger-co-text-alone"]
    assert all(one.png.startswith(b"\x89PNG") and one.svg.startswith("<?xml") for one in drawn)
