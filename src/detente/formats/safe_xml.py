"""Is this XML safe to read: no document type, no entities, neither too deep nor too large?"""

import xml.etree.ElementTree as ET
from xml.parsers import expat

from detente.errors import FormatError
from detente.formats.score_table import shown

_MAX_DEPTH = 50
_MAX_ELEMENTS = 300_000


def checked(content: bytes, name: str, *, max_elements: int = _MAX_ELEMENTS) -> None:
    """Walk through XML without building anything.

    Raises FormatError where it declares a document type or an entity, is too deep or too large, or is no XML.
    """
    depth = elements = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > _MAX_DEPTH or elements > max_elements:
            raise FormatError(
                f"'{shown(name)}' is nested deeper than {_MAX_DEPTH} levels or has more than {max_elements:,} "
                "elements. Give a file with the table alone."
            )

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: object) -> None:
        raise FormatError(
            f"'{shown(name)}' declares a document type or an entity (<!DOCTYPE ...>), which is not read. "
            "Take the declaration out."
        )

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        where = f" at line {error.lineno}" if isinstance(error, expat.ExpatError) else ""
        raise FormatError(f"'{shown(name)}' is not XML{where}: {error}. Save it again, or give another file.") from None


def parsed(content: bytes, name: str) -> ET.Element:
    """Return the root of XML that is safe to read.

    Raises FormatError as `checked` does.

    >>> parsed(b"<a><b/></a>", "a.xml").tag
    'a'
    >>> parsed(b"<!DOCTYPE a []><a/>", "a.xml")
    Traceback (most recent call last):
    detente.errors.FormatError: 'a.xml' declares a document type or an entity (<!DOCTYPE ...>), which is not read. \
Take the declaration out.
    """
    checked(content, name)
    return ET.fromstring(content)
