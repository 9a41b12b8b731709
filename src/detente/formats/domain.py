"""Do the utility profiles of several parties speak of the same issues and values, and which table do they make?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.errors import FormatError
from detente.formats.score_table import (
    LARGEST,
    MAX_ISSUES,
    MAX_OPTIONS,
    MAX_PARTIES,
    Matter,
    ScoreTable,
    listed,
    refuse,
    shown,
    tidy,
)

Domain = dict[str, tuple[str, ...]]  # issue -> values
Bid = tuple[tuple[str, str], ...]  # issue, value
_DIGITS = 2  # of points, which is what a board counts
_EXACT = 1e-6  # hundredths of a point: what is nearer to a whole one is noise


@dataclass(frozen=True, slots=True)
class Utility:
    """What one file says of one party: utility 0 to 1 of each value, weight included, and without a deal.

    Without a deal a party has its `reservation`, or what its reservation `bid` is worth.
    """

    party: str
    source: str
    worth: dict[str, dict[str, float]]  # issue -> value -> weight times evaluation
    reservation: float = 0.0
    bid: Bid = ()
    notes: tuple[tuple[str, str], ...] = ()  # issue, how its levels were made
    remarks: tuple[str, ...] = ()

    @property
    def domain(self) -> Domain:
        """The issues and their values, as this file has them."""
        return {issue: tuple(values) for issue, values in self.worth.items()}


def table_of(
    found: Sequence[Utility],
    *,
    domain: tuple[str, Domain] | None,
    title: str,
    points: float,
    no_agreement: Sequence[str] = (),
) -> ScoreTable:
    """Put profiles side by side: the order is that of the domain file, else of the first profile.

    `no_agreement` names values that stand for no agreement on an issue: they stand today, and a party has at least
    their utility without a deal.

    Raises FormatError where there are fewer than two profiles, where they differ in issues or values, or where a value
    for no agreement is nowhere.
    """
    if not 2 <= len(found) <= MAX_PARTIES:
        have = listed(f.party for f in found) if found else "none"
        raise FormatError(
            f"A table needs the profiles of 2 to {MAX_PARTIES} parties; here is {len(found)}: {have}. "
            "Give one file per party, or the folder that holds them."
        )
    name, model = domain if domain is not None else (found[0].source, found[0].domain)
    refuse(
        title, [*_differences(name, model, found), *_twice(found), *_too_many(model), *_strange(model, no_agreement)]
    )
    notes = dict(note for f in found for note in f.notes)
    matters = tuple(
        Matter(
            name=issue,
            options=values,
            worth=tuple(tuple(tidy(points * f.worth[issue][v]) for f in found) for v in values),
            today=next((k for k, v in enumerate(values) if v in no_agreement), None),
            note=notes.get(issue),
        )
        for issue, values in model.items()
    )
    today = [sum(m.worth[m.today][k] for m in matters if m.today is not None) for k in range(len(found))]
    return ScoreTable(
        title=title,
        parties=tuple(f.party for f in found),
        matters=matters,
        threshold=tuple(tidy(max(_without_deal(f, points), now)) for f, now in zip(found, today, strict=True)),
        origins=tuple(f.source for f in found),
        remarks=(*dict.fromkeys(r for f in found for r in f.remarks), *_rounding(matters, points)),
    )


def _rounding(matters: Sequence[Matter], points: float) -> Iterator[str]:
    """Say what a board makes of utilities that are no whole hundredths of a point."""
    scores = (w * 10**_DIGITS for m in matters for row in m.worth for w in row)
    if any(abs(w - round(w)) > _EXACT for w in scores):
        yield (
            f"Utility 1 is {points:g} points here. Twelve digits are kept, but answers count hundredths of a point, "
            f"which is {0.01 / points:g} of utility per issue; a larger --points counts finer."
        )


def _without_deal(one: Utility, points: float) -> float:
    """Return what a party has without a deal; a bid counts as a board will count it, so that it is just acceptable."""
    return points * one.reservation + sum(round(points * one.worth[i][v], _DIGITS) for i, v in one.bid)


def _differences(name: str, model: Domain, found: Sequence[Utility]) -> Iterator[str]:
    for one in found:
        for words, missing in (
            (f"says nothing of {{}}, which '{shown(name)}' has", model.keys() - one.worth.keys()),
            (f"has {{}}, which '{shown(name)}' has not", one.worth.keys() - model.keys()),
        ):
            if missing:
                told = words.format(listed(sorted(missing)))
                yield f"'{shown(one.source)}' {told}. Give files of the same domain."
        for issue in model.keys() & one.worth.keys():
            odd = set(model[issue]) ^ set(one.worth[issue])
            if odd:
                yield (
                    f"'{shown(one.source)}' and '{shown(name)}' differ in the values of '{shown(issue)}': "
                    f"{listed(sorted(odd))}. Give every value in both."
                )


def _twice(found: Sequence[Utility]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for one in found:
        other = seen.setdefault(one.party.casefold(), one.source)
        if other != one.source:
            yield f"'{shown(other)}' and '{shown(one.source)}' are both '{shown(one.party)}'. Rename one of the files."


def _too_many(model: Domain) -> Iterator[str]:
    if not 1 <= len(model) <= MAX_ISSUES:
        yield f"there are {len(model)} issues. Give 1 to {MAX_ISSUES}."
    for issue, values in model.items():
        if len(values) > MAX_OPTIONS:
            yield f"'{shown(issue)}' has {len(values)} values. Give at most {MAX_OPTIONS:,}."


def _strange(model: Domain, no_agreement: Sequence[str]) -> Iterator[str]:
    every = {v for values in model.values() for v in values}
    for name in dict.fromkeys(no_agreement):
        if name not in every:
            near = listed(sorted(every), 3)
            yield f"no issue has the value '{shown(name)}'. Name one as the files write it, such as {near}."
    for issue, values in model.items():
        stand = [v for v in values if v in no_agreement]
        if len(stand) > 1:
            yield f"'{shown(issue)}' has {listed(stand)} for no agreement. Name one value per issue."


def within_reason(value: float | None) -> bool:
    """Whether a number can be counted with."""
    return value is not None and abs(value) <= LARGEST
