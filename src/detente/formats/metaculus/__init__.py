r"""How do questions and forecasts come in from Metaculus, and how does a ledger go out in its form?

Read are the two tables of its data download and the posts of its interface for programs, and written are both again.
Questions that ask for yes or no, for one of several choices or for a number are read; those that ask for a day are
not. Of several things that one forecaster said on one day, the last counts.

>>> from detente.formats.score_table import Source
>>> head = b"Question ID,Question Title,Question Type,Open Time,Scheduled Close Time,Resolution\n"
>>> line = b"17,Will it?,binary,2026-02-01 00:00:00+00:00,2026-02-28 00:00:00+00:00,\n"
>>> read([Source("question_data.csv", head + line)], version="1").entries[0].question.closes
datetime.date(2026, 2, 28)
"""

from collections.abc import Sequence

from detente.errors import FormatError
from detente.formats.metaculus.asked import Asked, Entries, entries_of
from detente.formats.metaculus.posts import is_post, read_posts
from detente.formats.metaculus.tables import is_table, read_tables
from detente.formats.metaculus.writing import written_csv, written_json
from detente.formats.question_rows import Findings
from detente.formats.safe_json import json_in
from detente.formats.score_table import Source

__all__ = ["Entries", "is_post", "is_table", "read", "written_csv", "written_json"]


def read(sources: Sequence[Source], *, version: str) -> Entries:
    """Read tables or posts into entries for a ledger; `version` is that of the program that writes them.

    Raises FormatError with every fault, or where there is no question at all.
    """
    finding = Findings(", ".join(one.name for one in sources))
    tables = [one for one in sources if one.name.lower().endswith(".csv")]
    asked: list[Asked] = [*read_tables(finding, tables)] if tables else []
    for source in sources:
        if source not in tables:
            asked += read_posts(finding, json_in(source))
    if not asked:
        finding.refuse()
        raise FormatError(f"{finding.name} holds no question. Give a download with at least one.")
    return entries_of(finding, asked, version=version)
