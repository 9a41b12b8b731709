"""Are two situations the same, and which one did a number come from?

The fingerprint is the SHA-256 of the canonical JSON of what a situation says: keys sorted, no white space, UTF-8,
whole numbers without a point, and nothing that equals its default, so that a field added to the nouns later leaves the
fingerprints of older situations as they are.
"""

import hashlib
import json
from typing import Any

from pydantic import ValidationError

from detente.errors import SituationError
from detente.situation.nouns import Situation

_EXACT = 2**53


def fingerprint(situation: Situation) -> str:
    """Return the SHA-256 of the canonical bytes of a situation, in 64 hexadecimal digits.

    >>> fingerprint(Situation(title="Gulf"))[:12]
    '4a1606cec624'
    """
    return hashlib.sha256(canonical_bytes(situation)).hexdigest()


def canonical_bytes(situation: Situation) -> bytes:
    """Return the one way of writing a situation as JSON; equal situations have equal bytes.

    >>> canonical_bytes(Situation(title="Gulf"))
    b'{"title":"Gulf"}'
    """
    content = _plain(situation.model_dump(mode="json", exclude_defaults=True))
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def from_bytes(content: bytes) -> Situation:
    """Return the situation that canonical bytes stand for.

    Raises SituationError where they are damaged or come from nouns that this version does not know.

    >>> from_bytes(b'{"title":"Gulf"}').title
    'Gulf'
    """
    try:
        return Situation.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SituationError(
            f"Stored bytes are not a situation ({where or 'whole'}: {first['msg']}). "
            "They are damaged, or written by a newer version: restore a copy, or use that version."
        ) from error


def _plain(value: Any) -> Any:
    """Write 5.0 as 5 and -0.0 as 0, which are the same number."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value
