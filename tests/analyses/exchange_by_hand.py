"""Trades across issues in plain loops, one pair at a time, and the published inputs of the exchange model."""

import itertools
from pathlib import Path

import numpy as np
from jaxtyping import Float

from detente.boards import Positions


def published(file: Path) -> Positions:
    """Read an input file of the exchange model: quoted rows, separated by tabs."""
    rows = [[cell.strip().strip("'") for cell in line.split("\t")] for line in file.read_text("utf-8").splitlines()]
    parties = tuple(row[1] for row in rows if row[0] == "#A")
    issues = tuple(row[1] for row in rows if row[0] == "#P")
    marks = {issue: [float(row[2]) for row in rows if row[:2] == ["#M", issue]] for issue in issues}
    shape = len(parties), len(issues)
    at, salience, influence, stated = np.zeros(shape), np.zeros(shape), np.ones(shape), np.zeros(shape, dtype=bool)
    for row in rows:
        if row[0] == "#D":
            cell = parties.index(row[1]), issues.index(row[2])
            at[cell], salience[cell], influence[cell] = float(row[3]), 100 * float(row[4]), float(row[5])
            stated[cell] = True
    low = np.array([min(marks[issue]) for issue in issues])
    return Positions(
        parties=parties,
        issues=issues,
        at=np.where(stated, at, low),
        salience=salience,
        influence=influence,
        low=low,
        high=np.array([max(marks[issue]) for issue in issues]),
        status_quo=low,
        stated=stated,
    )


def voted_by_hand(board: Positions) -> Float[np.ndarray, "party issue"]:
    """Trade for one round in the obvious way; return where everybody stands at the end of it, in percent of scales."""
    start = 100 * (board.at - board.low) / (board.high - board.low)
    now, share, care = start.copy(), board.weight / board.weight.sum(axis=0), board.salience / 100
    begun = (share * start).sum(axis=0)
    n, k = start.shape
    done: set[tuple[int, int, int, int]] = set()
    while True:
        best, chosen = 1e-9, None
        for i, j, p, q in itertools.product(range(n), range(n), range(k), range(k)):
            if i == j or p >= q or (i, j, p, q) in done or not board.stated[[i, i, j, j], [p, q, p, q]].all():
                continue
            opposite = all((start[i, x] - begun[x]) * (start[j, x] - begun[x]) < 0 for x in (p, q))
            # i gives on p, which matters less to it, in proportion, than to j.
            if not opposite or care[i, p] * care[j, q] >= care[j, p] * care[i, q]:
                continue
            rate = (care[i, p] + care[j, p]) / (care[i, q] + care[j, q])
            outcome = (share * now).sum(axis=0)
            far_p, far_q = start[j, p] - start[i, p], start[i, q] - start[j, q]
            reach = [
                (start[j, p] - now[i, p]) * np.sign(far_p) * share[i, p],
                (start[i, q] - now[j, q]) * np.sign(far_q) * share[j, q] / rate,
                (start[j, p] - outcome[p]) * np.sign(far_p),
                (start[i, q] - outcome[q]) * np.sign(far_q) / rate,
            ]
            gain = min(reach) * (rate * care[i, q] - care[i, p])
            if gain > best:
                moves = min(reach) / share[i, p] * np.sign(far_p), rate * min(reach) / share[j, q] * np.sign(far_q)
                best, chosen = gain, (i, j, p, q, *moves)
        if chosen is None:
            return np.asarray(now)
        i, j, p, q, move, back = chosen
        done.add((i, j, p, q))
        now[i, p] += move
        now[j, q] += back
