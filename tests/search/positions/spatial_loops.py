"""One round of the spatial model of politics in plain loops over its equations: slow, and nothing shared but words."""

from math import prod, sqrt

from detente.search.positions.spatial.settings import Settings

Place = list[float]
Bargain = tuple[int, int, Place, Place]
POWERS = {"linear": 1, "square": 2, "quartic": 4, "octic": 8}
SEES = {"no": (1, 0), "one-third": (2 / 3, 1 / 3), "half": (0.5, 0.5), "two-thirds": (1 / 3, 2 / 3), "full": (0, 1)}


class Loops:
    """The body, and what every part of a round comes to."""

    def __init__(self, power: list[float], salience: list[Place], settings: Settings) -> None:
        self.c, self.s, self.how = power, salience, settings
        self.n = len(power)
        self.care = [sum(row) for row in salience]

    def vote(self, weight: float, x: float) -> float:
        whole = max(-1.0, min(1.0, x / 1e-8))
        return (
            weight
            * {
                "binary": whole,
                "prop-bin": 0.8 * x + 0.2 * whole,
                "proportional": x,
                "prop-cubic": 0.5 * x + 0.5 * x**3,
                "cubic": x**3,
                "asymmetric": x * (2 / 3 if x > 0 else 1),
            }[self.how.vote]
        )

    def beats(self, a: float, b: float) -> float:
        if self.how.victory != "binary":
            e = POWERS[self.how.victory]
            return a**e / (a**e + b**e)
        if a >= 1.1 * b:
            return 1 / (1 + 1e-6)
        if b >= 1.1 * a:
            return 1e-6 / (1 + 1e-6)
        return (a / (a + b) * 2.1 - 1) / 0.1

    def election(self, worth: list[list[float]]) -> list[float]:
        m = len(worth[0])
        c = [[1e-8] * m for _ in range(m)]
        for i in range(m):
            for j in range(i):
                for k in range(self.n):
                    v = self.vote(self.c[k], worth[k][i] - worth[k][j])
                    c[i][j] += max(v, 0)
                    c[j][i] += max(-v, 0)
        p = [[self.beats(c[i][j], c[j][i]) if i != j else 0.5 for j in range(m)] for i in range(m)]
        if self.how.kind == "conditional":
            alone = [prod(row) for row in p]
            return [a / sum(alone) for a in alone]
        urge = [[c[i][j] * p[i][j] + (1e-10 if i == j else 0) for j in range(m)] for i in range(m)]
        into = [sum(urge[k][j] for k in range(m)) for j in range(m)]
        uniform = self.how.kind == "markov-uniform"
        dares = [[1 / m if uniform else urge[i][j] / into[j] for j in range(m)] for i in range(m)]
        shares, change = [1 / m] * m, 1.0
        while change > (1e-6 if uniform else 1e-8):
            q = [sum(p[i][j] * (shares[i] * dares[j][i] + shares[j] * dares[i][j]) for j in range(m)) for i in range(m)]
            change = max(abs(a - b) for a, b in zip(q, shares, strict=True))
            shares = [(a + b) / 2 for a, b in zip(q, shares, strict=True)]
        return shares

    def far(self, actor: int, ideal: Place, place: Place) -> float:
        s = self.s[actor]
        if not sum(s):
            return 0.0
        return sqrt(sum((a * (q - t)) ** 2 for a, q, t in zip(s, ideal, place, strict=True)) / sum(a * a for a in s))

    @staticmethod
    def worth(d: float, risk: float) -> float:
        return (1 - d) * (1 + min(d, 1) * risk)

    def risks(self, at: list[Place], ideal: list[Place]) -> list[float]:
        flat = [[1 - self.far(i, ideal[i], t) for t in at] for i in range(self.n)]
        p = self.election(flat)
        low, high = min(p), max(p)
        if high - low <= 1e-12:
            return [0.0] * self.n
        least, span = {"min": (0, 1), "mid": (-0.5, 1.5), "max": (-1, 2)}[self.how.risk_range]
        return [least + span * (a - low) / (high - low) for a in p]

    def contest(self, u: list[list[float]], i: int, j: int) -> tuple[float, float]:
        """Who wins, and what it is worth to i, in one viewer's eyes."""
        w = [c * s for c, s in zip(self.c, self.care, strict=True)]
        own = (self.vote(w[i], u[i][i] - u[i][j]), self.vote(w[j], u[j][i] - u[j][j]))
        a, b = (1e-10 + sum(max(side * v, 0) for v in own) for side in (1, -1))
        ahead, behind = a, b
        for n in set(range(self.n)) - {i, j} if self.how.third_party == "semi" else ():
            small = self.vote(w[n], u[n][i] - u[n][j])
            win = (a + max(small, 0)) / (a + max(small, 0) + b + max(-small, 0))
            joined = win * (2 * u[n][i] + u[n][n]) + (1 - win) * 3 * u[n][j]
            apart = win * 3 * u[n][i] + (1 - win) * (2 * u[n][j] + u[n][n])
            v = self.vote(w[n], joined - apart)
            ahead, behind = ahead + max(v, 0), behind + max(-v, 0)
        p, s = ahead / (ahead + behind), self.care[j]
        gain = (1 - s) * 2 * u[i][i] + s * (p * 2 * u[i][i] + (1 - p) * 2 * u[i][j]) - u[i][i] - u[i][j]
        return p, gain

    def meet(self, at: list[Place], i: int, j: int, p: float) -> tuple[Place, Place]:
        places: tuple[Place, Place] = ([], [])
        for t, y, s, z in zip(at[i], at[j], self.s[i], self.s[j], strict=True):
            if self.how.interpolation == "s2pmax":
                d, e = max(0, 1 - 2 * p), max(0, 2 * p - 1)
                pair = (
                    t + d * z * z / (d * z * z + 1e-6 + (1 - d) * s * s) * (y - t),
                    y + e * s * s / (e * s * s + 1e-6 + (1 - e) * z * z) * (t - y),
                )
            else:
                e = 2 if self.how.interpolation == "s2p2" else 1
                a, b = s**e * p**e, z**e * (1 - p) ** e
                pair = (((a + 1e-6) * t + b * y) / (a + 1e-6 + b), (a * t + (1e-6 + b) * y) / (a + 1e-6 + b))
                pair = (int(0.5 + 1e4 * pair[0]) / 1e4, int(0.5 + 1e4 * pair[1]) / 1e4)
            for place, x in zip(places, pair, strict=True):
                place.append(min(1.0, max(0.0, x)))
        return places

    def round(self, at: list[Place], ideal: list[Place]) -> list[Place]:
        risk = self.risks(at, ideal)
        mine, theirs = SEES[self.how.risk_estimate]
        far = [[self.far(k, ideal[k], t) for t in at] for k in range(self.n)]
        seen = [
            [[self.worth(d, mine * risk[h] + theirs * risk[k]) for d in far[k]] for k in range(self.n)]
            for h in range(self.n)
        ]
        bargains: list[Bargain] = []
        for i in range(self.n):
            found = [(*self.contest(seen[i], i, j), j) for j in range(self.n) if j != i]
            p, gain, j = max(found, key=lambda f: f[1])
            if gain > 1e-5:
                bargains += self.proposals(at, (i, j), p, seen[j])
        return [self.choice(at, ideal, risk, k, bargains) for k in range(self.n)]

    def proposals(self, at: list[Place], pair: tuple[int, int], p: float, eyes: list[list[float]]) -> list[Bargain]:
        i, j = pair
        own = self.meet(at, i, j, p)
        if self.how.bargain == "init-only":
            return [(i, j, *own)]
        other = self.meet(at, i, j, self.contest(eyes, i, j)[0 if self.how.receiver_view == "chance" else 1])
        if self.how.bargain == "init-rcvr":
            return [(i, j, *own), (i, j, *other)]
        a = self.c[i] * self.care[i]
        b = self.c[i if self.how.compromise_weight == "initiator" else j] * self.care[j]
        mixed = [[(a * x + b * y) / (a + b) for x, y in zip(own[side], other[side], strict=True)] for side in (0, 1)]
        return [(i, j, mixed[0], mixed[1])]

    def choice(self, at: list[Place], ideal: list[Place], risk: list[float], k: int, bargains: list[Bargain]) -> Place:
        queue = [b for b in bargains if k in b[:2]]
        states = [at]
        for i, j, first, second in queue:
            states.append([first if m == i else second if m == j else t for m, t in enumerate(at)])
        worth = [
            [sum(self.worth(self.far(m, ideal[m], t), risk[m]) for t in state) / self.n for state in states]
            for m in range(self.n)
        ]
        chance = self.election(worth)
        return states[chance.index(max(chance))][k]
