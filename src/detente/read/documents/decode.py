"""Which text do these bytes hold, and in which encoding, as far as the bytes themselves tell?"""

import codecs
import re

from detente.errors import DocumentError

_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or picture file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%PDF-", "a PDF"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
)
# Longest mark first: the mark of UTF-16 is the beginning of that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
SAVE_AGAIN = "Save it as UTF-8 text and read it again."


def decode(data: bytes, name: str) -> str:
    r"""Which text do the bytes hold? UTF-8, UTF-16 and UTF-32 are recognised, and Windows-1252 with Latin-1 inside it.

    A byte-order mark is not part of the text. Nothing is guessed where the bytes do not tell.

    Raises DocumentError when the bytes are not text, or text in an encoding that cannot be told.

    >>> decode(b"\xef\xbb\xbfTehran\xe2\x80\x99s reply", "a.txt"), decode(b"caf\xe9 talks", "b.txt")
    ('Tehran’s reply', 'café talks')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _exactly(data[len(mark) :], encoding, name)
    _refuse_formats(data, name)
    wide = _wide(data)
    if wide:
        return _exactly(data, wide, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        text = _western(data, fault.start, name)
    return _readable(text, name)


def _refuse_formats(data: bytes, name: str) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic) and not (len(magic) == 2 and b"\x00" not in data[:64]):
            cure = (
                "Give it the suffix .pdf." if what == "a PDF" else "Save its text as .txt, .html or .pdf and read that."
            )
            raise DocumentError(f"'{name}' is {what}, not text. {cure}")


def _wide(data: bytes) -> str | None:
    """Is this UTF-16 without a mark? English text in it has a zero at every second byte."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    pairs = len(sample) // 2
    if odd >= 0.7 * pairs and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even >= 0.7 * pairs and odd == 0 else None


def _exactly(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise DocumentError(
            f"'{name}' claims to be {encoding.upper()} but is not valid at byte {fault.start:,}. {SAVE_AGAIN}"
        ) from None
    return _readable(text, name)


def _western(data: bytes, broken: int, name: str) -> str:
    """Is this Windows-1252 (which holds Latin-1's letters), rather than damaged UTF-8 or something else?"""
    high, multibyte = len(_HIGH.findall(data)), sum(len(found) for found in _MULTIBYTE.findall(data))
    if _CONTROL.search(data.decode("latin-1")):
        raise DocumentError(f"'{name}' is not text: it holds control characters. Save its text as .txt and read that.")
    if multibyte > high / 2:
        raise DocumentError(f"'{name}' is UTF-8 but damaged at byte {broken:,}. {SAVE_AGAIN}")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or high > 0.15 * len(data):
        raise DocumentError(
            f"'{name}' is neither UTF-8 nor Western European text (byte {broken:,} is the first to tell). {SAVE_AGAIN}"
        )
    return text


def _readable(text: str, name: str) -> str:
    """Refuse decoded bytes that are no text: a zero character, or one control character in a hundred."""
    if "\x00" in text or len(_CONTROL.findall(text)) * 100 > len(text):
        raise DocumentError(f"'{name}' is not text: it holds control characters. Save its text as .txt and read that.")
    return text
