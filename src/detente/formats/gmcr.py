"""How do graph models of conflicts come in from the files of GMCR+?"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.boards.conflict import conflict
from detente.boards.states import Choice, Direction
from detente.boards.wishes import Named, Ranking, Statements, Utilities, Weights, Wish
from detente.errors import FormatError
from detente.formats.conflict_model import Model, limited
from detente.formats.score_table import Source, bounded, clean, refuse, shown

_DIRECTIONS: Mapping[str, Direction] = {"both": "both", "fwd": "up", "back": "down"}


def read(source: Source) -> Model:
    """Read a model that GMCR+ saved: decision makers, options, infeasible states, directions, preferences.

    A ranking by hand is taken where the file says so, else statements in order of weight, else payoffs by state; a
    decision maker without any likes all states alike.

    Raises FormatError with every fault of the file, BoardError where the model is no conflict.

    >>> text = b'''{"options": [{"name": "Strike", "permittedDirection": "fwd"}], "infeasibles": [],
    ... "decisionMakers": [{"name": "One", "options": [0], "preferences": [[[0, "N"]]]}]}'''
    >>> read(Source("one.gmcr", text)).conflict.preference.tolist()
    [[1, 0]]
    """
    root = _loaded(source)
    options = [_map(o) for o in _list(root.get("options"))]
    makers = [_map(d) for d in _list(root.get("decisionMakers"))]
    refuse(source.name, _faults(options, makers))
    owners = {_whole(o): _text(d.get("name")) for d in makers for o in _list(d.get("options"))}
    names = _distinct([_text(o.get("name")) for o in options], [owners[k] for k in range(len(options))])
    choices = [
        Choice(owners[k], name, direction=_DIRECTIONS[_text(options[k].get("permittedDirection")) or "both"])
        for k, name in enumerate(names)
    ]
    count = len(options)
    for what, stated in _conditions(root, makers):
        limited(source.name, what, len(stated))
    refuse(source.name, _condition_faults(root, makers, count))
    by_hand = root.get("useManualPreferenceRanking") is True
    wishes = {_text(d.get("name")): _wish(d, count, by_hand=by_hand) for d in makers}
    unseen = {_text(d.get("name")): _patterns(d.get("misperceptions"), count) for d in makers}
    infeasible = [str(p) for p in _patterns(root.get("infeasibles"), count)]
    board = conflict(choices, wishes, infeasible=infeasible, unseen=unseen)
    return Model(clean(source.stem), board, tuple(_remarks(root)))


def _loaded(source: Source) -> dict[str, Any]:
    content, name = bounded(source), shown(source.name)
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FormatError(f"'{name}' is not UTF-8. Save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise FormatError(f"'{name}' is not JSON at line {error.lineno}: {error.msg}. Give a file of GMCR+.") from None
    except (RecursionError, ValueError):
        raise FormatError(f"'{name}' is nested too deeply, or holds a number of too many digits.") from None
    if not isinstance(found, dict) or "decisionMakers" not in found or "options" not in found:
        raise FormatError(f"'{name}' has no decisionMakers and options. Give a model that GMCR+ saved.")
    return found


def _map(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _whole(value: object) -> int:
    """Return a whole number that stands there as one or as a text; -1 names no option."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and value.strip().isdigit() else -1


def _faults(options: Sequence[Mapping[str, Any]], makers: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    names = [_text(d.get("name")) for d in makers]
    for name in sorted({n for n in names if not n or names.count(n) > 1}):
        yield f"decision maker '{shown(name)}' has no name of its own. Give each another name."
    owned = [_whole(o) for d in makers for o in _list(d.get("options"))]
    for k, option in enumerate(options):
        if owned.count(k) != 1:
            yield f"option {k + 1} ('{shown(_text(option.get('name')))}') is not owned by just one decision maker."
        if (_text(option.get("permittedDirection")) or "both") not in _DIRECTIONS:
            yield f"option {k + 1} may move '{shown(_text(option.get('permittedDirection')))}'. Use both, fwd or back."
    for o in sorted({o for o in owned if not 0 <= o < len(options)}):
        yield f"a decision maker owns option {o}, and there are {len(options)}, counted from 0."


def _distinct(names: Sequence[str], owners: Sequence[str]) -> list[str]:
    """Return the names, numbered where one owner has two alike."""
    found: list[str] = []
    for k, name in enumerate(names):
        before = sum(names[j] == name and owners[j] == owners[k] for j in range(k))
        found.append(f"{name or 'option'} ({before + 1})" if before else name or "option")
    return found


def _condition_faults(root: Mapping[str, Any], makers: Sequence[Mapping[str, Any]], count: int) -> Iterator[str]:
    """A condition is a list of [option, "Y" or "N"]; a compound one holds several, of which one must hold."""
    for where, stated in _conditions(root, makers):
        for condition in stated:
            if not isinstance(condition, list) or not condition or not all(_is_sign(p, count) for p in condition):
                said = shown(repr(condition))
                yield f'the {where} hold {said}, which is no list of [option, "Y" or "N"]. Correct it.'


def _conditions(root: Mapping[str, Any], makers: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
    """List all conditions of each kind, and what they are called."""
    yield "infeasibles", [one for row in _list(root.get("infeasibles")) for one in _members(row)]
    for d in makers:
        for kind in ("preferences", "misperceptions"):
            held = [one for row in _list(d.get(kind)) for one in _members(row)]
            yield f"{kind} of '{shown(_text(d.get('name')))}'", held


def _is_sign(pair: object, count: int) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and 0 <= _whole(pair[0]) < count and pair[1] in ("Y", "N")


def _members(row: object) -> list[Any]:
    return _list(row.get("members")) if isinstance(row, dict) else [row]


def _patterns(stated: object, count: int) -> list[Named]:
    return [_pattern(one, count) for row in _list(stated) for one in _members(row)]


def _pattern(condition: Sequence[Sequence[Any]], count: int) -> str:
    signs = ["-"] * count
    for option, sign in condition:
        signs[_whole(option)] = str(sign)
    return "".join(signs)


def _wish(maker: Mapping[str, Any], count: int, *, by_hand: bool) -> Wish:
    ranking, said, payoffs = (_list(maker.get(k)) for k in ("preferenceRanking", "preferences", "payoffs"))
    if ranking and by_hand:
        return Ranking(tuple(tuple(_whole(s) for s in g) if isinstance(g, list) else _whole(g) for g in ranking))
    if said:
        return Statements(tuple(tuple(_pattern(one, count) for one in _members(row)) for row in said))
    if payoffs:
        return Utilities(tuple(float(_whole(v)) for v in payoffs))
    return Weights({})


def _remarks(root: Mapping[str, Any]) -> Iterator[str]:
    if any(isinstance(c, list) for c in _list(root.get("coalitions"))):
        yield "The coalitions of the file are left out: name them when you ask about coalitions."
