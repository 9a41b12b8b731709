"""How a published case becomes a board, as a command opens it, and how other reference tables do."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from detente.boards import Deals, agenda_modes, deals, with_modes
from detente.boards import scored as plain_table
from detente.formats.published import Published, situation_of
from detente.situation.nouns import Issue, Party, Score, Situation, Table
from detente.situation.values import Basis, Range

ENTERED = Basis(kind="entered", by="published")
UNIT = 10**7  # utilities are kept as whole ten-millionths, so that float noise makes no ties and breaks none
UNIT_OF_MANY = 10**6  # for more than three parties, so that shares of ideal gains are still compared exactly


def loaded(path: Path) -> dict[str, object]:
    found = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def point(at: float) -> Range:
    return Range.point(at, ENTERED)


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def numbers(row: object) -> list[float]:
    assert isinstance(row, list)
    return [float(n) for n in row]


def names(row: object) -> list[str]:
    assert isinstance(row, list)
    return [str(n) for n in row]


CASE: TypeAdapter[Published] = TypeAdapter(Published)


def described(case: Mapping[str, object]) -> Situation:
    """The situation that a command opens a case as."""
    return situation_of(CASE.validate_python(case), title="Published")


def tabled(case: Mapping[str, object]) -> Deals:
    """The table of a case that has one, its own rule put aside: everybody must accept."""
    return replace(ruled(case), rule=None)


def ruled(case: Mapping[str, object]) -> Deals:
    """The table of a case, at which every issue must be settled, under its own rule."""
    made = described(case)
    return with_modes(deals(made, "table"), agenda_modes(made, "table"))


def scorable(model: Mapping[str, object], thresholds: Mapping[str, float]) -> Deals:
    people, scores, floor = model["parties"], model["scores"], model["threshold"]
    assert isinstance(people, list)
    assert isinstance(scores, dict)
    assert isinstance(floor, dict)
    count = len(scores[people[0]])
    case = {
        "board": "scorable",
        "source": "reference",
        "parties": [slug(p) for p in people],
        "threshold": [thresholds.get(p, floor[p]) for p in people],
        "scores": {"abcdef"[i]: [scores[p][i] for p in people] for i in range(count)},
    }
    return tabled(case)


def england_zimbabwe(model: Mapping[str, object], scopes: Mapping[str, object]) -> Deals:
    """Scores in ten-millionths of the published utility, so that rounding to whole numbers decides nothing."""
    issues, now, people = model["issues"], scopes["status_quo_value_index"], model["parties"]
    assert isinstance(issues, list)
    assert isinstance(now, list)
    assert isinstance(people, list)
    scores = [party["scores"] for party in people]
    rows = [
        Score(party=p, issue=slug(i), at=float(o), value=point(UNIT / 100 * (worth - table[k][now[k]])))
        for p, table in zip(("england", "zimbabwe"), scores, strict=True)
        for k, i in enumerate(issues)
        for o, worth in enumerate(table[k])
    ]
    return deals(
        Situation(
            title="England and Zimbabwe",
            parties=tuple(Party(id=p, name=p) for p in ("england", "zimbabwe")),
            issues=tuple(
                Issue(
                    id=slug(i),
                    name=i,
                    scale=(0, len(scores[0][k])),
                    status_quo=point(now[k]),
                    options=tuple(float(o) for o in range(len(scores[0][k]))),
                )
                for k, i in enumerate(issues)
            ),
            scores=tuple(rows),
            tables=(Table(id="table", name="Table", consent=("england", "zimbabwe")),),
        ),
        "table",
    )


def reference(shared_dir: Path, *parts: str, of: str = "deals") -> dict[str, object]:
    path = shared_dir.joinpath("data", of, *parts)
    if not path.is_file():
        pytest.skip(f"{'/'.join(parts)} is not among the reference material here")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def unit(parties: int) -> int:
    """What utility 1 is on the board of a domain."""
    return UNIT if parties <= 3 else UNIT_OF_MANY


def utilities(tables: Sequence[Sequence[Sequence[float]]], reservations: Sequence[float]) -> Deals:
    """A domain of utilities, per party and issue a row of values, in which every outcome is a package.

    What stands is a level of its own, worth nothing, that the agenda does not leave open.
    """
    scale = unit(len(tables))
    whole = [[[round(u * scale) for u in row] for row in party] for party in tables]
    issues = {f"i{k}": [[0, *party[k]] for party in whole] for k in range(len(whole[0]))}
    floor = [round(r * scale) for r in reservations]
    board = plain_table(issues, parties=[f"p{k}" for k in range(len(whole))], no_deal=floor)
    return with_modes(board, {i: ("in", None) for i in issues})
