"""What was found out about what each source does to the answers, before it is put into words."""

from dataclasses import dataclass

from detente.levers.sources import Diagnosis
from detente.situation.nouns import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What each document does, and where it was asked for each quoted sentence, of all documents or of `of` alone.

    `situation` is as it stands, with every source switched on.
    """

    situation: Situation
    table: str
    sources: Diagnosis
    sentences: Diagnosis | None
    of: str | None
    no_deal: str
    version: str
    fingerprint: str
    texts: tuple[tuple[str, str], ...]
