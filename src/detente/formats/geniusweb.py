r"""How do profiles of GeniusWeb come in and go out: one JSON file per party, with the domain inside?

    u = sum_i w_i * u_i(v),   u_i(v) as stated, or on the line from lowUtility to highUtility                 (1)

Weights add up to 1 and utilities lie from 0 to 1; nothing is divided. Producers write two spellings,
`DiscreteValueSetUtilities` and `discreteutils` (for numbers `NumberValueSetUtilities` and `numberutils`); both are
read, the first is written. The utility of `reservationBid` is what a party has without a deal; without one it is 0.
Source: the GeniusWeb documentation and files as its tools write them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from detente.errors import FormatError
from detente.formats.domain import Bid, Domain, Utility, table_of
from detente.formats.names import file_names, level_name
from detente.formats.score_table import MAX_OPTIONS, POINTS, ScoreTable, Source, bounded, clean, number, refuse, shown
from detente.formats.utilities import Profile, profiles, unsaid

# What stands inside is the same again; the check of types at run time cannot follow an alias that names itself.
Json: TypeAlias = dict[str, Any] | list[Any] | str | float | bool | None

SPACE = "LinearAdditiveUtilitySpace"
DISCRETE = ("DiscreteValueSetUtilities", "discreteutils")
NUMBERS = ("NumberValueSetUtilities", "numberutils")
_OFF = 0.001  # weights may miss 1 by so much, by their rounding
_PARTS = 10**9  # weights are written as whole parts of this, so that they add up to 1 to the last digit
_MOST_BIDS = 2_000_000
_NOISE = 1e-9  # of sums of utilities


def read(
    sources: Sequence[Source], *, points: float = POINTS, no_agreement: Sequence[str] = (), title: str | None = None
) -> ScoreTable:
    """Return the table that profiles make; a file with a domain alone may be among them. Utility 1 is worth `points`.

    A party is called as its profile says, or like its file where two profiles have one name.

    Raises FormatError, with every fault of a file at once.
    """
    found: list[tuple[str, Utility]] = []
    domain: tuple[str, Domain] | None = None
    named = title
    for source in sources:
        root = _loaded(source)
        if "issuesValues" in root:
            domain = (source.name, _domain(root, source.name))
        else:
            root = _space(root, source.name)
            found.append((clean(_text(root.get("name"))) or clean(source.stem) or "Party", _profile(root, source)))
        inside = _map(root.get("domain"))
        named = named or clean(_text(inside.get("name") or (root.get("name") if "issuesValues" in root else "")))
    said = [name.casefold() for name, _ in found]
    distinct = len(set(said)) == len(said)
    parties = [replace(one, party=name) if distinct else one for name, one in found]
    return table_of(
        parties, domain=domain, title=named or "A GeniusWeb domain", points=points, no_agreement=no_agreement
    )


def write(table: ScoreTable) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """Return `domain.json` and a profile per party, and what they cannot hold.

    A reservation is written as the worst package that reaches it, which leaves the same packages acceptable.
    """
    domain = {
        "name": clean(table.title),
        "issuesValues": {m.name: {"values": list(m.options)} for m in table.matters},
    }
    files, lost = [Source("domain.json", _bytes(domain))], list(unsaid(table))
    names = file_names(table.parties, ".json", taken=("domain.json",))
    for name, profile in zip(names, profiles(table), strict=True):
        rated = _rated(profile)
        bid, why = _reservation_bid(table, profile)
        lost += [why] if why else []
        space = {
            "issueUtilities": {
                m.name: {DISCRETE[0]: {"valueUtilities": dict(zip(m.options, row, strict=True))}}
                for m, row in zip(table.matters, rated, strict=True)
            },
            "issueWeights": dict(zip((m.name for m in table.matters), _whole(profile.weights), strict=True)),
            "domain": domain,
            "name": profile.party,
            "reservationBid": None if bid is None else {"issuevalues": bid},
        }
        files.append(Source(name, _bytes({SPACE: space})))
    return tuple(files), tuple(lost)


def _rated(profile: Profile) -> list[list[float]]:
    return [[e / max(row) if max(row) > 0 else 0.0 for e in row] for row in profile.evaluations]


def _whole(weights: Sequence[float]) -> list[float]:
    """Round weights to billionths that add up to 1 exactly: the largest remainders go up."""
    parts = [int(w * _PARTS) for w in weights]
    rest = sorted(range(len(parts)), key=lambda k: (parts[k] - weights[k] * _PARTS, k))
    for k in rest[: _PARTS - sum(parts)]:
        parts[k] += 1
    return [p / _PARTS for p in parts]


def _reservation_bid(table: ScoreTable, profile: Profile) -> tuple[dict[str, str] | None, str | None]:
    """Return the worst package whose utility reaches the reservation; None where every package does."""
    if profile.reservation <= 0:
        return None, None
    packages = 1
    for matter in table.matters:
        packages *= len(matter.options)
    if packages > _MOST_BIDS:
        return (
            None,
            f"The reservation of '{profile.party}' is left out: {packages:,} packages are too many to find its bid.",
        )
    sums = np.zeros(1)
    for row, weight in zip(_rated(profile), profile.weights, strict=True):
        sums = (sums[:, None] + weight * np.array(row)).ravel()
    reach = np.flatnonzero(sums >= profile.reservation - _NOISE)
    best = int(sums.argmax()) if not reach.size else int(reach[sums[reach].argmin()])
    where = np.unravel_index(best, [len(m.options) for m in table.matters])
    bid = {m.name: m.options[int(o)] for m, o in zip(table.matters, where, strict=True)}
    if reach.size:
        return bid, None
    return (
        bid,
        f"No package reaches what '{profile.party}' has without a deal; its best one stands as its reservation bid.",
    )


def _bytes(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _loaded(source: Source) -> dict[str, Any]:
    content, name = bounded(source), shown(source.name)
    cure = "Give a profile as GeniusWeb writes it."

    def once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        keys = [key for key, _ in pairs]
        if len(set(keys)) < len(keys):
            twice = next(k for k in keys if keys.count(k) > 1)
            raise FormatError(f"'{name}' says '{shown(twice)}' twice in one place. Keep one of them.")
        return dict(pairs)

    def strange(constant: str) -> float:
        raise FormatError(f"'{name}' holds {constant}, which is no number. Give finite numbers.")

    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=strange)
    except UnicodeDecodeError:
        raise FormatError(f"'{name}' is not UTF-8. Save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise FormatError(f"'{name}' is not JSON at line {error.lineno}: {error.msg}. {cure}") from None
    except (RecursionError, ValueError):
        raise FormatError(f"'{name}' is nested too deeply, or holds a number of too many digits. {cure}") from None
    if not isinstance(found, dict):
        raise FormatError(f"'{name}' is no GeniusWeb profile. {cure}")
    return found


def _space(root: dict[str, Any], name: str) -> dict[str, Any]:
    inside = root.get(SPACE)
    if not isinstance(inside, dict):
        have = ", ".join(f"'{shown(k)}'" for k in list(root)[:3]) or "nothing"
        raise FormatError(
            f"'{shown(name)}' holds {have} where '{SPACE}' is expected. "
            "Give linear additive profiles; others cannot be scored issue by issue."
        )
    return inside


def _map(value: Json) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Json) -> float | None:
    """Return a number that stands there as one, or as a text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return number(repr(float(value))) if abs(value) <= 1e300 else None
    return number(value) if isinstance(value, str) else None


