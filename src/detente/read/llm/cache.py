"""Which answer was given to this very question before? One small file each, named by a hash; no key is ever in one."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from detente.errors import UsageError


class Answer(BaseModel):
    """What did a model answer, and what did that take? Tokens are None where the endpoint does not count them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    prompt: str
    text: str
    tokens_in: int | None = None
    tokens_out: int | None = None


def cache_key(*, model: str, prompt: str, schema: str, part: str) -> str:
    """Under which name is an answer kept: the SHA-256 of the model, the prompt's version, the schema and the part.

    >>> first, again = (cache_key(model="a", prompt="1", schema="{}", part="S1: Talks went on.") for _ in range(2))
    >>> first == again, first == cache_key(model="b", prompt="1", schema="{}", part="S1: Talks went on.")
    (True, False)
    """
    packed = json.dumps([model, prompt, schema, part], ensure_ascii=False)
    return hashlib.sha256(packed.encode()).hexdigest()


def open_cache(folder: Path) -> Path:
    """May answers be kept here? Asked before the first of them is paid for.

    Raises: UsageError where the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as fault:
        raise UsageError(
            f"Answers cannot be kept in '{folder}': {fault.strerror}. Name another folder with --model-cache."
        ) from None


def kept(folder: Path, key: str) -> Answer | None:
    """Which answer is kept under this name? None where there is none, or where the file is damaged."""
    try:
        return Answer.model_validate_json((folder / f"{key}.json").read_bytes())
    except (OSError, ValidationError):
        return None


def keep(folder: Path, key: str, answer: Answer) -> None:
    """Keep an answer: whole or not at all, and for its owner's eyes, for it quotes the article.

    Raises: UsageError where it cannot be written.
    """
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=".answer-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(answer.model_dump_json())
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, folder / f"{key}.json")
    except OSError as fault:
        with suppress(OSError):
            os.unlink(name)
        raise UsageError(
            f"An answer cannot be kept in '{folder}': {fault.strerror}. "
            "Make room, or name another folder with --model-cache."
        ) from None
