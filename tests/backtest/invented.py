"""A dozen decisions that nobody took, in five dossiers, as records and as the files they would come in."""

import numpy as np

from detente.backtest import PastDecision
from detente.formats.council import weights

STATES = ("com", "ep", "de", "es", "lu", "nl")


def decisions() -> tuple[PastDecision, ...]:
    """Return decisions whose outcome is not far from where the weight lies, every third without a status quo."""
    rng = np.random.default_rng(11)
    return tuple(_decision(k, rng) for k in range(12))


def _decision(k: int, rng: np.random.Generator) -> PastDecision:
    actors = STATES[: 4 + k % 3]
    position = tuple(float(p) for p in rng.choice([0, 40, 70, 100], len(actors)))
    salience = tuple(float(s) for s in rng.integers(10, 100, len(actors)))
    return PastDecision(
        issue=f"d{k % 5}i{k}",
        dossier=f"d{k % 5}",
        year=1999 + k,
        actors=actors,
        position=position,
        salience=salience,
        capability=weights(actors, 1999 + k),
        status_quo=None if k % 3 == 0 else float(rng.choice([0, 100])),
        outcome=float(np.clip(np.round(np.average(position, weights=salience) + rng.normal(0, 15)), 0, 100)),
    )


def table() -> str:
    """Return them as the table of issues, with a row that is of no issue, and one issue without an outcome."""
    heads = ["prnr", "isnr", "intro", "finact", *(f"{k}{a}" for k in "ps" for a in STATES), "rp", "out"]
    rows = [_row(one, heads) for one in decisions()]
    unknown = _row(decisions()[0], heads)
    unknown[heads.index("isnr")], unknown[heads.index("out")] = "d9i1", ""
    return "\n".join("\t".join(row) for row in [heads, [""] * (len(heads) - 1) + ["0.5"], *rows, unknown]) + "\n"


def _row(one: PastDecision, heads: list[str]) -> list[str]:
    said = {"prnr": one.dossier, "isnr": one.issue, "intro": "999", "finact": f"1930-05-{one.year % 100:02d}"}
    said |= {f"p{a}": f"{p:g}" for a, p in zip(one.actors, one.position, strict=True)}
    said |= {f"s{a}": f"{s:g}" for a, s in zip(one.actors, one.salience, strict=True)}
    said |= {"rp": "" if one.status_quo is None else f"{one.status_quo:g}", "out": f"{one.outcome:g}"}
    return [said.get(head, "") for head in heads]


def weighed() -> str:
    """Return them as the list of who weighs what."""
    lines = ["issue,dossier,year_used,actor,position,salience,capability,outcome"]
    for one in decisions():
        for actor, p, s, c in zip(one.actors, one.position, one.salience, one.capability, strict=True):
            lines.append(f"{one.issue},{one.dossier},{one.year},{actor},{p},{s},{c!r},{one.outcome}")
    return "\n".join(lines) + "\n"