def _value_name(value: Json) -> str:
    at = _number(value) if not isinstance(value, str) else None
    return level_name(at) if at is not None else clean(_text(value))


def _domain(root: dict[str, Any], name: str) -> Domain:
    found: Domain = {}
    faults: list[str] = []
    for issue, held in _map(root.get("issuesValues")).items():
        values, fault = _values(_map(held))
        faults += [f"issue '{shown(issue)}' {fault}"] if fault else []
        if clean(issue) in found or not clean(issue):
            faults.append(f"issue '{shown(issue)}' has no name of its own. Give each issue another name.")
        found[clean(issue)] = values
    refuse(name, faults)
    return found


def _values(held: dict[str, Any]) -> tuple[tuple[str, ...], str | None]:
    """Return the values of an issue as they are written, or the levels of a range; and what is wrong with them."""
    if "range" in held:
        return _levels(held["range"])
    stated = held.get("values")
    values = tuple(_value_name(v) for v in stated) if isinstance(stated, list) else ()
    if len(values) > MAX_OPTIONS:
        return (), f"has {len(values)} values. Give at most {MAX_OPTIONS:,}."
    if not values or not all(values):
        return (), "has no values, or one without a name. Give 'values' or 'range'."
    if len(set(values)) < len(values):
        return (), "has one value twice. Keep one of them."
    return values, None


def _levels(stated: Json) -> tuple[tuple[str, ...], str | None]:
    ends = [_number(v) for v in stated] if isinstance(stated, list) else []
    wrong = "has no range of numbers. Give [lowest, highest, step]."
    if len(ends) != 3 or any(e is None for e in ends):
        return (), wrong
    low, high, step = (e for e in ends if e is not None)
    if high < low or step <= 0:
        return (), wrong
    steps = (high - low) / step
    if steps >= MAX_OPTIONS:
        return (), f"has more than {MAX_OPTIONS:,} levels. Give a larger step."
    names = tuple(level_name(low + k * step) for k in range(int(steps + 1e-9) + 1))
    return (names, None) if len(set(names)) == len(names) else ((), wrong)


@dataclass(frozen=True, slots=True)
class _Rated:
    """What an issue's values are worth, before the weight, and what is wrong with them."""

    utilities: dict[str, float]
    faults: tuple[str, ...] = ()


