"""What are the columns of a table called, before anything else of it is read?"""

import csv

from detente.errors import FormatError
from detente.formats.rows import separator
from detente.formats.safe_json import text_in
from detente.formats.score_table import Source, shown


def heads_in(source: Source) -> tuple[str, ...]:
    r"""Return what stands in the first line of a table that says anything.

    Raises FormatError where that line is no CSV, or a head stands there twice.

    >>> heads_in(Source("a.csv", b"\nid;source\n1;x\n"))
    ('id', 'source')
    """
    first = text_in(source).lstrip("\r\n ").partition("\n")[0].rstrip("\r")
    try:
        heads = [head.strip() for head in next(csv.reader([first], delimiter=separator(first)), [])]
    except csv.Error as error:
        raise FormatError(f"{shown(source.name)}, line 1: {error}. Check its quote marks and line ends.") from None
    twice = [head for at, head in enumerate(heads) if head and head in heads[:at]]
    if twice:
        raise FormatError(f"{shown(source.name)}, line 1: '{shown(twice[0])}' heads two columns. Keep one of them.")
    return tuple(heads)
