"""Every number that was published and Detente recomputes. To add one, add a file under `cases/`."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from detente.analyses import agenda, compromise, packages
from detente.boards import Deals, Modes, deals, positions, with_modes
from detente.situation.nouns import Influence, Issue, NoDeal, Party, Score, Situation, Stance, Table
from detente.situation.values import Basis, Range

ROOT = Path(__file__).resolve().parents[1]
CASES = sorted((ROOT / "cases").rglob("*.yaml"))
ENTERED = Basis(kind="entered", by="published")


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


def weighed(case: Mapping[str, object]) -> Situation:
    """One issue, a position, a weight and a salience per party."""
    parties, issue = [slug(p) for p in names(case["parties"])], str(case["issue"])
    low, high = numbers(case["scale"])
    at, salience, weight = (numbers(case[k]) for k in ("at", "salience", "influence"))
    return Situation(
        title=issue,
        parties=tuple(Party(id=p, name=p) for p in parties),
        issues=(Issue(id=issue, name=issue, scale=(low, high), status_quo=point(low)),),
        stances=tuple(
            Stance(party=p, issue=issue, position=point(x), salience=point(s))
            for p, x, s in zip(parties, at, salience, strict=True)
        ),
        influence=tuple(Influence(party=p, weight=point(w)) for p, w in zip(parties, weight, strict=True)),
    )


Points = Mapping[str, Sequence[Sequence[float]]]  # issue -> party -> points of each level


def scored(parties: Sequence[str], points: Points, floor: Sequence[float]) -> Deals:
    """A table of points; every issue must be settled: its status quo is a level of its own, below the others."""
    issues = tuple(
        Issue(
            id=i, name=i, scale=(-1, len(row[0])), status_quo=point(-1), options=tuple(map(float, range(len(row[0]))))
        )
        for i, row in points.items()
    )
    rows = [
        Score(party=p, issue=i, at=float(level), value=point(worth))
        for i, table in points.items()
        for p, levels in zip(parties, table, strict=True)
        for level, worth in enumerate(levels)
    ]
    no_deal = tuple(NoDeal(party=p, value=point(v)) for p, v in zip(parties, floor, strict=True))
    table = Table(id="table", name="Table", consent=tuple(parties), no_deal=no_deal)
    people = tuple(Party(id=p, name=p) for p in parties)
    situation = Situation(title="T", parties=people, issues=issues, scores=tuple(rows), tables=(table,))
    settle: Modes = {i: ("in", None) for i in points}
    return with_modes(deals(situation, "table"), settle)


def divided(case: Mapping[str, object]) -> Deals:
    """Issues that one of two parties wins: level 0 is the first party's, level 1 the second's."""
    table = case["points"]
    assert isinstance(table, dict)
    rows = {str(i): numbers(worth) for i, worth in table.items()}
    return scored(names(case["parties"]), {i: [[a, 0], [0, b]] for i, (a, b) in rows.items()}, [0, 0])


@pytest.mark.parametrize("path", CASES, ids=lambda p: str(p.relative_to(ROOT / "cases")))
def test_the_published_number_comes_back(path: Path) -> None:
    case = loaded(path)
    assert str(case["source"]).strip()
    wanted = case["expect"]
    assert isinstance(wanted, dict)
    assert wanted, "a case without an expectation shows nothing"
    for name, expected in wanted.items():
        CHECKS[str(name)](case, expected)


def check_compromise(case: Mapping[str, object], expected: Mapping[str, object]) -> None:
    found = compromise(positions(weighed(case)))
    rtol = expected["rtol"]
    assert isinstance(rtol, float)
    np.testing.assert_allclose(found.outcome, numbers(expected["outcome"]), rtol=rtol)


def check_packages(case: Mapping[str, object], expected: Mapping[str, object]) -> None:
    found = packages(divided(case))
    parties = names(case["parties"])
    assert found.packages == expected["packages"]
    assert found.gains.tolist() == expected["gains"]
    assert found.tied == expected["tied"]
    assert [parties[o - 1] for o in found.chosen.tolist()] == expected["winners"]
    assert found.certificate.holds


CHECKS = {"compromise": check_compromise, "packages": check_packages}


# From here on: reference tables whose licences do not let them travel with the project.


def reference(shared_dir: Path, *parts: str) -> dict[str, object]:
    path = shared_dir.joinpath("data", "deals", *parts)
    if not path.is_file():
        pytest.skip(f"{'/'.join(parts)} is not among the reference material here")
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_31_agendas_of_england_and_zimbabwe_come_back(shared_dir: Path) -> None:
    model = reference(shared_dir, "genius_anac", "anac__y2010__EnglandZimbabwe.json")
    scopes = reference(shared_dir, "england_zimbabwe_agenda_scopes.json")
    board, unit = england_zimbabwe(model, scopes), 1e8
    listed = scopes["scopes"]
    assert isinstance(listed, list)
    assert len(listed) == 31
    for scope in listed:
        modes: Modes = {slug(i): ("option", None) for i in scope["agenda"]}
        found = packages(with_modes(board, modes))
        assert found.packages == scope["packages"] - 1
        assert found.acceptable == scope["zopa_weak"]
        assert len({tuple(g) for g in found.frontier_gains.tolist()}) == scope.get("pareto_in_zopa", 0)
        np.testing.assert_allclose(found.gains / unit, scope.get("nash_gains", [0, 0]), atol=5e-8)


def england_zimbabwe(model: Mapping[str, object], scopes: Mapping[str, object]) -> Deals:
    """Scores in hundred-millionths of the published utility, so that rounding to whole numbers decides nothing."""
    issues, now, people = model["issues"], scopes["status_quo_value_index"], model["parties"]
    assert isinstance(issues, list)
    assert isinstance(now, list)
    assert isinstance(people, list)
    scores = [party["scores"] for party in people]
    rows = [
        Score(party=p, issue=slug(i), at=float(o), value=point(1e6 * (worth - table[k][now[k]])))
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


@pytest.mark.parametrize("game", ["base", "base_7players", "base_rewritten", "game1", "game2", "game3"])
def test_the_deals_of_the_scorable_games_come_back(game: str, shared_dir: Path) -> None:
    model = reference(shared_dir, "llm_deliberation", f"{game}.json")
    board = scorable(model, {})
    found, expected = packages(board), model["expected"]
    assert isinstance(expected, dict)
    assert (found.packages, int(found.acceptable)) == (expected["n_deals"], expected["feasible"]["all_n"])
    chosen = {",".join(f"{'ABCDEF'[i]}{o}" for i, o in enumerate(tie)) for tie in found.ties.tolist()}
    assert chosen == {n["deal"] for n in expected["solutions"]["nash"]}
    assert int(np.prod(found.gains.astype(object) // 100)) == round(expected["solutions"]["nash"][0]["value"])
    assert found.frontier.shape[0] == expected["pareto_of_feasible"]


def scorable(model: Mapping[str, object], thresholds: Mapping[str, float]) -> Deals:
    people, scores, floor = model["parties"], model["scores"], model["threshold"]
    assert isinstance(people, list)
    assert isinstance(scores, dict)
    assert isinstance(floor, dict)
    count = len(scores[people[0]])
    points = {"abcdef"[i]: [scores[p][i] for p in people] for i in range(count)}
    return scored([slug(p) for p in people], points, [thresholds.get(p, floor[p]) for p in people])


def test_who_could_open_the_blocked_game_alone_comes_back(shared_dir: Path) -> None:
    board = scorable(reference(shared_dir, "llm_deliberation", "base.json"), {"Environmental League": 80})
    base: Modes = {i: ("in", None) for i in board.issues}
    blocked = agenda(board, base=base, issue="a", variants=[("in", None)]).row("in").blocked
    alone = {sides[0].party for sides in blocked if len(sides) == 1}
    assert alone == {"local-labour-union", "sportco", "department-of-tourism", "environmental-league"}
