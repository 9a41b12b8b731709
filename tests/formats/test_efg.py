import re
from dataclasses import dataclass

import numpy as np
import pytest
from tests.boards.crises import third_party

from detente.boards.crisis import Choice, Crisis, crisis_game, four_outcomes, with_payoffs
from detente.errors import FormatError
from detente.formats.efg import write

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{},]|[^\s{},"]+')


@dataclass
class Read:
    """What a reader of the format makes of a file."""

    players: list[str]
    ends: dict[tuple[str, ...], tuple[str, list[float]]]
    sets: dict[tuple[int, int], tuple[str, tuple[str, ...]]]


class Reader:
    """The format's grammar, written down a second time: prologue, then nodes in prefix order."""

    def __init__(self, text: str) -> None:
        self.tokens = TOKEN.findall(text)
        self.at = 0

    def take(self, wanted: str | None = None) -> str:
        token: str = self.tokens[self.at]
        self.at += 1
        assert wanted is None or token == wanted, (token, wanted)
        return token

    def name(self) -> str:
        token = self.take()
        assert token[0] == token[-1] == '"'
        return re.sub(r"\\(.)", r"\1", token[1:-1])

    def names(self) -> list[str]:
        self.take("{")
        found = []
        while self.tokens[self.at] != "}":
            found.append(self.name())
        self.take("}")
        return found

    def numbers(self) -> list[float]:
        self.take("{")
        found = []
        while self.tokens[self.at] != "}":
            token = self.take()
            if token != ",":
                assert re.fullmatch(r"-?\d+(\.\d+)?", token), token
                found.append(float(token))
        self.take("}")
        return found

    def file(self) -> Read:
        for fixed in ("EFG", "2", "R"):
            self.take(fixed)
        self.name()
        read = Read(self.names(), {}, {})
        if self.tokens[self.at].startswith('"'):
            self.name()
        self.node(read, ())
        assert self.at == len(self.tokens)
        return read

    def node(self, read: Read, way: tuple[str, ...]) -> None:
        kind = self.take()
        self.name()
        if kind == "t":
            int(self.take())
            read.ends[way] = (self.name(), self.numbers())
            return
        assert kind == "p"
        key = (int(self.take()), int(self.take()))
        label, actions = self.name(), tuple(self.names())
        assert read.sets.setdefault(key, (label, actions)) == (label, actions)
        self.take("0")
        for action in actions:
            self.node(read, (*way, action))


def read_again(game: Crisis) -> Read:
    return Reader(write(game).content.decode("utf-8")).file()


def test_the_tree_is_found_again() -> None:
    payoff = np.random.default_rng(0).normal(0, 1, (11, 3))
    game = third_party(payoff)
    read = read_again(game)
    assert read.players == list(game.players)
    assert len(read.sets) == len(game.labels)
    told = {name: worth for name, worth in read.ends.values()}
    assert told == {o: game.payoff[k].tolist() for k, o in enumerate(game.outcomes)}
    ally = game.players.index("ally") + 1
    assert [actions for (player, _), (_, actions) in read.sets.items() if player == ally] == [("hold", "strike")]


@pytest.mark.parametrize("value", [1e-12, -2.5e17, 0.1 + 0.2, -0.0, 1e300])
def test_numbers_have_no_exponent_and_read_back(value: float) -> None:
    game = four_outcomes("a", "b", np.full((4, 2), value))
    assert read_again(game).ends["hold",][1] == [value, value]


def test_a_name_cannot_break_out_of_its_quotes() -> None:
    root = Choice('a "quoted" \\', (('say "no"\n', "end\tone"), ("b", 'end "two"')))
    game = crisis_game(root, {o: {'a "quoted" \\': 1.0} for o in ("end\tone", 'end "two"')})
    read = read_again(game)
    assert read.players == ['a "quoted" \\']
    assert {name for name, _ in read.ends.values()} == {"end one", 'end "two"'}


def test_a_thousand_games_are_not_one_file() -> None:
    game = with_payoffs(four_outcomes("a", "b", np.zeros((4, 2))), np.zeros((5, 4, 2)))
    with pytest.raises(FormatError, match="a file holds one"):
        write(game)


def test_the_file_is_named_after_the_table() -> None:
    game = four_outcomes("a", "b", np.zeros((4, 2)), table="../etc/pass wd")
    assert write(game).name == "etc-pass-wd.efg"
