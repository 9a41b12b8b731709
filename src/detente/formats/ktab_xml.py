"""How does a scenario of KTAB come in and go out as XML: actors, settings of its model, and whose ideals follow whom?

An entry of `IdealAdjustment` says how far the ideal of one actor follows the position of another, per round:

    q_i <- sum_j a_ij * theta_j + (1 - sum_j a_ij) * q_i

and an actor follows its own position alone (a_ii = 1) unless told. Source: the schema and the reader of KTAB's spatial
model of politics (KAPSARC Toolkit for Behavioral Analysis, 2019).
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from detente.errors import FormatError
from detente.formats.actors import MAX_ACTORS, MAX_STANCES, MOST_SALIENCE, UNIT, ActorTable, repeated, salience_remarks
from detente.formats.ktab import for_ktab
from detente.formats.safe_xml import parsed
from detente.formats.score_table import LARGEST, Source, bounded, clean, listed, number, refuse, shown

ROOT = "Scenario"
_SEED = "1"  # KTAB's reader wants one; 0 would ask it for another on every run

# KTAB's element, our name of the setting, and KTAB's values with ours; the first is what KTAB takes unless told.
_SETTINGS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    (
        "VictoryProbModel",
        "victory",
        {"Linear": "linear", "Square": "square", "Quartic": "quartic", "Octic": "octic", "Binary": "binary"},
    ),
    (
        "PCEModel",
        "kind",
        {"Conditional": "conditional", "MarkovIncentive": "markov-incentive", "MarkovUniform": "markov-uniform"},
    ),
    ("StateTransitions", "transitions", {"Deterministic": "deterministic", "Stochastic": "stochastic"}),
    (
        "VotingRule",
        "vote",
        {
            "Proportional": "proportional",
            "Binary": "binary",
            "PropBin": "prop-bin",
            "PropCbc": "prop-cubic",
            "Cubic": "cubic",
            "ASymProsp": "asymmetric",
        },
    ),
    (
        "BigRAdjust",
        "risk_estimate",
        {"OneThird": "one-third", "No": "no", "Half": "half", "TwoThirds": "two-thirds", "Full": "full"},
    ),
    ("BigRRange", "risk_range", {"Mid": "mid", "Min": "min", "Max": "max"}),
    ("ThirdPartyCommit", "third_party", {"SemiCommit": "semi", "NoCommit": "no", "FullCommit": "full"}),
    ("InterVecBrgn", "interpolation", {"S2P2": "s2p2", "S1P1": "s1p1", "S2PMax": "s2pmax"}),
    (
        "BargnModel",
        "bargain",
        {"InitOnlyInterp": "init-only", "InitRcvrInterp": "init-rcvr", "PWCompInterp": "pwcomp"},
    ),
)
_ALSO = {("BigRAdjust", "None"): "no"}


def is_ktab_xml(source: Source) -> bool:
    """Tell whether XML is a scenario of KTAB.

    Raises FormatError where it is no XML, or none that is safe to read.

    >>> is_ktab_xml(Source("a.xml", b"<Scenario/>"))
    True
    """
    return parsed(bounded(source), source.name).tag == ROOT


def read(source: Source, *, title: str | None = None) -> ActorTable:
    """Return the table of a scenario, with its settings and affinities.

    Raises FormatError with every fault of the scenario.

    >>> actor = "<Actor><name>{}</name><capability>5</capability><Position><dCoord>{}</dCoord></Position>"
    >>> actor += "<Salience><dSal>50</dSal></Salience></Actor>"
    >>> text = "<Scenario><name>Fund</name><Actors>" + actor.format("A", 10) + actor.format("B", 90)
    >>> read(Source("fund.xml", (text + "</Actors></Scenario>").encode())).position
    ((10.0,), (90.0,))
    """
    root = parsed(bounded(source), source.name)
    if root.tag != ROOT:
        said = f"its outermost element is <{shown(str(root.tag))}>, not <{ROOT}>"
        raise FormatError(f"'{shown(source.name)}' is no scenario of KTAB: {said}. Give a file that KTAB saved.")
    found = _Found()
    rows = root.findall("Actors/Actor")
    _sized(rows, source)
    dimensions = _dimensions(root, rows, found)
    for k, row in enumerate(rows, start=1):
        _actor(found, row, k, dimensions)
    for name in repeated(found.names):
        found.faults.append(f"actor '{shown(name)}': there are two of that name. Give each actor a name of its own.")
    refuse(source.name, found.faults)
    settings = tuple(_settings(root, found))
    affinity = _affinity(root, found)
    refuse(source.name, found.faults)
    table = ActorTable(
        title=title or _said(root, "name") or clean(source.stem),
        note=_said(root, "desc") or None,
        actors=tuple(found.names),
        descriptions=tuple(found.descriptions),
        dimensions=dimensions,
        capability=tuple(found.capability),
        position=tuple(found.position),
        salience=tuple(found.salience),
        scale=(UNIT,) * len(dimensions),
        affinity=affinity,
        settings=settings,
        origin=source.name,
    )
    return replace(table, remarks=tuple(_remarks(table, root)))


def write(table: ActorTable) -> tuple[bytes, tuple[str, ...]]:
    """Return the table as a scenario that KTAB reads, and what it does not hold.

    >>> table = ActorTable(
    ...     title="Fund", actors=("North", "South", "West"), dimensions=("Size",), capability=(2.0, 1.0, 1.0),
    ...     position=((20.0,), (90.0,), (40.0,)), salience=((50.0,), (80.0,), (20.0,)), scale=((0.0, 100.0),))
    >>> made, lost = write(table)
    >>> read(Source("fund.xml", made)).position == table.position, lost
    (True, ())
    """
    fitting, lost = for_ktab(table)
    root = ET.Element(ROOT)
    _add(root, "name", fitting.title)
    _add(root, "desc", fitting.note or fitting.title)  # KTAB's reader stops at an empty text
    _add(root, "prngSeed", _SEED)
    if fitting.settings:
        chosen, parameters = dict(fitting.settings), ET.SubElement(root, "ModelParameters")
        for tag, ours, values in _SETTINGS:
            theirs = {v: k for k, v in values.items()}
            _add(parameters, tag, theirs.get(chosen.get(ours, ""), next(iter(values))))
    named = ET.SubElement(root, "Dimensions")
    for dimension in fitting.dimensions:
        _add(named, "dName", dimension)
    actors = ET.SubElement(root, "Actors")
    for k, name in enumerate(fitting.actors):
        actor = ET.SubElement(actors, "Actor")
        _add(actor, "name", name)
        _add(actor, "description", fitting.descriptions[k] or name)
        _add(actor, "capability", _plain(fitting.capability[k]))
        for outer, inner, row in (("Position", "dCoord", fitting.position), ("Salience", "dSal", fitting.salience)):
            held = ET.SubElement(actor, outer)
            for value in row[k]:
                _add(held, inner, _plain(value or 0.0))
    _add_affinity(root, fitting)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    if none := [a for a, c in zip(fitting.actors, fitting.capability, strict=True) if c == 0]:
        lost = (*lost, f"The power of {listed(none)} is 0; give a small one instead. KTAB will refuse the file.")
    return content + b"\n", lost


@dataclass(slots=True)
class _Found:
    """What has been found so far, actor by actor."""

    names: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    capability: list[float] = field(default_factory=list)
    position: list[tuple[float, ...]] = field(default_factory=list)
    salience: list[tuple[float, ...]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _add_affinity(root: ET.Element, table: ActorTable) -> None:
    if table.affinity is None:
        return
    held = ET.SubElement(root, "IdealAdjustment")
    for a, row in enumerate(table.affinity):
        for b, pull in enumerate(row):
            if pull != float(a == b):
                pair = ET.SubElement(held, "iaPair")
                _add(pair, "adjustingIdeal", table.actors[a])
                _add(pair, "referencePos", table.actors[b])
                _add(pair, "adjust", _plain(pull))


def _plain(value: float) -> str:
    """Write a number as the schema wants it, without an exponent."""
    return f"{value:.12f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))


def _said(parent: ET.Element, tag: str) -> str:
    return clean(parent.findtext(tag) or "")


def _sized(rows: Sequence[ET.Element], source: Source) -> None:
    if not 2 <= len(rows) <= MAX_ACTORS:
        refuse(source.name, [f"there are {len(rows)} actors in <Actors>. Give 2 to {MAX_ACTORS:,} of them."])


def _dimensions(root: ET.Element, rows: Sequence[ET.Element], found: _Found) -> tuple[str, ...]:
    """Return what the dimensions are called; without names they are numbered."""
    named = tuple(clean(d.text or "") for d in root.findall("Dimensions/dName"))
    if not named:
        named = tuple(f"Dimension {k}" for k in range(1, len(rows[0].findall("Position/dCoord")) + 1))
    if len(named) * len(rows) > MAX_STANCES or not named:
        found.faults.append(f"there are {len(named)} dimensions. Give 1 to {MAX_STANCES // len(rows):,} of them.")
        return ()
    if "" in named:
        found.faults.append(f"dimension {named.index('') + 1} has no name in <dName>. Name it.")
    found.faults += [f"two dimensions are called '{shown(n)}'. Give each its own name." for n in repeated(named)]
    return named


def _actor(found: _Found, row: ET.Element, count: int, dimensions: tuple[str, ...]) -> None:
    name = _said(row, "name")
    if not name:
        found.faults.append(f"actor {count} has no <name>. Name it.")
    called = f"actor '{shown(name)}'" if name else f"actor {count}"
    found.names.append(name or f"actor {count}")
    found.descriptions.append(_said(row, "description"))
    found.capability.append(_number(found, row.findtext("capability"), f"{called}: the capability", LARGEST))
    found.position.append(_row(found, row, called, ("Position", "dCoord", dimensions)))
    found.salience.append(_row(found, row, called, ("Salience", "dSal", dimensions)))


def _row(found: _Found, row: ET.Element, called: str, what: tuple[str, str, tuple[str, ...]]) -> tuple[float, ...]:
    outer, inner, dimensions = what
    cells = row.findall(f"{outer}/{inner}")
    if len(cells) != len(dimensions) and dimensions:
        wanted = f"Give one for each of {listed(dimensions)}, in this order."
        found.faults.append(f"{called}: <{outer}> has {len(cells)} numbers. {wanted}")
        return ()
    return tuple(
        _number(found, c.text, f"{called}, dimension '{shown(d)}': the {outer.lower()}", MOST_SALIENCE)
        for c, d in zip(cells, dimensions, strict=False)
    )


def _number(found: _Found, text: str | None, what: str, most: float) -> float:
    said = clean(text or "")
    value = number(said)
    wanted = "0 or more" if most == LARGEST else f"0 to {most:g}"
    if not said:
        found.faults.append(f"{what} is missing. Give {wanted}.")
    elif value is None:
        found.faults.append(f"{what} '{shown(said)}' is not a number. Give {wanted}.")
    elif not 0 <= value <= most:
        found.faults.append(f"{what} {value:g} is out of bounds. Give {wanted}.")
    return value or 0.0


def _settings(root: ET.Element, found: _Found) -> Iterator[tuple[str, str]]:
    held = root.find("ModelParameters")
    for tag, ours, values in _SETTINGS if held is not None else ():
        said = _said(held, tag) if held is not None else ""
        value = values.get(said) or _ALSO.get((tag, said))
        if value is not None:
            yield ours, value
        elif said:
            found.faults.append(f"<{tag}> is '{shown(said)}'. Choose one of {listed(values, most=8)}.")


def _affinity(root: ET.Element, found: _Found) -> tuple[tuple[float, ...], ...] | None:
    pairs = root.findall("IdealAdjustment/iaPair")
    if not pairs:
        return None
    count = len(found.names)
    rows = [[float(a == b) for b in range(count)] for a in range(count)]
    at, seen = {n: k for k, n in enumerate(found.names)}, set()
    for number_of, pair in enumerate(pairs, start=1):
        ends = (_said(pair, "adjustingIdeal"), _said(pair, "referencePos"))
        for tag, name in zip(("adjustingIdeal", "referencePos"), ends, strict=True):
            if name not in at:
                cure = f"Name one of {listed(found.names)}."
                found.faults.append(f"<iaPair> {number_of}: '{shown(name)}' in <{tag}> is no actor. {cure}")
        if ends in seen:
            found.faults.append(f"<iaPair> {number_of}: there is one of {listed(ends)} already. Keep one of them.")
        seen.add(ends)
        value = _number(found, pair.findtext("adjust"), f"<iaPair> {number_of}: <adjust>", 1.0)
        if ends[0] in at and ends[1] in at:
            rows[at[ends[0]]][at[ends[1]]] = value
    return tuple(map(tuple, rows))


def _remarks(table: ActorTable, root: ET.Element) -> Iterator[str]:
    yield from salience_remarks(table)
    if root.find("prngSeed") is not None:
        yield "The seed of the file is KTAB's own and is not used; --seed says ours."
    if table.settings:
        told = ", ".join(f"{name} {value}" for name, value in table.settings)
        yield f"The file sets the bargaining model: {told}."
    over = [a for a, row in zip(table.actors, table.affinity or (), strict=False) if sum(row) > 1 + 1e-9]
    if over:
        yield f"How far the ideal of {listed(over)} follows others adds up to more than 1, itself included."
