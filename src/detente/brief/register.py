"""To what does a sentence of the brief lead back? The register hands out an id for every basis and every derivation."""

from dataclasses import dataclass, field
from typing import Literal

from detente.brief.document import Note
from detente.situation.rules import RULES
from detente.situation.values import Basis, BasisKind, Range

_KINDS: dict[BasisKind, tuple[str, Literal["assumption", "entry", "supplied", "derivation"]]] = {
    "read": ("d", "derivation"),
    "entered": ("n", "entry"),
    "supplied": ("s", "supplied"),
    "assumed": ("a", "assumption"),
}


@dataclass(slots=True)
class Register:
    """Hands out ids; the same words on the same grounds get the same id, so that a note stands once."""

    notes: dict[tuple[str, str, tuple[str, ...]], Note] = field(default_factory=dict)

    def basis(self, basis: Basis) -> tuple[str, ...]:
        """Return the ids that a value with this basis leads back to."""
        letter, kind = _KINDS[basis.kind]
        if basis.kind == "entered":
            when = f" on {basis.date.isoformat()}" if basis.date else ""
            text = f"entered by {basis.by}{when}" + (f": {basis.note}" if basis.note else "")
        else:
            text = RULES.get(basis.rule or "", f"rule {basis.rule}") + (f" ({basis.note})" if basis.note else "")
        return (*basis.evidence, self._id(letter, kind, text, basis.evidence if kind == "supplied" else ()))

    def ranges(self, *values: Range | None) -> tuple[str, ...]:
        """Return the ids that several values lead back to, each once."""
        return tuple(dict.fromkeys(ref for v in values if v is not None for ref in self.basis(v.basis)))

    def derive(self, text: str, *refs: str) -> str:
        """Return the id of a derivation: what was computed, from which ids."""
        return self._id("d", "derivation", text, tuple(dict.fromkeys(refs)))

    def _id(
        self,
        letter: str,
        kind: Literal["assumption", "entry", "supplied", "derivation"],
        text: str,
        refs: tuple[str, ...],
    ) -> str:
        key = (kind, text, refs)
        if key not in self.notes:
            number = sum(1 for k, _, _ in self.notes if k == kind) + 1
            self.notes[key] = Note(f"{letter}{number}", kind, text, refs)
        return self.notes[key].id
