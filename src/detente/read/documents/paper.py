"""What does a PDF say, as far as it holds text rather than pictures of text?"""

import re
from collections import Counter
from io import BytesIO

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from detente.errors import DocumentError
from detente.read.documents.document import Extract

FEWEST_WORDS = 5
MOST_PAGES = 2_000
_WORD = re.compile(r"\w\w+")
_BROKEN_WORD = re.compile(r"(?<=[a-z])[-\u2010\u00ad]\n(?=[a-z])")
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?$", re.IGNORECASE)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}


def pages(data: bytes, name: str, *, most_characters: int) -> Extract:
    """Which text do the pages hold, without page numbers and running heads?

    A PDF's own dates say when the file was made, not when the text was published, so they are not taken.

    Raises DocumentError when the PDF is encrypted, broken, too long, or holds no text.
    """
    try:
        texts = _texts(_opened(data, name), name, most_characters)
    except PyPdfError as fault:
        raise DocumentError(
            f"'{name}' is a broken PDF ({_sentence(fault)}). "
            "Open it in a viewer and save it anew, or save its text as .txt."
        ) from None
    text = _joined(texts)
    if len(_WORD.findall(text)) < FEWEST_WORDS:
        raise DocumentError(
            f"'{name}' is a PDF without text, probably a scan. "
            "Run text recognition (OCR) on it, or save its text as .txt."
        )
    return Extract(text)


def _opened(data: bytes, name: str) -> PdfReader:
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        try:
            unlocked = reader.decrypt("") != PasswordType.NOT_DECRYPTED
        except DependencyError:
            unlocked = False
        if not unlocked:
            raise DocumentError(
                f"'{name}' is an encrypted PDF. Save a copy without a password, or save its text as .txt."
            )
    return reader


def _texts(reader: PdfReader, name: str, most_characters: int) -> list[str]:
    """The text of each page, as long as it stays within bounds."""
    if len(reader.pages) > MOST_PAGES:
        raise DocumentError(f"'{name}' has {len(reader.pages):,} pages; the limit is {MOST_PAGES:,}. Split it.")
    texts, total = [], 0
    for page in reader.pages:
        texts.append(page.extract_text().translate(_LIGATURES))
        total += len(texts[-1])
        if total > most_characters:
            raise DocumentError(
                f"'{name}' holds more than {most_characters / 1e6:g} million characters of text. "
                "Split it, or raise the limit with --limit."
            )
    return texts


def _joined(texts: list[str]) -> str:
    """One text from all pages: running heads and page numbers dropped, words broken at a line end joined."""
    cut = [[line.strip() for line in text.split("\n")] for text in texts]
    edges = Counter(edge for lines in cut for edge in {*lines[:2], *lines[-2:]} if edge)
    running = {edge for edge, times in edges.items() if times >= 3 and times > len(texts) / 2}
    kept = ("\n".join(ln for ln in lines if ln not in running and not _PAGE_NUMBER.match(ln)) for lines in cut)
    return _BROKEN_WORD.sub("", "\n".join(text for text in kept if text.strip()))


def _sentence(fault: PyPdfError) -> str:
    """The library's own reason, cut short."""
    return " ".join(str(fault).split()).split(". ")[0][:80].rstrip(". ").lower() or "no reason given"
