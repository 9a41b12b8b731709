"""What does a run keep of every document: what it is called, what it says, why it is not read?"""

import base64
from dataclasses import asdict
from datetime import date
from typing import Literal

import numpy as np
from jaxtyping import UInt
from pydantic import BaseModel, ConfigDict

from detente.read.documents import Block, BlockKind, Document
from detente.read.duplicates import sketch


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Own(_Frozen):
    """A lexicon of the user's, told from another by its bytes."""

    name: str
    sha256: str


class Asked(_Frozen):
    """What a run was asked: of which documents (told by their list), with what, in stretches of how many."""

    format: Literal["detente.run/1"] = "detente.run/1"
    version: str
    reader: str
    folder: str
    documents: int
    listed: str
    shard: int
    limit_bytes: int
    lexicons: tuple[Own, ...]


class Listed(_Frozen):
    """A document of the folder: its number, its place there, and the id it has in the run."""

    number: int
    path: str
    id: str
    bytes: int


class Text(_Frozen):
    """A document as it is read."""

    id: str
    name: str
    text: str
    title: str | None
    publisher: str | None
    published: date | None
    reported: date | None
    url: str | None
    sha256: str
    kind: str
    blocks: tuple[tuple[int, int, BlockKind], ...]

    def document(self) -> Document:
        """Return the document that this was made of."""
        fields = {name: getattr(self, name) for name in type(self).model_fields if name != "blocks"}
        return Document(**fields, blocks=tuple(Block(*block) for block in self.blocks))


class Opened(_Frozen):
    """A document that was opened: what it says and what it is told from others by, or why it cannot be read."""

    number: int
    file: str
    fault: str = ""
    text: Text | None = None
    sketch: str = ""

    def hashes(self) -> UInt[np.ndarray, " hash"]:
        """Return the sketch as numbers."""
        return np.frombuffer(base64.b64decode(self.sketch), dtype="<u4").astype(np.uint32)


class Fault(_Frozen):
    """A document that could not be read, and why."""

    number: int
    file: str
    says: str


class Duplicate(_Frozen):
    """A document that was not read, because another one says the same; and how much alike they are."""

    number: int
    file: str
    repeats: str
    resemblance: float


class Counted(_Frozen):
    """What came of a run."""

    documents: int
    read: int
    duplicates: int
    broken: int


def opened(number: int, document: Document) -> Opened:
    """Return a document with its sketch, as it is kept until it is read."""
    fields = {**asdict(document), "blocks": tuple((b.start, b.end, b.kind) for b in document.blocks)}
    packed = base64.b64encode(sketch(document.text).astype("<u4").tobytes()).decode("ascii")
    return Opened(number=number, file=document.name, text=Text.model_validate(fields), sketch=packed)
