"""Write a brief for another program: a word processor, a printer, a slide, a page of somebody else's.

Apart from `desk.brief`, because what draws and packs takes a moment to load, and a page needs none of it.
"""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from detente.brief import as_docx, as_json, html
from detente.brief.as_pictures import drawn, named, pictures
from detente.brief.document import Brief
from detente.desk.brief import Form
from detente.errors import UsageError
from detente.formats import page_pdf
from detente.situation.store import write_whole

MEDIA: dict[Form, str] = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
    "pictures": "application/zip",
}
ENDINGS: dict[Form, str] = {"html": ".html", "docx": ".docx", "pdf": ".pdf", "json": ".json", "pictures": ".zip"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a packed file knows


@dataclass(frozen=True, slots=True)
class Export:
    """A brief in one form: the bytes, what kind of file they are, and how its name ends."""

    content: bytes
    media: str
    ending: str


def require(form: Form) -> None:
    """Refuse a form that cannot be made on this machine, before the long work.

    Raises UsageError for a PDF where no browser prints.

    >>> require("docx")
    """
    if form == "pdf":
        page_pdf.browser()


def exported(brief: Brief, form: Form) -> Export:
    """Return a brief in one form; its pictures as SVG and PNG, packed.

    Raises FormatError where a picture cannot be drawn, UsageError where nothing prints a PDF.

    >>> from detente.brief.document import Brief
    >>> exported(Brief("Dam talks", "Two states", (), (), (), ()), "json").ending
    '.json'
    """
    return Export(_content(brief, form), MEDIA[form], ENDINGS[form])


def picture(brief: Brief, name: str, form: str) -> Export:
    """Return one picture of a brief, by the name that its file has, as `svg` or `png`.

    Raises UsageError where there is none of that name, or in another form, FormatError where it cannot be drawn.
    """
    known = dict(named(brief))
    if name not in known:
        listed = ", ".join(known) or "none"
        raise UsageError(f"'{name[:60]}' is no picture of this brief. Its pictures: {listed}.")
    if form not in ("svg", "png"):
        raise UsageError(f"A picture goes out as svg or png, not as '{form[:20]}'. Choose one of them.")
    made = drawn(name, known[name])
    if form == "svg":
        return Export(made.svg.encode(), "image/svg+xml", ".svg")
    return Export(made.png, "image/png", ".png")


def save(brief: Brief, target: Path, form: Form) -> tuple[Path, ...]:
    """Write a brief in one form, each file whole or not at all; pictures into a folder. Return what was written.

    Raises OSError where the place cannot be written to, and what `exported` raises.
    """
    if form != "pictures":
        write_whole(target, _content(brief, form))
        return (target,)
    files = [(target / name, content) for name, content in _files(brief)]
    target.mkdir(exist_ok=True)
    for path, content in files:
        write_whole(path, content)
    return tuple(path for path, _ in files)


def _content(brief: Brief, form: Form) -> bytes:
    match form:
        case "html":
            return html.render(brief).encode()
        case "docx":
            return as_docx.render(brief)
        case "pdf":
            return page_pdf.pdf(html.render(brief).encode())
        case "json":
            return as_json.render(brief).encode()
        case "pictures":
            return _packed(_files(brief))


def _files(brief: Brief) -> list[tuple[str, bytes]]:
    drawn = pictures(brief)
    return [(f"{one.name}{end}", c) for one in drawn for end, c in ((".svg", one.svg.encode()), (".png", one.png))]


def _packed(files: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            packed.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
