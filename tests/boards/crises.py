"""Small games that several tests ask about."""

import numpy as np

from detente.boards.crisis import Choice, Crisis, crisis_game, with_payoffs

WAYS = ("talk strike", "threat hold", "threat strike")
THIRD_PARTY_ENDS = ("concede", "talk hold", *(f"{w} {end}" for w in WAYS for end in ("stand", "join", "restrain")))


def third_party(payoff: np.ndarray) -> Crisis:
    """An adversary concedes or not; a principal talks or threatens, its ally strikes or not without seeing which.

    Unless it was talk and no strike the adversary retaliates or not, and the principal then joins or not. `payoff` is
    of principal, ally and adversary in the outcomes' order above.
    """

    def then(way: str) -> Choice:
        last = Choice("us", (("join", f"{way} join"), ("restrain", f"{way} restrain")), knows=f"us {way}")
        return Choice("adv", (("stand", f"{way} stand"), ("retal", last)), knows=f"adv {way}")

    def ally(first: str) -> Choice:
        hold = "talk hold" if first == "talk" else then("threat hold")
        return Choice("ally", (("hold", hold), ("strike", then(f"{first} strike"))), knows="ally")

    start = Choice("us", (("talk", ally("talk")), ("threat", ally("threat"))), knows="us first")
    root = Choice("adv", (("concede", "concede"), ("refuse", start)), knows="adv first")
    players = ("us", "ally", "adv")
    game = crisis_game(root, {o: dict.fromkeys(players, 0.0) for o in THIRD_PARTY_ENDS}, players=players)
    at = [THIRD_PARTY_ENDS.index(o) for o in game.outcomes]
    return with_payoffs(game, payoff[..., at, :])


def at_once(row: np.ndarray, column: np.ndarray) -> Crisis:
    """Two players who choose without seeing one another: payoffs row action x column action."""
    across = [f"c{j}" for j in range(row.shape[1])]
    moves = tuple(
        (f"r{i}", Choice("column", tuple((c, f"r{i} {c}") for c in across), knows="column"))
        for i in range(row.shape[0])
    )
    ends = {
        f"r{i} c{j}": {"row": float(row[i, j]), "column": float(column[i, j])}
        for i in range(row.shape[0])
        for j in range(row.shape[1])
    }
    return crisis_game(Choice("row", moves, knows="row"), ends)
