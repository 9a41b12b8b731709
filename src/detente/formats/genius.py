r"""How does a negotiation domain of GENIUS come in and go out: a domain file, and a utility profile per party?

The utility of a package is the sum over issues of weight times evaluation,

    u = sum_i w_i * e_i(v) / max_v e_i(v)          discrete issues                                            (1)
    u = sum_i w_i * clamp(offset + slope * (v - lower), 0, 1)      integer issues                             (2)
    u = sum_i w_i * clamp(p0 + p1 * v, 0, 1)       real issues, or p0 alone where the evaluator is constant   (3)

with weights that add up to 1. Source: Lin et al. (2014), "GENIUS: an integrated environment for supporting the design
of generic automated negotiators", Computational Intelligence 30(1); the division by the greatest evaluation in (1) is
what its discrete evaluator does and readers of its files have left out. Every whole number is a level of an integer
issue; a real issue gets eleven evenly spaced levels, and its note says so.
"""

import xml.etree.ElementTree as ET
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from detente.errors import FormatError
from detente.formats.domain import Domain, Utility, table_of, within_reason
from detente.formats.names import file_names, level_name
from detente.formats.safe_xml import parsed
from detente.formats.score_table import MAX_OPTIONS, POINTS, ScoreTable, Source, bounded, clean, number, refuse, shown
from detente.formats.utilities import Profile, profiles, unsaid

REAL_LEVELS = 11
_NOTHING = 0.00001  # where the greatest evaluation is below this, GENIUS takes all of them for 0


def read(
    sources: Sequence[Source], *, points: float = POINTS, no_agreement: Sequence[str] = (), title: str | None = None
) -> ScoreTable:
    """Return the table that profiles and, where there is one, a domain file make; utility 1 is worth `points`.

    A party is called like its file. `no_agreement` names values that stand for no agreement on their issue.

    Raises FormatError, with every fault of a file at once.

    >>> text = '<utility_space><issue index="1" name="Fund"><item value="small" evaluation="{}"/>'
    >>> text += '<item value="large" evaluation="{}"/></issue><weight index="1" value="0.5"/></utility_space>'
    >>> files = [Source("North.xml", text.format(4, 1).encode()), Source("South.xml", text.format(0, 7).encode())]
    >>> read(files).matters[0].worth
    ((100.0, 0.0), (25.0, 100.0))
    """
    found: list[Utility] = []
    domain: tuple[str, Domain] | None = None
    named = title
    for source in sources:
        space = _space(source)
        if _is_domain(space):
            if domain is not None:
                raise FormatError(f"'{domain[0]}' and '{shown(source.name)}' are both domain files. Give one of them.")
            domain = (source.name, _values(space, source.name))
            named = named or space.label
        else:
            found.append(_profile(space, source))
            named = named or space.label
    return table_of(found, domain=domain, title=named or "A GENIUS domain", points=points, no_agreement=no_agreement)


def write(table: ScoreTable) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """Return `domain.xml` and a profile per party, and what they cannot hold.

    >>> from detente.formats.score_table import Matter
    >>> fund = Matter(name="Fund", options=("small", "large"), worth=((5.0, 1.0), (2.0, 9.0)))
    >>> files, lost = write(ScoreTable(title="Fund", parties=("North", "South"), matters=(fund,)))
    >>> [f.name for f in files], lost
    (['domain.xml', 'North.xml', 'South.xml'], ())
    """
    space = ET.Element("utility_space", number_of_issues=str(len(table.matters)))
    _objective(space, table, None)
    root = ET.Element("negotiation_template")
    root.append(space)
    files = [Source("domain.xml", _bytes(root))]
    names = file_names(table.parties, ".xml", taken=("domain.xml",))
    for name, profile in zip(names, profiles(table), strict=True):
        space = ET.Element("utility_space")
        _objective(space, table, profile)
        ET.SubElement(space, "discount_factor", value="1.0")
        ET.SubElement(space, "reservation", value=repr(profile.reservation))
        files.append(Source(name, _bytes(space)))
    return tuple(files), unsaid(table)


def _objective(space: ET.Element, table: ScoreTable, profile: Profile | None) -> None:
    objective = ET.SubElement(
        space, "objective", index="0", description="", name=clean(table.title), type="objective", etype="objective"
    )
    for k, matter in enumerate(table.matters):
        issue = ET.SubElement(
            objective,
            "issue",
            {"index": str(k + 1), "name": matter.name, "vtype": "discrete", "type": "discrete", "etype": "discrete"},
        )
        for o, option in enumerate(matter.options):
            item = ET.SubElement(issue, "item", index=str(o + 1), value=option)
            if profile is not None:
                item.set("evaluation", repr(profile.evaluations[k][o]))
    if profile is not None:
        for k, weight in enumerate(profile.weights):
            ET.SubElement(objective, "weight", index=str(k + 1), value=repr(weight))


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


