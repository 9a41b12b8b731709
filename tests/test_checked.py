"""What is annotated is checked whenever a test calls it, as strictly as jaxtyping alone would."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pytest
from beartype import BeartypeConf, beartype
from beartype.roar import BeartypeCallHintViolation
from jaxtyping import Float, Int, TypeCheckError
from tests.checked import by_jaxtyping, checked

from detente.boards.deal_board import Cross
from detente.boards.scoring import accepts, rounded

REFUSED = (BeartypeCallHintViolation, TypeCheckError)
ROW, TALL = np.array([1.0, 2.0]), np.array([[1.0], [2.0], [3.0]])


def watched(function: Callable[..., Any]) -> Any:
    return beartype(conf=BeartypeConf(is_pep484_tower=True))(function)


def scaled(row: Float[np.ndarray, " party"], by: Float[np.ndarray, " party"]) -> Float[np.ndarray, " party"]:
    return np.asarray(row * by)


def cut(row: Float[np.ndarray, " party"], to: int) -> Float[np.ndarray, " party"]:
    return row[:to]


def named(text: str, *, times: int = 1, how: Literal["loud", "low"] = "loud") -> list[str]:
    return [text] * times if how == "loud" else text  # type: ignore[return-value]


def counted(upto: int) -> Iterator[int]:
    yield from range(upto)


def within(row: Float[np.ndarray, " party"]) -> float:
    return scaled(np.ones(7), np.ones(7)).sum() + row.sum()  # type: ignore[no-any-return]


def quoted(row: 'Float[np.ndarray, " party"]') -> "int":
    return len(row)


def applied(act: Callable[[Float[np.ndarray, " party"]], float], row: Float[np.ndarray, " party"]) -> float:
    return act(row)


@dataclass(frozen=True, slots=True)
class Pair:
    first: Int[np.ndarray, " party"]
    second: Int[np.ndarray, " party"]


@dataclass(frozen=True)
class Named:
    name: str
    weight: float = 1


CALLS: list[tuple[Any, tuple[Any, ...], dict[str, Any], bool]] = [
    (scaled, (ROW, ROW), {}, True),
    (scaled, (ROW,), {"by": ROW}, True),
    (scaled, (ROW, np.ones(3)), {}, False),
    (scaled, (ROW, TALL), {}, False),
    (scaled, (ROW, np.array([1, 2])), {}, False),
    (scaled, (ROW, [1.0, 2.0]), {}, False),
    (cut, (ROW, 2), {}, True),
    (cut, (ROW, 1), {}, False),
    (cut, (ROW, 2.0), {}, False),
    (named, ("a",), {"times": 2}, True),
    (named, (1,), {}, False),
    (named, ("a",), {"how": "mute"}, False),
    (named, ("a",), {"how": "low"}, False),
    (counted, (2,), {}, True),
    (counted, ("2",), {}, False),
    (within, (ROW,), {}, True),
    (within, (TALL,), {}, False),
    (quoted, (ROW,), {}, True),
    (quoted, (TALL,), {}, False),
    (applied, (np.sum, ROW), {}, True),
    (applied, (1, ROW), {}, False),
    (applied, (np.sum, TALL), {}, False),
    (Pair, (np.arange(2), np.arange(2)), {}, True),
    (Pair, (np.arange(2), np.arange(3)), {}, False),
    (Pair, (np.arange(2), ROW), {}, False),
    (Named, ("a", 2), {}, True),
    (Named, (2,), {}, False),
]


def refuses(decorate: Any, thing: Any, given: tuple[Any, ...], named: dict[str, Any]) -> bool:
    if isinstance(thing, type):  # a copy, since the decorator of a dataclass changes it
        thing = type(thing.__name__, (thing,), {"__init__": vars(thing)["__init__"]})
    try:
        done = decorate(typechecker=watched)(thing)(*given, **named)
        if isinstance(done, Iterator):
            list(done)
    except REFUSED:
        return True
    return False


@pytest.mark.parametrize(("thing", "given", "named", "fine"), CALLS)
def test_what_jaxtyping_refuses_is_refused_and_nothing_else(
    thing: Any, given: tuple[Any, ...], named: dict[str, Any], fine: bool
) -> None:
    assert refuses(by_jaxtyping, thing, given, named) is not fine
    assert refuses(checked, thing, given, named) is not fine


def test_the_package_is_checked_while_tests_run() -> None:
    with pytest.raises(REFUSED):
        rounded(np.array([1]))  # whole numbers where fractions are meant
    with pytest.raises(REFUSED):
        accepts("missiles", np.array(1.0), np.array(1.0))  # type: ignore[arg-type]
    with pytest.raises(REFUSED):
        Cross(0, 1, np.zeros((2, 2), dtype=np.int64))  # an axis is missing
    assert rounded(np.array([1.5])).tolist() == [150]
