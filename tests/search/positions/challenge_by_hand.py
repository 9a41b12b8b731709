"""The challenge model in the most obvious way: one case, one pair and one voter at a time, in plain numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    at: list[float]
    salience: list[float]
    influence: list[float]
    dialect: str
    quiet: float = 1.0

    @property
    def everybody(self) -> range:
        return range(len(self.at))

    def weight(self, k: int) -> float:
        return self.salience[k] * self.influence[k]


def rounds_by_hand(case: Case, rounds: int) -> tuple[list[list[float]], list[list[float]]]:
    """Everybody's place before the first and after each round, and the risk exponents of each round."""
    width = max(case.at) - min(case.at)
    here, path, risk = list(case.at), [list(case.at)], []
    for _ in range(rounds):
        r = _risks(case, here, width)
        here = [_next(case, here, i, r, width) for i in case.everybody]
        path.append(here)
        risk.append(r)
    return path, risk


def median_by_hand(case: Case, here: list[float]) -> float:
    return min(here, key=lambda p: (round(sum(case.weight(k) * abs(here[k] - p) for k in case.everybody), 12), p))


def _chance(case: Case, here: list[float], i: int, j: int, r: list[float], width: float) -> float:
    if here[i] == here[j]:
        return 0.0

    def vote(k: int, a: int, b: int) -> float:
        power = r[k] if case.dialect == "scholz-code" else 1.0
        near, far = (abs(here[k] - here[p]) / width for p in (a, b))
        return float(case.weight(k) * (far**power - near**power))

    votes = [vote(k, i, j) for k in case.everybody]
    ahead, cast = sum(max(v, 0.0) for v in votes), sum(abs(v) for v in votes)
    if case.dialect == "scholz-code":
        every = sum(abs(vote(k, a, b)) for k in case.everybody for a in case.everybody for b in case.everybody)
        return ahead / every
    return max(sum(votes), 0.0) / cast if case.dialect == "masad-2014" else ahead / cast


def _expects(
    case: Case, here: list[float], pair: tuple[int, int], seen_with: float, r: list[float], width: float
) -> float:
    i, j = pair
    d, chance, s = abs(here[i] - here[j]) / width, _chance(case, here, i, j, r, width), case.salience[j]
    success, failure = 2 - 4 * (0.5 - 0.5 * d) ** seen_with, 2 - 4 * (0.5 + 0.5 * d) ** seen_with
    left = case.quiet * (2 - 4 * 0.5**seen_with)
    if case.dialect != "scholz-code":
        m = median_by_hand(case, here)
        far = 0.25 * (abs(here[i] - m) / width + d)
        sign = -1 if abs(here[i] - m) < abs(here[i] - here[j]) else 1
        left += (1 - case.quiet) * (2 - 4 * (0.5 + sign * far) ** seen_with)
    return float(s * (chance * success + (1 - chance) * failure) + (1 - s) * success - left)


def _risks(case: Case, here: list[float], width: float) -> list[float]:
    ones = [1.0] * len(here)
    threat = [
        sum(_expects(case, here, (j, i), 1.0, ones, width) for j in case.everybody if j != i) for i in case.everybody
    ]
    top, bottom = max(threat), min(threat)
    if top - bottom < 1e-12 * len(here):
        return ones
    thirds = [(2 * t - top - bottom) / (top - bottom) / 3 for t in threat]
    return [(1 - x) / (1 + x) for x in thirds]


def _next(case: Case, here: list[float], i: int, r: list[float], width: float) -> float:
    offers = []
    for j in case.everybody:
        if here[j] == here[i]:
            continue
        a = _expects(case, here, (i, j), r[i], r, width)
        b = _expects(case, here, (j, i), r[i] if case.dialect == "scholz-code" else r[j], r, width)
        offers.append((a, b, here[j]))
    return {"scholz-code": _by_code, "scholz-paper": _by_paper, "masad-2014": _by_masad}[case.dialect](here[i], offers)


def _by_code(me: float, offers: list[tuple[float, float, float]]) -> float:
    lost = [x for a, b, x in offers if b > a > 0]
    if lost:
        return min(lost, key=lambda x: abs(x - me))
    mild = [(a, b, x) for a, b, x in offers if b > 0 > a and b > abs(a)]
    if not mild:
        return me
    a, b, x = min(mild, key=lambda o: (abs(o[0]) * me + abs(o[1]) * o[2]) / (abs(o[0]) + abs(o[1])))
    return me + (x - me) * abs(a / b)


def _by_paper(me: float, offers: list[tuple[float, float, float]]) -> float:
    ends = []
    for a, b, x in offers:
        if b > a > 0 or (b > 0 > a and abs(a) >= b):
            ends.append((x, b))
        elif b > 0 > a:
            ends.append((me + (x - me) * abs(a / b), b))
    return min(ends, key=lambda end: (round(abs(end[0] - me), 10), -end[1]), default=(me, 0.0))[0]


def _by_masad(me: float, offers: list[tuple[float, float, float]]) -> float:
    heard = [o for o in offers if o[1] > 0]
    if not heard:
        return me
    most = max(b for _, b, _ in heard)
    a, b, x = min((o for o in heard if o[1] >= most - 1e-12), key=lambda o: abs(o[2] - me))
    if 0 < a < b or (a < 0 and -a > b):
        return x
    return me + (x - me) * abs(a / b) if a < 0 else me
