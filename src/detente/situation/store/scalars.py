"""How is a number, a yes, a day or a text written in YAML 1.2, and how is it read back?"""

import datetime as dt
import re
from typing import Final

_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"false", "False", "FALSE"})
# Words that an old YAML 1.1 reader takes for something else; quoted when written, though 1.2 reads them as text.
_OLD_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off"})
_PLAIN: Final = re.compile(r"[^\W_](?:[\w./()+'’–-]| (?! )|[,;](?= ))*")
_FLOW_INDICATORS: Final = frozenset(",[]{}")
_LARGEST_EXACT: Final = 10**15
_MAX_DIGITS: Final = 400


def is_null(text: str) -> bool:
    """Tell whether a scalar without quotes says nothing."""
    return text in _NULLS


def number_in(text: str) -> float | None:
    """Return the number that a scalar without quotes stands for in YAML 1.2, or None where it is no finite number.

    >>> number_in("1e6"), number_in("012"), number_in("0o12"), number_in("1_000")
    (1000000.0, 12.0, 10.0, None)
    """
    if len(text) > _MAX_DIGITS:
        return None
    if _OTHER_BASE.fullmatch(text):
        return float(int(text, 0))
    if _FLOAT.fullmatch(text):
        value = float(text)
        return value if abs(value) != float("inf") else None
    return None


def whole_in(text: str) -> int | None:
    """Return the whole number that a scalar without quotes stands for, or None."""
    if len(text) > _MAX_DIGITS:
        return None
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    return int(text) if _INTEGER.fullmatch(text) else None


def truth_in(text: str) -> bool | None:
    """Return what a scalar without quotes says as yes or no, or None where it says neither."""
    if text in _TRUE:
        return True
    return False if text in _FALSE else None


def day_in(text: str) -> dt.date | None:
    """Return the day that a scalar names as YYYY-MM-DD, or None.

    >>> day_in("2026-02-30") is None
    True
    """
    if not _DAY.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def number_text(value: float) -> str:
    """Write a number: whole ones without a point, the others with as few digits as bring them back.

    >>> number_text(5.0), number_text(0.1), number_text(-0.0), number_text(1e22)
    ('5', '0.1', '0', '1e+22')
    """
    if value == int(value) and abs(value) < _LARGEST_EXACT:
        return str(int(value))
    return repr(float(value))


def string_text(value: str, *, in_flow: bool) -> str:
    """Write a text, with quote marks only where something could take it for something else.

    >>> string_text("range cap", in_flow=False), string_text("NO", in_flow=False), string_text("a: b", in_flow=False)
    ('range cap', '"NO"', '"a: b"')
    """
    return value if _is_plain(value, in_flow) else quoted(value)


def quoted(value: str) -> str:
    """Write a text in double quote marks, in one line."""
    return '"' + "".join(_escaped(c) for c in value) + '"'


def _is_plain(value: str, in_flow: bool) -> bool:
    if not _PLAIN.fullmatch(value) or value.endswith(" "):
        return False
    if in_flow and not _FLOW_INDICATORS.isdisjoint(value):
        return False
    if _says_something_else(value):
        return False
    return all(c.isprintable() for c in value)


def _says_something_else(value: str) -> bool:
    """Tell whether some reader, old or new, would not take these bare characters for a text."""
    if value in _NULLS or value.lower() in _OLD_WORDS or truth_in(value) is not None:
        return True
    if _OTHER_BASE.fullmatch(value) or _FLOAT.fullmatch(value) or _NOT_FINITE.fullmatch(value):
        return True
    return value[0].isdigit() and all(c.isdigit() or c in "-.:_ eETtZzxXob+" for c in value)


_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character == " " or character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
