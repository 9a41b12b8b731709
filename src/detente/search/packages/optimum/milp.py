"""Which package serves an aim best, by mixed-integer programming?

    x_jk in {0, 1},  sum_k x_jk = 1 for each cluster j;   g_p = sum_jk T_p,jk x_jk - floor_p;   g_p >= least for `must`

    "sum"        max sum w_p g_p                          "least"      max z,  scale_p z <= g_p
    "shortfall"  min sum s_p,  s_p >= -g_p, s_p >= 0      "nash"       max h,  h <= log-product tangent at points seen

A tangent lies above a concave function, so that h bounds the product's logarithm from above; a point is added where
the solver goes, until it comes back to one it has seen. A package that the solver takes although it is none, because
it changes nothing or misses a least by less than the solver's tolerance, is cut off, and the solver asked again.

Source: HiGHS (Huangfu and Hall 2018) does the solving; the tangents are outer approximation (Duran and Grossmann 1986).
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float, Int
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from detente.errors import AnalysisError
from detente.search.packages.optimum.aims import Search
from detente.search.packages.optimum.climb import Held, better, held
from detente.search.packages.optimum.prove import Proof

ROUNDS = 200  # of cutting off and adding tangents
GAP = 1e-9  # of the logarithm of a product: nearer is there
INFEASIBLE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """Rows of the program over the choices, column by column of all clusters, and the variables after them.

    ========  ===============  ===================================================
    rows      row variable     low <= rows @ x <= high
    worth     variable         what is minimised
    whole     variable         1 where a variable is whole
    top       variable         its greatest value; the least is 0, or minus this
    ========  ===============  ===================================================
    """

    rows: Float[np.ndarray, "row variable"]
    low: Float[np.ndarray, " row"]
    high: Float[np.ndarray, " row"]
    worth: Float[np.ndarray, " variable"]
    whole: Int[np.ndarray, " variable"]
    least: Float[np.ndarray, " variable"]
    top: Float[np.ndarray, " variable"]

    def also(self, row: Float[np.ndarray, " variable"], low: float, high: float) -> "_Model":
        return replace(
            self,
            rows=np.vstack([self.rows, row]),
            low=np.append(self.low, low),
            high=np.append(self.high, high),
        )


def milped(search: Search, enough: int | None) -> Proof:
    """Solve to the end; `enough` changes nothing here.

    Raises AnalysisError where the solver gives up.
    """
    model = _model(search)
    best: Held | None = None
    seen: set[tuple[int, ...]] = set()
    columns = model.whole.sum()
    for rounds in range(ROUNDS):
        answer = milp(
            model.worth,
            constraints=LinearConstraint(csr_array(model.rows), model.low, model.high),
            integrality=model.whole,
            bounds=Bounds(model.least, model.top),
            options={"mip_rel_gap": 0.0},
        )
        if answer.status == INFEASIBLE:
            return _proof(search, best, rounds)
        if answer.x is None:
            raise AnalysisError(
                f"The solver gave up on table '{search.terms.deals.table}': {answer.message} Ask for method 'fold'."
            )
        choices = _choices(search, answer.x[:columns])
        found = held(search, choices)
        best = better(best, found)
        if found is None:
            model = model.also(_columns(search, choices, model), -np.inf, len(choices) - 1.0)
        elif search.aim != "nash" or choices in seen or -answer.fun <= math.log(_product(best)) + GAP:
            return _proof(search, best, rounds + 1)
        else:
            model = _with_tangent(search, model, _gains(search, choices))
        seen.add(choices)
    raise AnalysisError(
        f"The solver comes to no end at table '{search.terms.deals.table}' within {ROUNDS} rounds. "
        "Ask for method 'fold'."
    )


def _proof(search: Search, best: Held | None, looked: int) -> Proof:
    rows = [] if best is None else [best.choices]
    choices = np.array(rows, dtype=np.int64).reshape(len(rows), len(search.terms.tables))
    return Proof(held=best, choices=choices, counted=False, bound=None, looked=looked)


def _product(best: Held | None) -> int:
    return 1 if best is None else max(1, int(best.key[1]))


def _choices(search: Search, x: Float[np.ndarray, " column"]) -> tuple[int, ...]:
    ends = np.cumsum([t.shape[1] for t in search.terms.tables])[:-1]
    return tuple(int(part.argmax()) for part in np.split(x, ends))


def _gains(search: Search, choices: tuple[int, ...]) -> Int[np.ndarray, " party"]:
    terms = search.terms
    return np.asarray(sum((t[:, c] for t, c in zip(terms.tables, choices, strict=True)), start=-terms.floor))


def _columns(search: Search, choices: tuple[int, ...], model: _Model) -> Float[np.ndarray, " variable"]:
    """Return a row that counts how many of these choices are taken."""
    row = np.zeros(model.worth.size)
    starts = np.cumsum([0, *(t.shape[1] for t in search.terms.tables)])[:-1]
    row[starts + np.array(choices)] = 1.0
    return row


def _model(search: Search) -> _Model:
    terms = search.terms
    table = np.concatenate(terms.tables, axis=1).astype(np.float64)
    columns, more = table.shape[1], {"least": 1, "nash": 1, "sum": 0, "shortfall": len(search.over)}[search.aim]
    worth = np.zeros(columns + more)
    limit = float(terms.greatest)
    top = np.concatenate([np.ones(columns), np.full(more, limit if search.aim != "nash" else 1e3)])
    least = np.concatenate([np.zeros(columns), np.full(more, 0.0 if search.aim == "shortfall" else -top[-1])])
    one = np.zeros((len(terms.tables), columns + more))
    one[np.repeat(np.arange(len(terms.tables)), [t.shape[1] for t in terms.tables]), np.arange(columns)] = 1.0
    model = _Model(
        rows=one,
        low=np.ones(len(one)),
        high=np.ones(len(one)),
        worth=worth,
        whole=np.concatenate([np.ones(columns), np.zeros(more)]).astype(np.int64),
        least=least,
        top=top,
    )
    for p, m in zip(search.must, search.least, strict=True):
        model = model.also(np.append(table[p], np.zeros(more)), float(terms.floor[p] + m), np.inf)
    if terms.unchanged is not None:
        model = model.also(_columns(search, terms.unchanged, model), -np.inf, len(terms.tables) - 1.0)
    return _aimed(search, model, table)


def _aimed(search: Search, model: _Model, table: Float[np.ndarray, "party column"]) -> _Model:
    columns = table.shape[1]
    worth = model.worth.copy()
    if search.aim == "sum":
        worth[:columns] = -(np.array(search.weights, dtype=np.float64) @ table[list(search.over)])
    elif search.aim == "least":
        worth[columns:] = -1.0
        for p, scale in zip(search.over, search.scale, strict=True):
            model = model.also(np.append(table[p], -float(scale)), float(search.terms.floor[p]), np.inf)
    elif search.aim == "shortfall":
        worth[columns:] = 1.0
        for k, p in enumerate(search.over):
            own = np.zeros(len(search.over))
            own[k] = 1.0
            model = model.also(np.append(table[p], own), float(search.terms.floor[p]), np.inf)
    else:
        worth[columns:] = -1.0
    model = replace(model, worth=worth)
    if search.aim == "nash":
        middle = np.maximum(1, sum(t.max(axis=1) for t in search.terms.tables) - search.terms.floor)
        model = _with_tangent(search, model, np.asarray(middle, dtype=np.int64))
    return model


def _with_tangent(search: Search, model: _Model, at: Int[np.ndarray, " party"]) -> _Model:
    """Add h <= sum g_p / at_p - n + log product of at, with g in terms of the choices."""
    terms, over = search.terms, list(search.over)
    table = np.concatenate(terms.tables, axis=1).astype(np.float64)[over]
    point = at[over].astype(np.float64)
    row = np.append(-(table / point[:, None]).sum(axis=0), 1.0)
    high = float(np.log(point).sum() - len(over) - (terms.floor[over] / point).sum())
    return model.also(row, -np.inf, high)
