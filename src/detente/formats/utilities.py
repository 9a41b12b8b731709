"""How does a table of scores say the same in utilities from 0 to 1 with weights that add up to 1?

    u_p(package) = sum_i w_pi * e_pi(option) / max_o e_pi(o)                                                  (1)

with e = score - m, m as high as every option of the issue and the threshold allow, w_pi in proportion to max_o e_pi(o).
Per party u is the scores times one number plus another, so that every solution chooses the package it chose before;
where no score and no threshold is below 0, the scores are only divided.
"""

from dataclasses import dataclass

from detente.formats.score_table import ScoreTable, tidy


@dataclass(frozen=True, slots=True)
class Profile:
    """One party in utilities.

    ===========  =============  =================================
    weights      issue          add up to 1
    evaluations  issue, option  0 or more, in points
    reservation  -              the utility without a deal, 0 or more; above 1 where no package reaches it
    ===========  =============  =================================
    """

    party: str
    weights: tuple[float, ...]
    evaluations: tuple[tuple[float, ...], ...]
    reservation: float


def profiles(table: ScoreTable) -> tuple[Profile, ...]:
    """Return equation (1) for every party.

    >>> from detente.formats.score_table import Matter
    >>> fund = Matter(name="Fund", options=("small", "large"), worth=((5.0, -1.0), (2.0, 9.0)))
    >>> [p.evaluations for p in profiles(ScoreTable(title="Fund", parties=("North", "South"), matters=(fund,)))]
    [((5.0, 2.0),), ((0.0, 10.0),)]
    """
    return tuple(_profile(table, k) for k in range(len(table.parties)))


def _profile(table: ScoreTable, party: int) -> Profile:
    rows = [[option[party] for option in m.worth] for m in table.matters]
    floor = 0.0 if table.threshold is None else table.threshold[party]
    lowest = [min(0.0, *row) for row in rows]
    # A threshold below the worst package is a reservation below 0, which no utility is: the zero moves down to it.
    under = max(0.0, sum(lowest) - floor) / len(rows)
    evaluations = tuple(
        tuple(tidy(worth - low + under) for worth in row) for row, low in zip(rows, lowest, strict=True)
    )
    most = [max(row) for row in evaluations]
    total = sum(most)
    above = floor - sum(lowest) + under * len(rows)
    if total <= 0:
        return Profile(table.parties[party], (1 / len(rows),) * len(rows), evaluations, float(above > 0))
    return Profile(table.parties[party], tuple(m / total for m in most), evaluations, max(0.0, above) / total)


def unsaid(table: ScoreTable) -> tuple[str, ...]:
    """Say what a format of utilities cannot hold: by what rule a package is carried, and what stands today."""
    found = []
    if table.rule != "unanimity":
        named = f"{table.rule} of {table.quorum}" if table.rule == "quorum" else table.rule
        found.append(f"The rule of decision is left out: {named}. There everybody must accept.")
    today = [f"'{m.options[m.today]}' ({m.name})" for m in table.matters if m.today is not None]
    if today:
        found.append(f"Nothing there says which value stands today: {', '.join(today)}.")
    return tuple(found)
