"""How is a ledger given away, so that others can read, check, cite and score it without this program?

    questions.csv, forecasts.csv, comparisons.csv, resolutions.csv   tables in UTF-8
    datapackage.json   files, columns, types and keys, after Data Package 2.0 (Frictionless)
    croissant.json     the same, after Croissant 1.1
    CITATION.cff       how it is cited, after Citation File Format 1.2.0

and beside them the files of the ledger itself, which alone carry the chain: tables cannot be verified.
"""

import codecs
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

from detente.errors import FormatError
from detente.formats.croissant import croissant
from detente.formats.data_tables import Column, Table, tables_of
from detente.formats.described import Described, media_type
from detente.formats.score_table import shown
from detente.formats.sheet import write_csv
from detente.ledger.book import Book
from detente.situation.values import slug

PROFILE: Final = "https://datapackage.org/profiles/2.0"
OURS: Final = ("datapackage.json", "croissant.json", "CITATION.cff")


def package(book: Book, *, about: Described, ledger: Sequence[tuple[str, bytes]] = ()) -> tuple[tuple[str, bytes], ...]:
    """Return the files of a data package: their names and bytes, those of the ledger as they are given.

    A text in a table that a spreadsheet would take for a formula gets an apostrophe before it.

    Raises FormatError where a file of the ledger has a name that leads out of the package or is taken.

    >>> import datetime as dt
    >>> empty = Book(questions=(), rows=0, head="0" * 64, now=dt.datetime(2026, 2, 8, tzinfo=dt.UTC))
    >>> about = Described(title="Talks", by=("A",), licence="CC0-1.0", version="1.0.0",
    ...                   published=dt.date(2026, 2, 8), url="urn:sha256:00")
    >>> [name for name, _ in package(empty, about=about)][-3:]
    ['datapackage.json', 'croissant.json', 'CITATION.cff']
    """
    tables = tables_of(book)
    made = [(f"{table.name}.csv", _csv(table)) for table in tables]
    _check_names([name for name, _ in made], [name for name, _ in ledger])
    files = [*made, *ledger]
    cited = ("CITATION.cff", citation(about))
    return (
        *files,
        ("datapackage.json", _descriptor(book, about, tables, files)),
        ("croissant.json", croissant(about, tables, [*files, cited])),
        cited,
    )


def citation(about: Described) -> bytes:
    r"""Return how a ledger is cited, as `CITATION.cff`.

    >>> import datetime as dt
    >>> about = Described(title="Talks", by=("A",), licence="CC0-1.0", version="1.0.0",
    ...                   published=dt.date(2026, 2, 8), url="urn:sha256:00")
    >>> citation(about).decode().splitlines()[2]
    'title: "Talks"'
    """
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these forecasts, please cite them as below.",
        f"title: {_quoted(about.title)}",
        "type: dataset",
        "authors:",
        *(f"  - name: {_quoted(name)}" for name in about.by),
        f"version: {_quoted(about.version)}",
        f"date-released: {_quoted(about.published.isoformat())}",
        f"license: {_quoted(about.licence)}",
        f"abstract: {_quoted(about.summary)}",
    ]
    if about.url.startswith(("https://", "http://")):
        lines.append(f"url: {_quoted(about.url)}")
    else:
        lines += ["identifiers:", "  - type: other", f"    value: {_quoted(about.url)}"]
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    # A text of JSON is one of YAML as well; what lies beyond ASCII is written out so that no line break hides in it.
    return json.dumps(text)


def _csv(table: Table) -> bytes:
    heads = [column.name for column in table.columns]
    return write_csv([heads, *table.rows]).removeprefix(codecs.BOM_UTF8)


def _check_names(taken: Sequence[str], given: Sequence[str]) -> None:
    seen = {name.casefold() for name in (*taken, *OURS)}
    for name in given:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or name.casefold() in seen or not path.parts:
            raise FormatError(
                f"The file '{shown(name)}' cannot lie in a data package: its name is taken or leads out of it. "
                "Rename it."
            )
        seen.add(name.casefold())


def _descriptor(book: Book, about: Described, tables: Sequence[Table], files: Sequence[tuple[str, bytes]]) -> bytes:
    by_name = {f"{table.name}.csv": table for table in tables}
    found = {
        "$schema": f"{PROFILE}/datapackage.json",
        "name": slug(about.title) or "ledger",
        "id": f"urn:sha256:{book.head}",
        "title": about.title,
        "description": about.summary,
        "homepage": about.url,
        "version": about.version,
        "created": book.now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "licenses": [{"name": about.licence, "path": about.licence_url}],
        "contributors": [{"title": name, "roles": ["author"]} for name in about.by],
        "resources": [_resource(name, content, by_name.get(name)) for name, content in files],
        "ledger": {"rows": book.rows, "head": f"{book.rows}:{book.head}"},
    }
    if not about.url.startswith(("https://", "http://")):
        del found["homepage"]
    return (json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _resource(name: str, content: bytes, table: Table | None) -> Mapping[str, Any]:
    path = PurePosixPath(name)
    found: dict[str, Any] = {
        "name": table.name if table else name.lower().replace("/", "-"),
        "path": name,
        "format": path.suffix.lstrip(".").lower() or "txt",
        "mediatype": media_type(name),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if table is None:
        return found
    return found | {
        "$schema": f"{PROFILE}/dataresource.json",
        "type": "table",
        "description": table.says,
        "encoding": "utf-8",
        "schema": _schema(table),
    }


def _schema(table: Table) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "$schema": f"{PROFILE}/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key is not None:
        found["primaryKey"] = [table.key]
    keys = [(column.name, column.refers) for column in table.columns if column.refers is not None]
    if keys:
        found["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": refers[0], "fields": [refers[1]]}} for name, refers in keys
        ]
    return found


def _field(column: Column) -> Mapping[str, Any]:
    found: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.says}
    bounds = {"minimum": 0, "maximum": 1} if column.name in ("probability", "weight") else {}
    constraints = ({"required": True} if column.needed else {}) | bounds
    return found | {"constraints": constraints} if constraints else found
