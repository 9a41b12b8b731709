"""Which values of a dossier were typed in by hand while they say that they were read, supplied or assumed?"""

from pathlib import Path

from detente import dossier
from detente.situation.check import Problem
from detente.situation.nouns import Situation
from detente.situation.paths import Input, inputs, with_value
from detente.situation.values import UNSIGNED_EDIT


def unsigned(file: Path, situation: Situation) -> tuple[Input, ...]:
    """List the inputs with a new value under a basis that was there before; none where the file is in no dossier.

    Raises DossierError where the dossier is damaged.
    """
    if file.name != dossier.SITUATION or not (file.parent / dossier.DATABASE).is_file():
        return ()
    made = dossier.open(file.parent)
    kept = [i for known in made.kept_hashes() for i in inputs(made.kept(known))]
    values, bases = {(i.path, i.value) for i in kept}, {(_noun(i.path), i.value.basis) for i in kept}
    return tuple(
        i
        for i in inputs(situation)
        if i.value.basis.kind != "entered"
        and (i.path, i.value) not in values
        and (_noun(i.path), i.value.basis) in bases
    )


def _noun(path: str) -> str:
    """Whose value it is: a bare number typed into a stance takes the basis of the stance, whichever value it is."""
    return path.rpartition(".")[0]


def signed(file: Path, situation: Situation) -> Situation:
    """Return the situation with every such value as an entry, so that no answer passes it off as read."""
    for edit in unsigned(file, situation):
        situation = with_value(situation, edit.path, edit.value.model_copy(update={"basis": UNSIGNED_EDIT}))
    return situation


def doubts(file: Path, situation: Situation) -> tuple[Problem, ...]:
    """Ask for a signature under every such value."""
    return tuple(
        Problem(
            edit.path,
            f"the value was changed by hand, but its basis is still '{edit.value.basis.kind}' "
            f"({edit.value.basis.rule}). It is shown as an unsigned entry.",
            "Give {best: value, basis: {entered: your name}}.",
            "doubt",
        )
        for edit in unsigned(file, situation)
    )
