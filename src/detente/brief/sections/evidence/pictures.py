"""Which picture shows hypotheses by evidence? The shifts, handed to the figure with the table behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente import figures as draw
from detente.brief.document import Figure, Grid
from detente.brief.sections.evidence.telling import HOW, Telling
from detente.brief.words import capital, counted, percent
from detente.figures.evidence_matrix import EvidenceCell, EvidenceMatrix, evidence_matrix, evidence_matrix_as_text
from detente.levers.sources import Diagnosis, Question, Reading, Weight

ROWS, COLUMNS, NARROW_COLUMNS = 16, 10, 6
TURNED = 10.0  # a verdict that turns stands among rows that move by as many draws in a hundred
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the matrix: a hypothesis, how it stands, and what every source does to it."""

    name: str
    stands: str
    cells: tuple[EvidenceCell, ...]

    @property
    def weight(self) -> tuple[float, bool, bool]:
        """By how much any source moves it: what orders the rows."""
        most = max((max(abs(c.points), TURNED * c.turned) for c in self.cells), default=0.0)
        return (most, any(c.turned for c in self.cells), any(c.raised for c in self.cells))


def matrix(found: Diagnosis, told: Telling, *, id: str) -> tuple[Figure, ...]:
    """Draw which sources move which hypotheses; none where no source moves or raises anything."""
    rows = _folded(list(_rows(found, told)))
    shown = sorted((r for r in rows if any(r.weight)), key=lambda r: tuple(-float(w) for w in r.weight))[:ROWS]
    if not shown:
        return ()
    weights = found.weights[:COLUMNS]
    names = tuple(told.source(w.unit) for w in weights)
    data = _cut(shown, names, COLUMNS)
    title = "What each source moves"
    desc = "A row for each hypothesis that a source moves, a column for each source, the most diagnostic first."
    svg = evidence_matrix(data, id=f"fig-{id}", title=title, desc=desc)
    small = _cut(shown, names, NARROW_COLUMNS)
    svg += evidence_matrix(small, id=f"fig-{id}-narrow", title=title, desc=desc, width=draw.NARROW)
    quotes = [q for w in weights for q in w.unit.quotes]
    still = len(rows) - sum(any(r.weight) for r in rows)
    aside = f" No source moves {counted(still, 'other hypothesis', 'other hypotheses')}." if still else ""
    caption = told.say(f"{title}: draws of 100, with it against without.{aside}", HOW, quotes)
    grid = Grid(
        told.say(f"{title}.", HOW, quotes),
        ("hypothesis", "as it stands", *(f"{k} {name}" for k, name in enumerate(names, 1))),
        tuple(
            told.row((r.name, r.stands, *(c.words() for c in r.cells[:COLUMNS])), HOW, quotes)
            for r in shown
        ),
    )  # fmt: skip
    return (Figure(id, svg, caption, grid, evidence_matrix_as_text(data)),)


def _cut(rows: Sequence[Row], names: tuple[str, ...], most: int) -> EvidenceMatrix:
    plain = tuple(name.replace("\u201c", "").replace("\u201d", "") for name in names[:most])
    return EvidenceMatrix(tuple((r.name, r.stands) for r in rows), plain, tuple(r.cells[:most] for r in rows))


def _rows(found: Diagnosis, told: Telling) -> Iterator[Row]:
    for k, (question, stands) in enumerate(zip(found.questions, found.standing, strict=True)):
        if stands.shares is None:
            cells = tuple(_cell(w, k, 0, stands) for w in found.weights)
            if any(c.turned for c in cells):  # else the deals on that agenda say it
                yield Row(capital(told.question(question)), told.verdict(question, stands), cells)
            continue
        for at in _told(question):
            cells = tuple(_cell(w, k, at, stands) for w in found.weights)
            if stands.shares[at] or any(c.points for c in cells):
                name, share = told.hypothesis(question, at), f"{percent(stands.shares[at])} of draws"
                yield Row(name, share, cells)


def _told(question: Question) -> range:
    """Of two hypotheses one is told: what the other loses it gains."""
    return range(1) if len(question.hypotheses) == 2 else range(len(question.hypotheses))


def _cell(weight: Weight, k: int, at: int, stands: Reading) -> EvidenceCell:
    shift = weight.shifts[k]
    if shift.without is None:
        return EvidenceCell(0.0, raised=True)
    if stands.shares is None or shift.without.shares is None:
        return EvidenceCell(0.0, turned=shift.turns)
    moved = 100 * (stands.shares[at] - shift.without.shares[at])
    return EvidenceCell(moved if abs(moved) > NOTHING else 0.0, turned=shift.turns)


def _folded(rows: list[Row]) -> list[Row]:
    """Tell together what stands alike and is moved alike by every source."""
    groups: dict[tuple[str, tuple[EvidenceCell, ...]], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.stands, row.cells), []).append(row)
    return [
        same[0] if len(same) == 1 else Row(f"{same[0].name}, and {len(same) - 1} more alike", stands, cells)
        for (stands, cells), same in groups.items()
    ]