@dataclass(frozen=True, slots=True)
class _Space:
    """The parts of a utility space: what it is called, its issues and what stands beside them."""

    element: ET.Element
    label: str
    issues: tuple[ET.Element, ...]
    weights: tuple[ET.Element, ...]
    template: bool


def _space(source: Source) -> _Space:
    root = parsed(bounded(source), source.name)
    element = root if root.tag == "utility_space" else root.find("utility_space")
    if element is None:
        raise FormatError(
            f"'{shown(source.name)}' holds no utility_space, so it is no GENIUS file. "
            "Give a domain file and one utility profile per party."
        )
    objectives = element.findall("objective")
    holder = objectives[0] if objectives else element
    deep = len(objectives) > 1 or holder.find("objective") is not None
    if element.get("type") == "nonlinear" or next(element.iter("ufun"), None) is not None:
        raise FormatError(
            f"'{shown(source.name)}' is a nonlinear utility space, in which issues cannot be scored one by one. "
            "Give a linear additive one."
        )
    issues = tuple(holder.findall("issue"))
    if deep or not issues:
        what = "objectives within objectives" if deep else "no issue"
        raise FormatError(f"'{shown(source.name)}' has {what}. Give a profile with its issues in one objective.")
    label = clean((objectives[0].get("name") or "") if objectives else "")
    return _Space(element, label, issues, tuple(holder.findall("weight")), root.tag != "utility_space")


def _is_domain(space: _Space) -> bool:
    rated = any(i.get("evaluation") is not None for issue in space.issues for i in issue.findall("item"))
    return not rated and not space.weights and all(i.find("evaluator") is None for i in space.issues)


@dataclass(frozen=True, slots=True)
class _Issue:
    """One issue of a profile: an evaluation from 0 to 1 per value, how its levels were made, and its faults."""

    rated: dict[str, float]
    note: str | None = None
    faults: tuple[str, ...] = ()


def _values(space: _Space, name: str) -> Domain:
    """Return the values of a domain file, which rates none of them."""
    found: Domain = {}
    faults: list[str] = []
    for issue in space.issues:
        label = clean(issue.get("name") or "")
        faults += _name_faults(label, found)
        match _kind(issue):
            case "discrete":
                items = [clean(i.get("value") or "") for i in issue.findall("item")]
                faults += _value_faults(label, items)
            case kind:
                levels = _levels(issue, kind)
                items = [level_name(v) for v in levels.at]
                faults += [f"issue '{shown(label)}' {fault}" for fault in levels.faults]
        found[label] = tuple(items)
    refuse(name, faults)
    return found


def _profile(space: _Space, source: Source) -> Utility:
    weights, faults = _weights(space)
    worth: dict[str, dict[str, float]] = {}
    notes: list[tuple[str, str]] = []
    for issue, weight in zip(space.issues, weights, strict=True):
        label = clean(issue.get("name") or "")
        faults += _name_faults(label, worth)
        one = _discrete(issue, label) if _kind(issue) == "discrete" else _numeric(issue, label)
        faults += one.faults
        worth[label] = {value: weight * rated for value, rated in one.rated.items()}
        notes += [(label, one.note)] if one.note else []
    reservation, more = _beside(space, "reservation", 0.0)
    discount, other = _beside(space, "discount_factor", 1.0)
    refuse(source.name, [*faults, *more, *other])
    remark = f"'{shown(source.name)}' discounts by {discount:g}; nothing here loses worth with time."
    return Utility(
        party=clean(source.stem) or "Party",
        source=source.name,
        worth=worth,
        reservation=reservation,
        notes=tuple(notes),
        remarks=(remark,) if discount not in (0.0, 1.0) else (),
    )


def _weights(space: _Space) -> tuple[list[float], list[str]]:
    """Return the weights in the order of the issues, made to add up to 1."""
    stated = {w.get("index"): number(w.get("value") or "") for w in space.weights}
    found: list[float] = []
    faults: list[str] = []
    for issue in space.issues:
        weight = stated.get(issue.get("index"))
        if weight is None or weight < 0 or not within_reason(weight):
            faults.append(f"issue '{shown(issue.get('name') or '')}' has no weight. Give a weight of 0 or more.")
        found.append(weight or 0.0)
    total = sum(found)
    if total <= 0 and not faults:
        faults.append("all weights are 0. Give one issue a weight above 0.")
    return ([w / total for w in found] if total > 0 else found), faults


def _beside(space: _Space, tag: str, otherwise: float) -> tuple[float, list[str]]:
    element = next(space.element.iter(tag), None)
    if element is None:
        return otherwise, []
    value = number(element.get("value") or "")
    if value is None or not within_reason(value):
        return otherwise, [f"the {tag} '{shown(element.get('value') or '')}' is not a number. Give one, such as 0.5."]
    return value, []


