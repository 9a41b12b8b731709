"""What was found out about what if, before it is put into words."""

from dataclasses import dataclass

from detente.levers.whatif import WhatIf
from detente.situation.nouns import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """Two situations side by side: what was edited, and what of it changed, first on the leading draws, then on all.

    `agendas` are those before and after, by name; they differ where the agenda was edited. `edits` are as they were
    given.
    """

    situation: Situation
    table: str
    edits: tuple[str, ...]
    agendas: tuple[str, str]
    answers: tuple[WhatIf, ...]
    no_deal: str
    seed: int
    version: str
    fingerprint: str
    texts: tuple[tuple[str, str], ...]