def _profile(space: dict[str, Any], source: Source) -> Utility:
    domain = _domain(_map(space.get("domain")), source.name) if space.get("domain") is not None else None
    stated = {clean(k): v for k, v in _map(space.get("issueUtilities")).items()}
    weights = {clean(k): _number(v) for k, v in _map(space.get("issueWeights")).items()}
    faults = [*_weight_faults(stated, weights)]
    order = domain or dict.fromkeys(stated)
    faults += [f"issue '{shown(i)}' is not in the domain. Add it there." for i in stated if i not in order]
    worth: dict[str, dict[str, float]] = {}
    for issue, values in order.items():
        rated = _rating(issue, _map(stated.get(issue)), values)
        faults += rated.faults
        worth[issue] = {v: (weights.get(issue) or 0.0) * u for v, u in rated.utilities.items()}
    if not worth:
        faults.append("there are no issueUtilities. Give the utilities of at least one issue.")
    bid, more = _reservation(_map(space.get("reservationBid")), worth)
    refuse(source.name, [*faults, *more])
    return Utility(party=clean(source.stem) or "Party", source=source.name, worth=worth, bid=bid)


def _weight_faults(stated: dict[str, Any], weights: Mapping[str, float | None]) -> Iterator[str]:
    for issue in dict.fromkeys((*stated, *weights)):
        weight = weights.get(issue)
        if weight is None or not 0 <= weight <= 1 + _OFF:
            yield f"issue '{shown(issue)}' has no weight from 0 to 1. Give one in issueWeights."
    total = sum(w for w in weights.values() if w is not None)
    if weights and abs(total - 1) > _OFF:
        yield f"the issueWeights add up to {total:.4g}. Give weights that add up to 1."


def _rating(issue: str, held: dict[str, Any], values: tuple[str, ...] | None) -> _Rated:
    inside = next((_map(held[k]) for k in (*DISCRETE, *NUMBERS) if k in held), None)
    if inside is None:
        told = f"issue '{shown(issue)}' has no utilities that can be read. Give {DISCRETE[0]} or {NUMBERS[0]}."
        return _Rated({}, (told,))
    if not any(k in held for k in DISCRETE):
        return _on_a_line(issue, inside, values)
    stated = {_value_name(k): _number(v) for k, v in _map(inside.get("valueUtilities")).items()}
    if len(stated) > MAX_OPTIONS:
        return _Rated({}, (f"issue '{shown(issue)}' has {len(stated)} values. Give at most {MAX_OPTIONS:,}.",))
    wanted = values if values is not None else tuple(stated)
    faults = [
        f"value '{shown(v)}' of issue '{shown(issue)}' has no utility from 0 to 1. Give one."
        for v in dict.fromkeys((*wanted, *stated))
        if stated.get(v) is None or not 0 <= (stated[v] or 0.0) <= 1 + 1e-9
    ]
    faults += [
        f"value '{shown(v)}' of issue '{shown(issue)}' is not in the domain. Add it there."
        for v in stated
        if v not in wanted
    ]
    return _Rated({v: stated.get(v) or 0.0 for v in wanted}, tuple(faults))


def _on_a_line(issue: str, inside: dict[str, Any], values: tuple[str, ...] | None) -> _Rated:
    """Return the utilities of numbers between two ends."""
    ends = [_number(inside.get(k)) for k in ("lowValue", "highValue", "lowUtility", "highUtility")]
    at = [number(v) for v in values or ()]
    if any(e is None for e in ends) or not at or any(v is None for v in at):
        told = f"issue '{shown(issue)}' needs lowValue, highValue, lowUtility, highUtility and a range in its domain."
        return _Rated({}, (f"{told} Give them.",))
    low, high, first, last = (e for e in ends if e is not None)
    if not (high > low or len(at) == 1) or not (0 <= first <= 1 and 0 <= last <= 1):
        return _Rated({}, (f"issue '{shown(issue)}' has ends that are the wrong way round. Give low before high.",))
    width = (high - low) or 1.0
    line = {name: first + (last - first) * ((v or 0.0) - low) / width for name, v in zip(values or (), at, strict=True)}
    if any(not -1e-9 <= u <= 1 + 1e-9 for u in line.values()):
        return _Rated({}, (f"issue '{shown(issue)}' has a range beyond its lowValue and highValue. Widen them.",))
    return _Rated(line)


def _reservation(bid: dict[str, Any], worth: Mapping[str, Mapping[str, float]]) -> tuple[Bid, list[str]]:
    chosen = {clean(k): _value_name(v) for k, v in _map(bid.get("issuevalues")).items()}
    faults = [
        f"the reservationBid has '{shown(v)}' for issue '{shown(i)}', which is no value of it. Give one of its values."
        for i, v in chosen.items()
        if v not in worth.get(i, {})
    ]
    return tuple(chosen.items()), faults
