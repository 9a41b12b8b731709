"""Which documents does a form hold: bounded before they are read, held in memory, under names that harm nothing?"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from detente.desk.documents import as_day
from detente.desk.intake import LIMIT
from detente.errors import UsageError
from detente.web.safety.bodies import LARGER

MOST_FILES: Final = 20
MOST_FIELDS: Final = 20
LONGEST_NAME: Final = 120
LONGEST_FIELD: Final = 120


@dataclass(frozen=True, slots=True)
class Sent:
    """One document: its bytes, and the last part of the name that its file had; empty for text that was pasted."""

    content: bytes = field(repr=False)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The documents of a form, and what somebody says of who published them and when.

    later  whether one that is newer than the day of the situation moves that day on
    """

    documents: tuple[Sent, ...]
    publisher: str | None
    published: dt.date | None
    later: bool


async def sent(request: Request) -> Form:
    """Take the documents out of a form.

    Raises UsageError for a form that cannot be read, holds none, too many, or one that is too large.
    """
    data = await _parsed(request)
    try:
        return await _taken(data)
    finally:
        await data.close()


async def _taken(data: FormData) -> Form:
    chosen = [f for f in data.getlist("files") if isinstance(f, UploadFile) and (f.filename or f.size)]
    pasted = _field(data, "text")
    large = next((f for f in chosen if (f.size or 0) > LIMIT), None)
    if large is not None:
        raise UsageError(f"'{named(large.filename)}' {_too_large(large.size or 0)}")
    documents = [Sent(await f.read(), named(f.filename)) for f in chosen]
    documents += [Sent(pasted.encode("utf-8", "replace"))] if pasted.strip() else []
    if not documents:
        raise UsageError("Nothing was sent. Paste the text of an article, or choose a file.")
    if (over := next((d for d in documents if len(d.content) > LIMIT), None)) is not None:
        raise UsageError(f"The pasted text {_too_large(len(over.content))}")
    publisher = " ".join(_field(data, "publisher").split())[:LONGEST_FIELD]
    published = as_day(_field(data, "published").strip(), what="published on")
    return Form(tuple(documents), publisher or None, published, bool(_field(data, "later")))


async def _parsed(request: Request) -> FormData:
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        raise UsageError("That is no form with documents. Send it as multipart/form-data.")
    parser = MultiPartParser(
        request.headers, request.stream(), max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LIMIT
    )
    # In memory, which is bounded: nothing of a document is written anywhere but into its dossier.
    parser.spool_max_size = LARGER["documents"]
    try:
        return await parser.parse()
    except (MultiPartException, KeyError) as fault:
        said = str(fault)
        many = f"Send up to {MOST_FILES} files at a time, and pasted text of up to {LIMIT / 1e6:g} MB."
        raise UsageError(f"The form cannot be read. {many}" if said else "The form cannot be read.") from None


def named(given: str | None) -> str:
    r"""Return the last part of a file's name, in letters that can be shown; whatever leads to another folder is gone.

    >>> named("../../etc/passwd"), named("C:\\temp\\a.txt"), named("..")
    ('passwd', 'a.txt', 'document')
    """
    last = (given or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(c if c.isprintable() else "_" for c in last).strip(" .") or "document"
    return plain if len(plain) <= LONGEST_NAME else plain[-LONGEST_NAME:]


def _field(data: FormData, name: str) -> str:
    found = data.get(name)
    return found if isinstance(found, str) else ""


def _too_large(size: int) -> str:
    return f"is {size / 1e6:.1f} MB; the limit is {LIMIT / 1e6:g} MB. Split it, and add its parts."
