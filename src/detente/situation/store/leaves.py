"""What does one scalar mean in the field it stands in, and what is wrong with it if it means nothing there?"""

import datetime as dt
import difflib
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from detente.situation.store.scalars import day_in, number_in, truth_in, whole_in
from detente.situation.store.tree import Broken, Node, Scalar


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a value does not fit its field, and what would."""

    message: str
    cure: str


def leaf(node: Node, kind: Any) -> Any:
    """Return the value of a scalar as a text, number, yes or no, day or one of some words; else a Misfit.

    >>> leaf(Scalar("NO", plain=True, line=1), str)
    'NO'
    >>> leaf(Scalar("2026-02-30", plain=True, line=1), dt.date).message
    "'2026-02-30' is not a day."
    """
    if isinstance(node, Broken):
        return Misfit("it cannot be read.", "Write it out in plain YAML.")
    if not isinstance(node, Scalar):
        return Misfit("here is a list or a set of fields.", f"Give {_wanted(kind)}.")
    if kind is str:
        return node.text
    if get_origin(kind) is Literal:
        return _word(node.text, tuple(str(a) for a in get_args(kind)))
    if kind is float:
        return number(node)
    value = _other(node, kind)
    return Misfit(f"'{_shown(node.text)}' is not {_named(kind)}.", f"Give {_wanted(kind)}.") if value is None else value


def number(node: Node) -> float | Misfit:
    """Return the number that a scalar stands for; else a Misfit that says how numbers are written.

    >>> number(Scalar("50%", plain=True, line=1)).cure
    'Write 50.'
    """
    if not isinstance(node, Scalar):
        return Misfit("here is a list or a set of fields.", "Give a number, or [low, best, high].")
    value = number_in(node.text) if node.plain else None
    if value is not None:
        return value
    cure = "Give a number, or [low, best, high]."
    tidied = node.text.strip().rstrip("%").strip()
    for attempt in (tidied, tidied.replace("_", ""), tidied.replace(",", ".", 1)):
        if number_in(attempt) is not None:
            cure = f"Write {attempt}."
            break
    return Misfit(f"'{_shown(node.text)}' is not a number.", cure)


def misfit_of(error: Any) -> Misfit:
    """Put a complaint of the validator into words, with a cure."""
    given = _shown(str(error.get("input", "")))
    match error["type"]:
        case "string_pattern_mismatch" if "[A-F]" in str(error["ctx"]["pattern"]):
            return Misfit(
                f"'{given}' is not an Admiralty grade.", "Give a letter A to F and a digit 1 to 6, such as B2."
            )
        case "string_pattern_mismatch":
            slug = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in given.lower()).split())
            cure = f"Write '{slug}'." if slug else "Give a name such as 'iran' or 'gulf-talks'."
            return Misfit(f"'{given}' is not an id: small letters, digits and single hyphens.", cure)
        case "string_too_long":
            return Misfit(f"'{given}' is too long for an id.", f"Keep it to {error['ctx']['max_length']} characters.")
        case "greater_than_equal":
            return Misfit(f"{given} is below {error['ctx']['ge']}.", f"Give {error['ctx']['ge']} or more.")
        case _:
            said = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
            return Misfit(f"{said}.", "Correct it.")


def _word(text: str, words: tuple[str, ...]) -> str | Misfit:
    if text in words:
        return text
    near = difflib.get_close_matches(text.lower().replace("-", "_"), words, n=1, cutoff=0.6)
    listed = ", ".join(words)
    cure = f"Did you mean '{near[0]}'? Possible: {listed}." if near else f"Give one of {listed}."
    return Misfit(f"'{_shown(text)}' is not possible here.", cure)


def _other(node: Scalar, kind: Any) -> Any:
    if kind is dt.date:
        return day_in(node.text)
    if not node.plain:
        return None
    return truth_in(node.text) if kind is bool else whole_in(node.text)


def _named(kind: Any) -> str:
    return {dt.date: "a day", bool: "yes or no", int: "a whole number"}.get(kind, "possible here")


def _wanted(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(str(a) for a in get_args(kind))
    return {
        dt.date: "a day as YYYY-MM-DD",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        str: "a text",
    }.get(kind, "one value")


def _shown(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
