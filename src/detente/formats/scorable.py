"""How does a table of scores in a spreadsheet come in and go out: a row per option, a column per party?

===========  ========  ==========  ======  ======
issue        option    status quo  Norland Sudmark
===========  ========  ==========  ======  ======
Tolls        halved                40      -10
(the same)   as today  x           0       0
threshold                          5       0
veto                               yes
rule         majority
===========  ========  ==========  ======  ======

The first row names the columns; `status quo` may be missing. A row without an issue belongs to the issue above. The
rows `threshold`, `veto`, `weight` and `rule` may be missing; a row is one of them where it has that name and, but for
the rule, no option. A rule is `unanimity`, `majority`, `weighted` or `quorum 4`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detente.errors import FormatError
from detente.formats.score_table import (
    MAX_ISSUES,
    MAX_OPTIONS,
    MAX_PARTIES,
    DecisionRule,
    Matter,
    ScoreTable,
    Source,
    clean,
    listed,
    refuse,
    shown,
)
from detente.formats.sheet import Cell, Sheet, name_of, number_in, read_csv, read_xlsx, write_csv, write_xlsx

ISSUE, OPTION, TODAY = "issue", "option", "status quo"
THRESHOLD, VETO, WEIGHT, RULE = "threshold", "veto", "weight", "rule"
_YES = frozenset({"yes", "y", "x", "true", "1", "veto"})
_NO = frozenset({"", "no", "n", "false", "0", "-"})
_RULES = re.compile(r"(unanimity|majority|weighted)|quorum (\d{1,3})")


def read(sources: Sequence[Source], *, title: str | None = None) -> ScoreTable:
    """Return the table of a CSV file or a workbook.

    Raises FormatError where there is not one file, where no sheet has the columns, and for every fault of its cells.

    >>> text = b"issue,option,North,South\\nFund,small,5,1\\n,large,2,9\\nthreshold,,2,1\\n"
    >>> read([Source("talks.csv", text)]).threshold
    (2.0, 1.0)
    """
    if len(sources) != 1:
        raise FormatError(f"A table of scores is one file; here are {len(sources)}. Give them one by one.")
    source = sources[0]
    sheet = _chosen(source) if source.content.startswith(b"PK") else _headed(source, read_csv(source))
    found = _Found(sheet)
    _columns(found)
    refuse(source.name, found.faults)
    for row in range(1, len(sheet.rows)):
        _row(found, row)
    _complete(found)
    refuse(source.name, found.faults)
    remark = f"'{shown(source.name)}' holds formulas ({sheet.formulas}); their last computed values were taken."
    return ScoreTable(
        title=title or clean(source.stem),
        parties=tuple(found.parties.values()),
        matters=tuple(_matter(name, matter) for name, matter in found.matters.items()),
        threshold=found.threshold,
        rule=found.rule,
        quorum=found.quorum,
        vetoes=found.vetoes,
        weights=found.weights,
        origins=(source.name,) * len(found.parties),
        remarks=(remark,) if sheet.formulas else (),
    )


def is_score_table(sheet: Sheet) -> bool:
    """Tell whether a sheet begins as tables of scores do.

    >>> is_score_table(read_csv(Source("a.csv", b"Issue,Option,North,South\\n")))
    True
    """
    return _heads(sheet)[:2] == [ISSUE, OPTION]


def rows(table: ScoreTable) -> list[list[Cell]]:
    """Return the cells of the layout, the header first."""
    marked = any(m.today is not None for m in table.matters)
    lead = [""] if marked else []
    written: list[list[Cell]] = [[ISSUE, OPTION, *([TODAY] if marked else []), *table.parties]]
    for matter in table.matters:
        for o, option in enumerate(matter.options):
            today: list[Cell] = ["x" if o == matter.today else None] if marked else []
            written.append([matter.name, option, *today, *map(float, matter.worth[o])])
    if table.threshold is not None:
        written.append([THRESHOLD, None, *lead, *map(float, table.threshold)])
    if table.vetoes:
        written.append([VETO, None, *lead, *("yes" if k in table.vetoes else None for k in range(len(table.parties)))])
    if table.weights is not None:
        written.append([WEIGHT, None, *lead, *map(float, table.weights)])
    if table.rule != "unanimity":
        written.append([RULE, f"quorum {table.quorum}" if table.rule == "quorum" else table.rule])
    return written


def to_csv(table: ScoreTable) -> bytes:
    """Return the table as CSV."""
    return write_csv(rows(table))


def to_xlsx(table: ScoreTable) -> bytes:
    """Return the table as a workbook."""
    return write_xlsx(rows(table), title=table.title)


def template() -> ScoreTable:
    """Return an invented table to fill in, with every row and column there is.

    >>> template().rule, template().matters[0].today
    ('quorum', 1)
    """
    return ScoreTable(
        title="Scores",
        parties=("Party A", "Party B", "Party C"),
        matters=(
            Matter(
                name="First issue",
                options=("an option", "as today", "another option"),
                worth=((30.0, 0.0, 10.0), (0.0, 0.0, 0.0), (-5.0, 40.0, 15.0)),
                today=1,
            ),
            Matter(name="Second issue", options=("this way", "that way"), worth=((20.0, 5.0, 0.0), (0.0, 25.0, 30.0))),
        ),
        threshold=(10.0, 15.0, 5.0),
        rule="quorum",
        quorum=2,
        vetoes=(0,),
    )


@dataclass(slots=True)
class _Found:
    """What has been found so far, row by row."""

    sheet: Sheet
    parties: dict[int, str] = field(default_factory=dict)  # column -> name
    today: int | None = None  # the column
    issue: str = ""
    matters: dict[str, dict[str, tuple[tuple[float, ...], bool]]] = field(default_factory=dict)
    threshold: tuple[float, ...] | None = None
    weights: tuple[float, ...] | None = None
    vetoes: tuple[int, ...] = ()
    rule: DecisionRule = "unanimity"
    quorum: int | None = None
    seen: dict[str, int] = field(default_factory=dict)  # rows that stand once -> row
    faults: list[str] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell; a row may end before it."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None


def _matter(name: str, found: dict[str, tuple[tuple[float, ...], bool]]) -> Matter:
    return Matter(
        name=name,
        options=tuple(found),
        worth=tuple(worth for worth, _ in found.values()),
        today=next((k for k, (_, stands) in enumerate(found.values()) if stands), None),
    )


def _chosen(source: Source) -> Sheet:
    sheets = read_xlsx(source)
    fitting = [s for s in sheets if is_score_table(s)]
    if not fitting:
        names = listed(s.name or "" for s in sheets) if sheets else "no sheet with anything in it"
        raise FormatError(
            f"'{shown(source.name)}' has no sheet whose first row begins with '{ISSUE}' and '{OPTION}' ({names}). "
            "Write them in the first two columns, then one column per party."
        )
    return fitting[0]


def _headed(source: Source, sheet: Sheet) -> Sheet:
    if not is_score_table(sheet):
        have = listed(_heads(sheet)[:2]) or "nothing"
        raise FormatError(
            f"'{shown(source.name)}' begins with {have}, not with '{ISSUE}' and '{OPTION}'. "
            "Write them in the first two columns, then one column per party, separated by commas, semicolons or tabs."
        )
    return sheet


def _heads(sheet: Sheet) -> list[str]:
    return [name_of(c).casefold() for c in sheet.rows[0]] if sheet.rows else []


def _columns(found: _Found) -> None:
    """Find out which column is whose."""
    width = max(len(r) for r in found.sheet.rows)
    for column in range(2, width):
        name = name_of(found.cell(0, column))
        at = found.sheet.place(0, column)
        if name.casefold() == TODAY and found.today is None:
            found.today = column
        elif not name and any(found.cell(r, column) is not None for r in range(1, len(found.sheet.rows))):
            found.faults.append(f"{at}: the column has no name. Name the party whose scores stand there.")
        elif name.casefold() in {p.casefold() for p in found.parties.values()}:
            found.faults.append(
                f"{found.sheet.place(0, column, name)}: there is such a column already. Keep one of them."
            )
        elif name:
            found.parties[column] = name
    if not 2 <= len(found.parties) <= MAX_PARTIES and not found.faults:
        have = listed(found.parties.values()) if found.parties else "none"
        found.faults.append(
            f"{found.sheet.place(0)}: a table needs 2 to {MAX_PARTIES} parties; here is {have}. "
            "Name each at the head of a column of scores."
        )


def _row(found: _Found, row: int) -> None:
    issue, option = name_of(found.cell(row, 0)), name_of(found.cell(row, 1))
    kind = issue.casefold()
    if kind == RULE and not any(found.cell(row, c) is not None for c in found.parties):
        _rule(found, row, option)
    elif kind in (THRESHOLD, VETO, WEIGHT) and not option:
        _special(found, row, kind)
    else:
        _option(found, row, issue or found.issue, option)


def _once(found: _Found, row: int, kind: str) -> None:
    first = found.seen.setdefault(kind, row)
    if first != row:
        there = found.sheet.place(first)
        found.faults.append(f"{found.sheet.place(row)}: there is a row '{kind}' already ({there}). Keep one of them.")


def _rule(found: _Found, row: int, said: str) -> None:
    _once(found, row, RULE)
    match = _RULES.fullmatch(said.casefold())
    if match is None:
        at = found.sheet.place(row, 1, OPTION)
        cure = "Write unanimity, majority, weighted, or quorum and a number, such as 'quorum 4'."
        found.faults.append(f"{at}: '{shown(said)}' is not a rule. {cure}")
        return
    found.quorum = int(match[2]) if match[2] else None
    if found.quorum is not None:
        found.rule = "quorum"
    else:
        found.rule = "majority" if match[1] == "majority" else "weighted" if match[1] == "weighted" else "unanimity"


def _special(found: _Found, row: int, kind: str) -> None:
    _once(found, row, kind)
    match kind:
        case "threshold":
            found.threshold = _numbers(found, row)
        case "weight":
            found.weights = _numbers(found, row)
            if any(w < 0 for w in found.weights):
                found.faults.append(f"{found.sheet.place(row)}: a weight is below 0. Give weights of 0 or more.")
        case _:
            found.vetoes = tuple(k for k, c in enumerate(found.parties) if _yes(found, row, c))


def _option(found: _Found, row: int, issue: str, option: str) -> None:
    at = found.sheet.place(row)
    if not issue:
        found.faults.append(f"{at}: there is no issue here and none above. Name it in the first column.")
        return
    if not option:
        found.faults.append(f"{at}: '{shown(issue)}' has no option here. Name it in the second column.")
        return
    known = found.matters.setdefault(issue, {})
    if known and issue != found.issue:
        found.faults.append(f"{at}: '{shown(issue)}' begins a second time. Put its options in one block.")
    found.issue = issue
    if option in known:
        what = f"'{shown(option)}' of '{shown(issue)}' stands there twice"
        found.faults.append(f"{at}: {what}. Keep one of the rows, or rename its option.")
        return
    stands = found.today is not None and _yes(found, row, found.today)
    if stands and any(today for _, today in known.values()):
        found.faults.append(f"{at}: '{shown(issue)}' has a status quo already. Mark one option per issue.")
    known[option] = (_numbers(found, row), stands)


def _numbers(found: _Found, row: int) -> tuple[float, ...]:
    """Return the numbers of a row, one per party; a cell that holds none is a fault, and 0 stands in."""
    values = []
    for column, party in found.parties.items():
        value = number_in(found.sheet, found.cell(row, column))
        if isinstance(value, str):
            found.faults.append(f"{found.sheet.place(row, column, party)}: {value}")
            value = 0.0
        values.append(value)
    return tuple(values)


def _yes(found: _Found, row: int, column: int) -> bool:
    said = name_of(found.cell(row, column)).casefold()
    if said not in _YES | _NO:
        at = found.sheet.place(row, column, found.parties.get(column, TODAY))
        found.faults.append(f"{at}: '{shown(said)}' is neither yes nor no. Write yes, or leave it empty.")
    return said in _YES


def _complete(found: _Found) -> None:
    """Find what is wrong with the table as a whole."""
    found.faults += _sizes(found)
    if found.rule == "weighted" and (found.weights is None or not any(w > 0 for w in found.weights)):
        found.faults.append(
            "the rule is weighted, and nobody has a weight. Add a row 'weight' with a number per party."
        )
    if found.quorum is not None and not 1 <= found.quorum <= len(found.parties):
        told = f"the quorum is {found.quorum}, and there are {len(found.parties)} parties"
        found.faults.append(f"{told}. Give one from 1 to {len(found.parties)}.")


def _sizes(found: _Found) -> Iterator[str]:
    if not found.matters:
        yield "there is no option. Give a row per option: issue, option, and a score per party."
    if len(found.matters) > MAX_ISSUES:
        yield f"there are {len(found.matters)} issues. Give at most {MAX_ISSUES}."
    for issue, options in found.matters.items():
        if len(options) > MAX_OPTIONS:
            yield f"'{shown(issue)}' has {len(options)} options. Give at most {MAX_OPTIONS:,}."
