"""What does a word processor know that the library for its files has no words for?

Links inside the document, bookmarks, numbers of sheets, heads of tables that are repeated, what a picture shows.
"""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Length
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

RULE = "D4D9DE"
# The format fixes the order in which properties of a table stand.
AFTER_BORDERS = frozenset(qn(f"w:{name}") for name in ("shd", "tblLayout", "tblCellMar", "tblLook"))


def linked(block: Paragraph, run: Run, bookmark: str) -> None:
    """Make a run of a paragraph a link to a bookmark."""
    link = _made("w:hyperlink", anchor=bookmark, history="1")
    block._p.remove(run._r)
    link.append(run._r)
    block._p.append(link)


def bookmarked(run: Run, name: str, number: int) -> None:
    """Put a bookmark around a run; its number is its own in the document."""
    run._r.addprevious(_made("w:bookmarkStart", id=str(number), name=name))
    run._r.addnext(_made("w:bookmarkEnd", id=str(number)))


def page_number(block: Paragraph, size: Length) -> None:
    """Write the number of the sheet."""
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = block.add_run()
        run.font.size = size
        if text is None:
            run._r.append(_made("w:fldChar", fldCharType=kind or ""))
        else:
            order = OxmlElement("w:instrText")
            order.text = text
            run._r.append(order)


def described(shape: InlineShape, title: str, desc: str) -> None:
    """Say what a picture is called and what it shows, for those who cannot see it."""
    about = shape._inline.docPr
    about.set("name", title[:255] or "Figure")
    about.set("title", title)
    about.set("descr", ". ".join(part.rstrip(".") for part in (title, desc) if part) + ".")


def head_row(row: _Row) -> None:
    """Repeat a row at the head of every sheet that its table goes on to, and tell it as the head."""
    row._tr.get_or_add_trPr().append(_made("w:tblHeader", val="true"))
    undivided(row)


def undivided(row: _Row) -> None:
    """Keep a row on one sheet."""
    row._tr.get_or_add_trPr().append(_made("w:cantSplit", val="true"))


def framed(table: Table) -> None:
    """Draw thin lines between the rows of a table, and let its columns be as wide as their words."""
    table.autofit = True
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_made(f"w:{side}", val="single", sz="4", space="0", color=RULE))
    later = (child for child in table._tbl.tblPr if child.tag in AFTER_BORDERS)
    following = next(later, None)
    if following is None:
        table._tbl.tblPr.append(borders)
    else:
        following.addprevious(borders)


def shaded(run: Run, colour: str) -> None:
    """Put a colour behind a run."""
    run._r.get_or_add_rPr().append(_made("w:shd", val="clear", color="auto", fill=colour))


def spoken(style: Any, font: str) -> None:
    """Set the font of a style for every script that a document tells apart."""
    style.font.name = font
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def _made(name: str, /, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
