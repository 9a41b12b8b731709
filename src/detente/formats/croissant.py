"""How is a data package described in Croissant 1.1, so that catalogues and loaders of data sets find their way in it?

Source: Croissant Format Specification 1.1 (MLCommons, 2026): files under `distribution`, tables under `recordSet`. Its
terms are named in the context, so that the file can be read as linked data (JSON-LD) without anything else.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from detente.formats.data_tables import Table
from detente.formats.described import Described, media_type

CONFORMS_TO: Final = "http://mlcommons.org/croissant/1.1"
_TYPES: Final = {
    "string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date", "datetime": "sc:DateTime",
    "boolean": "sc:Boolean", "array": "sc:Text",
}  # fmt: skip
_TERMS: Final = (
    "annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "excludes", "extract", "field",
    "fileObject", "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5",
    "parentField", "path", "readLines", "recordSet", "references", "regex", "repeated", "replace", "samplingRate",
    "sdVersion", "separator", "source", "subField", "transform", "unArchive", "value",
)  # fmt: skip


def croissant(described: Described, tables: Sequence[Table], files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the description: who, what, under which licence, each file with its SHA-256, each column with its type.

    >>> import datetime as dt
    >>> about = Described(title="Talks", by=("A. Analyst",), licence="CC-BY-4.0", version="1.3.0",
    ...                   published=dt.date(2026, 2, 8), url="urn:sha256:00")
    >>> json.loads(croissant(about, (), ()))["dct:conformsTo"]
    'http://mlcommons.org/croissant/1.1'
    """
    found = {
        "@context": _context(),
        "@type": "sc:Dataset",
        "dct:conformsTo": CONFORMS_TO,
        "name": described.title,
        "description": described.summary,
        "license": described.licence_url,
        "url": described.url,
        "creator": [{"@type": "sc:Person", "name": name} for name in described.by],
        "datePublished": described.published.isoformat(),
        "version": described.version,
        "citeAs": described.citation,
        "inLanguage": "en",
        "isLiveDataset": False,
        "distribution": [_file(name, content) for name, content in files],
        "recordSet": [_records(table) for table in tables],
    }
    return (json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _context() -> Mapping[str, Any]:
    # The specification writes http, its reference implementation takes https alone, and catalogues read both.
    return {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "sc": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "conformsTo": "dct:conformsTo",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
    } | {term: f"cr:{term}" for term in _TERMS}


def _file(name: str, content: bytes) -> Mapping[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(content)} B",
        "encodingFormat": media_type(name),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _records(table: Table) -> Mapping[str, Any]:
    fields = []
    for column in table.columns:
        one: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"{table.name}/{column.name}",
            "name": column.name,
            "description": column.says,
            "dataType": _TYPES[column.type],
            "source": {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": column.name}},
        }
        if column.refers is not None:
            one["references"] = {"field": {"@id": "/".join(column.refers)}}
        fields.append(one)
    found = {"@type": "cr:RecordSet", "@id": table.name, "name": table.name, "description": table.says, "field": fields}
    return found if table.key is None else found | {"key": {"@id": f"{table.name}/{table.key}"}}