def _kind(issue: ET.Element) -> str:
    stated = issue.get("vtype") or issue.get("type") or issue.get("etype") or "discrete"
    return "discrete" if issue.find("item") is not None else stated


def _name_faults(label: str, known: Collection[str]) -> list[str]:
    if not label:
        return ["an issue has no name. Give each a name."]
    return [f"issue '{shown(label)}' stands there twice. Keep one of them."] if label in known else []


def _value_faults(label: str, values: Sequence[str]) -> list[str]:
    faults = []
    if not values or not all(values):
        faults.append(f"issue '{shown(label)}' has a value without a name, or none at all. Name each of its values.")
    twice = dict.fromkeys(v for v in values if v and values.count(v) > 1) if len(values) <= MAX_OPTIONS else {}
    faults += [f"issue '{shown(label)}' has the value '{shown(v)}' twice. Keep one of them." for v in twice]
    return faults


def _discrete(issue: ET.Element, label: str) -> _Issue:
    items = issue.findall("item")
    names = [clean(i.get("value") or "") for i in items]
    faults = _value_faults(label, names)
    ratings: list[float] = []
    for name, item in zip(names, items, strict=True):
        stated = item.get("evaluation")
        rating = number(stated or "")
        if rating is None or rating < 0 or not within_reason(rating):
            have = f"'{shown(stated)}'" if stated else "no evaluation"
            faults.append(f"value '{shown(name)}' of issue '{shown(label)}' has {have}. Give a number of 0 or more.")
        ratings.append(rating or 0.0)
    most = max(ratings, default=0.0)
    rated = {n: (r / most if most >= _NOTHING else 0.0) for n, r in zip(names, ratings, strict=True)}
    return _Issue(rated, faults=tuple(faults))


@dataclass(frozen=True, slots=True)
class _Levels:
    """The levels of an issue of numbers, or what is wrong with its bounds."""

    at: tuple[float, ...] = ()
    low: float = 0.0
    faults: tuple[str, ...] = ()


def _levels(issue: ET.Element, kind: str) -> _Levels:
    span = issue.find("range")
    ends = [number((span if span is not None else issue).get(end) or "") for end in ("lowerbound", "upperbound")]
    low, high = ends
    if kind not in ("integer", "real"):
        return _Levels(faults=(f"is of the kind '{shown(kind)}'. Give a discrete, integer or real one.",))
    if low is None or high is None or low >= high or not (within_reason(low) and within_reason(high)):
        return _Levels(faults=("has no range. Give a lowerbound below an upperbound.",))
    if kind == "real":
        return _Levels(tuple(low + (high - low) * k / (REAL_LEVELS - 1) for k in range(REAL_LEVELS)), low)
    if low != int(low) or high != int(high) or high - low >= MAX_OPTIONS:
        return _Levels(faults=(f"is not of at most {MAX_OPTIONS:,} whole numbers. List its levels as items instead.",))
    return _Levels(tuple(float(v) for v in range(int(low), int(high) + 1)), low)


def _numeric(issue: ET.Element, label: str) -> _Issue:
    kind = _kind(issue)
    levels = _levels(issue, kind)
    line = None if levels.faults else _line(issue, kind, levels.low)
    if line is None:
        faults = levels.faults or ("has no linear evaluator that can be read. List its levels as items instead.",)
        return _Issue({}, faults=tuple(f"issue '{shown(label)}' {fault}" for fault in faults))
    first, slope = line
    rated = {level_name(v): min(1.0, max(0.0, first + slope * (v - levels.low))) for v in levels.at}
    if len(rated) < len(levels.at):
        told = f"issue '{shown(label)}' has levels too close to tell apart. List its levels as items instead."
        return _Issue({}, faults=(told,))
    note = f"A real issue: {REAL_LEVELS} evenly spaced levels stand for it." if kind == "real" else None
    return _Issue(rated, note)


def _line(issue: ET.Element, kind: str, low: float) -> tuple[float, float] | None:
    """Return the evaluation at the lower bound and its slope, by equation (2) or (3)."""
    evaluator = issue.find("evaluator")
    if evaluator is None:
        return None
    shape = evaluator.get("ftype") or "linear"
    if kind == "integer":
        first, slope = (number(evaluator.get(name) or "") for name in ("offset", "slope"))
        return None if first is None or slope is None or shape != "linear" else (first, slope)
    base, slope = (number(evaluator.get(name) or "") for name in ("parameter0", "parameter1"))
    if shape == "constant":
        slope = 0.0
    known = shape in ("linear", "constant") and base is not None and slope is not None
    return (base + slope * low, slope) if known and base is not None and slope is not None else None
