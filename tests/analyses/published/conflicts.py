"""How a published conflict becomes a board, and what of it must come back."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from tests.analyses.published.tables import names

from detente.analyses.coalition import coalition
from detente.analyses.inverse import inverse
from detente.analyses.stability import stability
from detente.boards.conflict import Conflict, conflict
from detente.boards.states import Choice
from detente.boards.wishes import Ranking
from detente.search.conflicts.values import GRADED

CONCEPTS = (*GRADED, "sim")
Case = Mapping[str, object]


def mapping(part: object) -> Mapping[str, object]:
    assert isinstance(part, dict)
    return part


def rows(part: object) -> list[Mapping[str, object]]:
    assert isinstance(part, list)
    return [mapping(row) for row in part]


def choice(row: Mapping[str, object]) -> Choice:
    direction = row.get("direction", "both")
    assert direction in ("both", "up", "down")
    return Choice(str(row["owner"]), str(row["label"]), direction=direction)


def ranking(part: object) -> Ranking:
    assert isinstance(part, list)
    return Ranking(tuple(tuple(g) if isinstance(g, list) else g for g in part))


def disputed(case: Case, *, reversible: str | None = None, barred: Sequence[tuple[str, str, str]] = ()) -> Conflict:
    """The board of a case; with one choice that can be taken back after all, and moves that cannot be made."""
    choices = [choice(row) for row in rows(case["choices"])]
    choices = [Choice(c.owner, c.label) if c.label == reversible else c for c in choices]
    wishes = {str(p): ranking(r) for p, r in mapping(case["preferences"]).items()}
    hidden = {str(p): [int(s) for s in names(r)] for p, r in mapping(case.get("unseen", {})).items()}
    return conflict(choices, wishes, infeasible=names(case["infeasible"]), barred=barred, unseen=hidden)


def signs(row: Sequence[bool]) -> str:
    return "".join("1" if stable else "0" for stable in row)


def check_stability(case: Case, expected: Case) -> None:
    found = stability(disputed(case))
    assert set(found.concepts) == set(expected)
    said = {
        concept: {p: signs(found.stable[c, k].tolist()) for k, p in enumerate(found.players)}
        for c, concept in enumerate(found.concepts)
    }
    assert said == expected
    assert found.certificate.holds


def check_once(case: Case, expected: Case) -> None:
    found = stability(disputed(case), concepts=GRADED, sanctions="each_opponent_once")
    for c, concept in enumerate(found.concepts):
        said = {p: signs(found.stable[c, k].tolist()) for k, p in enumerate(found.players)}
        assert said == expected[concept]
    assert found.certificate.holds


def check_sets(case: Case, expected: object) -> None:
    for row in rows(expected):
        barred = names(row["barred"]) if "barred" in row else []
        board = disputed(
            case,
            reversible=str(row["reversible"]) if "reversible" in row else None,
            barred=[(barred[0], barred[1], barred[2])] if barred else [],
        )
        found = stability(board, concepts=names(row["by"]))
        held = np.all(np.any(found.stable, axis=0), axis=0)
        assert board.states.codes[held].tolist() == row["codes"]


def check_inverse(case: Case, expected: Case) -> None:
    player, state = str(expected["player"]), int(str(expected["state"])) - 1
    for concept in CONCEPTS:
        found = inverse(disputed(case), player=player, state=state, concept=concept)
        assert (found.rankings, found.equilibrium) == (expected["rankings"], expected[concept])
        assert found.certificate.holds


def check_coalitions(case: Case, expected: object) -> None:
    for row in rows(expected):
        parts = row["by"]
        assert isinstance(parts, list)
        found = coalition(disputed(case), structure=[names(part) for part in parts], concepts=CONCEPTS)
        assert found.structure is not None
        for c, concept in enumerate(CONCEPTS):
            held = np.flatnonzero(found.structure.stable[c].all(axis=0)) + 1
            assert held.tolist() == row[concept], (concept, parts)
        assert found.certificate.holds


def check_improvements(case: Case, expected: object) -> None:
    found = coalition(disputed(case))
    gains = {(g.by, g.source + 1, g.target + 1) for g in found.gains}
    for row in rows(expected):
        assert (tuple(names(row["by"])), row["from"], row["to"]) in gains


CONFLICT_CHECKS: dict[str, Callable[..., None]] = {
    "class_improvements": check_improvements,
    "coalitions": check_coalitions,
    "inverse": check_inverse,
    "sets": check_sets,
    "stability": check_stability,
    "stability_once": check_once,
}
