"""Which text is there to read: files, folders, pages and pasted text, each as one `Document` with its blocks."""

from detente.read.documents.document import Block, BlockKind, Document
from detente.read.documents.files import (
    DEFAULT_LIMIT,
    SUFFIXES,
    files_in,
    from_bytes,
    from_text,
    kind_of,
    load,
    load_folder,
)
from detente.read.documents.isolated import Extractor, extractor

__all__ = [
    "DEFAULT_LIMIT",
    "SUFFIXES",
    "Block",
    "BlockKind",
    "Document",
    "Extractor",
    "extractor",
    "files_in",
    "from_bytes",
    "from_text",
    "kind_of",
    "load",
    "load_folder",
]
