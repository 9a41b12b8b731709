"""Files to read: a short story, and PDFs as small as they can be."""

import zlib
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader, PdfWriter

STORY = (
    "Envoys meet again in Muscat\n\n"
    "The two delegations met on Saturday, and the envoy said that the missiles were not on the table for now.\n"
    "It was the second round of talks.\n"
)


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file and say where."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def drawn(lines: list[str]) -> bytes:
    """The content of a page that shows these lines."""
    shown = b" ".join(b"(%s) Tj T*" % line.encode() for line in lines)
    return b"BT /F1 11 Tf 14 TL 50 750 Td " + shown + b" ET"


def pdf(content: bytes, *, packed: bool = False) -> bytes:
    """A PDF of one page with this content."""
    data = zlib.compress(content, 9) if packed else content
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1"
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), b"/Filter/FlateDecode" if packed else b"", data),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


def locked(password: str) -> bytes:
    """A PDF that opens with this password."""
    page = pdf(drawn(["The two sides said that they would meet again soon."]))
    writer = PdfWriter(clone_from=PdfReader(BytesIO(page)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
