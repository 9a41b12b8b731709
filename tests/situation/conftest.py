"""Situations of every shape, for tests that must hold for all of them."""

import datetime as dt
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import strategies as st

from detente.situation.nouns import Situation
from detente.situation.values import Basis, Range, Record

SLUGS = st.sampled_from(["iran", "no", "off", "united-states", "use-of-force", "a", "007", "1e6", "x1", "null", "y"])
ODD = (
    [
        "NO",
        "1e6",
        "012",
        "2026-02-08",
        "",
        " ",
        "~",
        "null",
        "a: b",
        "- x",
        "# no",
        "'",
        '"',
        "a\nb\n",
        "a\n\nb",
        " a\nb",
    ],
    ["a \nb", "\n", "a\n", "a\n\n", "{x}", "[y], z", "*a", "&b", "!t", "%", "@", "|-", "=", "<<", "a #b", "a:"],
    ["x" * 300, "word " * 60, "\x85", "\u2028", "\ufeff", "\x00", "\t", "é", "שלום", "😀", "a,b", "---", "..."],
)
TEXTS = st.sampled_from([text for row in ODD for text in row]) | st.text(max_size=12)
NUMBERS = st.one_of(
    st.integers(-100, 100).map(float),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.1, -0.0, 1e22, 5e-324, 1.7976931348623157e308, 1e15, 1e16]),
)
DATES = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


@st.composite
def bases(draw: st.DrawFn) -> Basis:
    kind = draw(st.sampled_from(["read", "entered", "supplied", "assumed"]))
    full = draw(st.booleans())
    evidence = draw(st.lists(TEXTS, min_size=1 if kind == "read" else 0, max_size=2)) if kind == "read" or full else []
    return Basis(
        kind=kind,
        evidence=tuple(evidence),
        rule=draw(TEXTS.filter(bool)) if kind != "entered" else draw(st.none() | TEXTS),
        by=draw(st.sampled_from(["coder", "NO", "12"])) if kind == "entered" else draw(st.none() | TEXTS),
        date=draw(st.none() | DATES) if full else None,
        note=draw(st.none() | TEXTS) if full else None,
    )


# Few bases, so that rows share them and inheritance is put to the test.
SHARED = st.sampled_from([Basis(kind="entered", by="coder"), Basis(kind="assumed", rule="unsigned")]) | bases()


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    low, best, high = sorted(draw(st.lists(NUMBERS, min_size=3, max_size=3)))
    basis = draw(SHARED)
    return Range.point(best, basis) if draw(st.booleans()) else Range(low=low, best=best, high=high, basis=basis)


def values(kind: Any, metadata: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Values of the type of a field; its constraints are the few that the nouns use."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return values(arguments[0], arguments[1:])
    if origin in (Union, types.UnionType):
        return st.none() | values(next(a for a in arguments if a is not type(None)), metadata)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(values(a) for a in arguments))
    least = max((m.ge for m in metadata if hasattr(m, "ge")), default=0)
    return texts(metadata) if kind is str else st.integers(int(least), 10**6) if kind is int else simple(kind)


def texts(metadata: tuple[Any, ...]) -> st.SearchStrategy[str]:
    patterns = [str(getattr(m, "pattern", "")) for m in metadata]
    if any("[A-F]" in p for p in patterns):
        return st.sampled_from(["A1", "F6"])
    return SLUGS if any(patterns) else TEXTS


def simple(kind: Any) -> st.SearchStrategy[Any]:
    own = {float: NUMBERS, bool: st.booleans(), dt.date: DATES, Range: ranges(), Basis: SHARED}
    return own[kind] if kind in own else records(kind)


def records(model: type[Record]) -> st.SearchStrategy[Any]:
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, info in model.model_fields.items():
        found = values(info.annotation, tuple(info.metadata))
        (required if info.is_required() else optional)[name] = found
    return st.fixed_dictionaries(required, optional=optional).map(lambda kept: model(**kept))


KINDS = [n for n, f in Situation.model_fields.items() if get_origin(f.annotation) is tuple]


def rows_of(name: str) -> st.SearchStrategy[Situation]:
    """Situations whose only rows are of one kind."""
    found = values(Situation.model_fields[name].annotation)
    return found.map(lambda kept: Situation(title="t", **{name: kept}))


ROWS = {name: rows_of(name) for name in KINDS}


@st.composite
def any_rows(draw: st.DrawFn) -> Situation:
    return draw(ROWS[draw(st.sampled_from(KINDS))])


@st.composite
def any_situation(draw: st.DrawFn) -> Situation:
    kept: dict[str, Any] = {"title": draw(TEXTS), "as_of": draw(st.none() | DATES), "note": draw(st.none() | TEXTS)}
    for part in draw(st.lists(any_rows(), max_size=3)):
        kept |= {name: getattr(part, name) for name in KINDS if getattr(part, name)}
    return Situation(**kept)


@pytest.fixture(scope="session")
def rows() -> st.SearchStrategy[Situation]:
    """Situations with rows of one kind, deep in that kind."""
    return any_rows()


@pytest.fixture(scope="session")
def situations() -> st.SearchStrategy[Situation]:
    """Situations with rows of several kinds."""
    return any_situation()
