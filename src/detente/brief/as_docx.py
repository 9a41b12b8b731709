"""How is a brief written as a document that a word processor opens and people edit?

The content is that of the page: sections with both views, marks, tables, pictures with what they show in words, sources
with what was quoted from them, notes, and the box for reproducing it. The ids behind a sentence are links to the entry
that they stand for. The same brief gives the same bytes on one machine; pictures take their fonts from it.
"""

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.document import Document as Sheet
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Emu, Inches, Pt, RGBColor
from docx.text.paragraph import Paragraph as Block

from detente.brief.document import Brief
from detente.brief.docx_parts import (
    bookmarked,
    described,
    framed,
    head_row,
    linked,
    page_number,
    shaded,
    spoken,
    undivided,
)
from detente.brief.html import WORDS
from detente.brief.page import Entry, Line, Lines, Page, Picture, Reading, Ref, Table, page
from detente.formats.svg_alone import alone, png, size_of, told

WIDE, HIGH = (
    6.0,
    7.6,
)  # inches for a picture: what a sheet has between its margins, with head and caption
PIXELS = 96.0  # of a page, to the inch
SMALL, TINY = Pt(8.5), Pt(7)
SOFT = RGBColor(0x55, 0x60, 0x6E)
INK = RGBColor(0x1D, 0x23, 0x2B)
LINK = RGBColor(0x1A, 0x54, 0x90)
MARKS: dict[str, RGBColor] = {
    "read": RGBColor(0x1F, 0x5F, 0xA8),
    "entered": RGBColor(0x0B, 0x6B, 0x4F),
    "supplied": RGBColor(0x7A, 0x3E, 0x9D),
    "assumed": RGBColor(0x93, 0x50, 0x00),
}
QUOTED = "FDF1C7"
VIEWS = {"completed": "As completed", "text": "From the text alone"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that the format of the file knows


@dataclass(slots=True)
class _Pen:
    """What is handed on while the document is written: the sheet, and the bookmark of every entry."""

    sheet: Sheet
    marks: dict[str, str]
    given: set[str] = field(default_factory=set)

    def put(self, block: Block, line: Line, *, said: tuple[Ref, ...] = ()) -> None:
        """Write a sentence with its mark and its ids; ids that were just said are not said again."""
        block.add_run(line.text)
        if line.mark:
            mark = block.add_run(f" [{line.mark}]")
            mark.font.size, mark.font.color.rgb = TINY, MARKS[line.mark]
        if line.refs and line.refs != said:
            self.refs(block, line.refs)

    def refs(self, block: Block, refs: tuple[Ref, ...]) -> None:
        for ref in refs:
            space = block.add_run("\u202f")
            space.font.size = TINY
            target = self.marks.get(ref.entry)
            run = block.add_run(ref.id if target else f"{ref.id}?")
            run.font.size, run.font.superscript, run.font.color.rgb = Pt(9), True, LINK
            if target:
                linked(block, run, target)

    def entry(self, block: Block, entry: Entry) -> None:
        run = block.add_run(entry.id)
        run.bold = True
        mark = self.marks[entry.anchor]
        if mark not in self.given:
            self.given.add(mark)
            bookmarked(run, mark, len(self.given))
        block.add_run("  ")


def render(brief: Brief) -> bytes:
    """Write a brief as DOCX.

    Raises FormatError where a picture cannot be drawn.

    >>> from detente.brief.document import Brief
    >>> render(Brief("Dam talks", "Two states", (), (), (), ()))[:2]
    b'PK'
    """
    laid = page(brief)
    sheet = _sheet(laid)
    entries = [entry for reading in laid.readings for entry in reading.quotes]
    entries += [entry for _, _, found in laid.notes for entry in found]
    pen = _Pen(sheet, {entry.anchor: f"entry_{k}" for k, entry in enumerate(entries, start=1)})
    _legend(sheet)
    for part in laid.parts:
        sheet.add_heading(part.title, 1)
        for view, blocks in part.views:
            if view != "both":
                sheet.add_heading(VIEWS[view], 2)
            for block in blocks:
                _block(pen, block)
    _sources(pen, laid)
    for _, title, found in laid.notes:
        sheet.add_heading(title, 1)
        for entry in found:
            _note(pen, entry)
    if laid.facts:
        sheet.add_heading("How to reproduce this brief", 1)
        _facts(sheet, laid.facts)
    return _bytes(sheet)


def _sheet(laid: Page) -> Sheet:
    """Begin a document: its styles, its properties, its title, the numbers of its sheets."""
    sheet = Document()
    styles: Any = sheet.styles  # which kind of style a name stands for is not in the library's types
    spoken(styles["Normal"], "Calibri")
    styles["Normal"].font.size = Pt(10.5)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        spoken(styles[name], "Calibri")
        styles[name].font.color.rgb = SOFT if name in ("Subtitle", "Caption") else INK
    caption = styles["Caption"].font
    caption.size, caption.bold = Pt(9), False
    about = sheet.core_properties
    about.title, about.subject, about.author, about.last_modified_by = laid.title[:255], laid.subtitle[:255], "", ""
    about.keywords, about.language = "negotiation; brief", "en"
    about.comments = "; ".join(f"{name}: {value}" for name, value in laid.facts)[:255]
    undated(sheet)
    sheet.add_heading(laid.title, 0)
    if laid.subtitle:
        sheet.add_paragraph(laid.subtitle, style="Subtitle")
    foot = sheet.sections[0].footer.paragraphs[0]
    foot.add_run(laid.title + "   ").font.size = SMALL
    page_number(foot, SMALL)
    return sheet


def undated(sheet: Sheet) -> None:
    """Take the day on which the empty template was made out of the properties: it says nothing about the brief."""
    element = sheet.core_properties._element
    for child in list(element):
        if child.tag.endswith(("}created", "}modified", "}revision")):
            element.remove(child)


def _legend(sheet: Sheet) -> None:
    block = sheet.add_paragraph()
    for kind in MARKS:
        run = block.add_run(f"[{kind}] ")
        run.font.size, run.font.color.rgb = SMALL, MARKS[kind]
        block.add_run(f"{WORDS[kind]}.  ").font.size = SMALL
    block.add_run("Small signs such as e1 lead to what a sentence rests on.").font.size = SMALL


def _block(pen: _Pen, block: Lines | Table | Picture) -> None:
    match block:
        case Lines(kind="paragraph"):
            found = pen.sheet.add_paragraph()
            for k, line in enumerate(block.lines):
                if k:
                    found.add_run(" ")
                pen.put(found, line)
        case Lines():
            for line in block.lines:
                pen.put(pen.sheet.add_paragraph(style="List Bullet"), line)
        case Table():
            _table(pen, block)
        case Picture():
            _picture(pen, block)
            _table(pen, block.table)


def _picture(pen: _Pen, block: Picture) -> None:
    drawing = alone(block.svg)
    size = size_of(drawing)
    width = min(WIDE, size.width / PIXELS, HIGH * size.width / size.height)
    title, desc = told(drawing)
    found = pen.sheet.add_paragraph()
    found.paragraph_format.keep_with_next = True
    shape = found.add_run().add_picture(io.BytesIO(png(drawing)), width=Inches(width))
    described(shape, title, desc)
    pen.put(pen.sheet.add_paragraph(style="Caption"), block.caption)


def _table(pen: _Pen, block: Table) -> None:
    caption = pen.sheet.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    if block.fold:
        caption.add_run(f"{block.fold}. ").bold = True
    pen.put(caption, block.caption)
    columns = max(len(block.columns), 1)
    headed = any(block.columns)
    made = pen.sheet.add_table(rows=len(block.rows) + headed, cols=columns)
    framed(made)
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    rows = list(made.rows)
    if headed:
        head_row(rows[0])
        for cell, head in zip(rows[0].cells, block.columns, strict=True):
            cell.paragraphs[0].add_run(head).bold = True
            _tight(cell.paragraphs[0])
    for row, lines in zip(rows[headed:], block.rows, strict=True):
        undivided(row)
        said = lines[0].refs if lines and lines[0].text else ()
        for k, (cell, line) in enumerate(zip(row.cells, lines, strict=False)):
            pen.put(cell.paragraphs[0], line, said=said if k else ())
            _tight(cell.paragraphs[0])
    pen.sheet.add_paragraph().paragraph_format.space_after = Emu(0)


def _tight(block: Block) -> None:
    block.paragraph_format.space_after = Pt(1)
    for run in block.runs:
        if run.font.size is None:
            run.font.size = SMALL


def _sources(pen: _Pen, laid: Page) -> None:
    if laid.readings:
        pen.sheet.add_heading("Sources", 1)
    for reading in laid.readings:
        _source(pen, reading)


def _source(pen: _Pen, reading: Reading) -> None:
    pen.sheet.add_heading(reading.title, 2)
    told = [f"grade {reading.grade}"] if reading.grade else []
    told += [*reading.about, *([reading.url] if reading.url else [])]
    if told:
        pen.sheet.add_paragraph(", ".join(told), style="Caption")
    for doubt in reading.doubts:
        pen.put(pen.sheet.add_paragraph(style="List Bullet"), doubt)
    for entry in reading.quotes:
        block = pen.sheet.add_paragraph()
        pen.entry(block, entry)
        shaded(block.add_run(entry.text), QUOTED)
        rest = [f"said by {entry.speaker}"] if entry.speaker else []
        rest += [f"grade {entry.grade}"] if entry.grade else []
        rest += ["this quote does not stand at its place in the text"] if entry.lost else []
        if rest:
            aside = block.add_run(f"  {', '.join(rest)}")
            aside.font.size, aside.font.color.rgb = SMALL, SOFT
    if reading.has_text:
        pen.sheet.add_heading("Full text, quoted stretches highlighted", 3)
        block = pen.sheet.add_paragraph()
        for stretch in reading.stretches:
            run = block.add_run(stretch.text)
            run.font.size = Pt(9.5)
            if stretch.covering:
                shaded(run, QUOTED)


def _note(pen: _Pen, entry: Entry) -> None:
    block = pen.sheet.add_paragraph()
    block.paragraph_format.space_after = Pt(3)
    pen.entry(block, entry)
    block.add_run(entry.text)
    pen.refs(block, entry.refs)


def _facts(sheet: Sheet, facts: tuple[tuple[str, str], ...]) -> None:
    made = sheet.add_table(rows=len(facts), cols=2)
    framed(made)
    for row, fact in zip(made.rows, facts, strict=True):
        for cell, text in zip(row.cells, fact, strict=True):
            cell.paragraphs[0].add_run(text).font.size = SMALL
            _tight(cell.paragraphs[0])


def _bytes(sheet: Sheet) -> bytes:
    """Pack the document anew without the time of day, which the library writes into every part."""
    written, again = io.BytesIO(), io.BytesIO()
    sheet.save(written)
    with zipfile.ZipFile(written) as loose, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in loose.namelist():
            packed.writestr(zipfile.ZipInfo(name, EPOCH), loose.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
