r"""How does a conflict come in from a plain table: who can do what, what excludes what, and what does each prefer?

One row per option, with columns `player`, `option` and, where wanted, `direction`, `today` and `worth to NAME`. A row
whose player is `infeasible` has a pattern for an option, one sign per option: `Y` taken, `N` not, `*` or `-` either.
A row whose player is `NAME prefers` has states best first, as in `NY > NN = YN > YY`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from detente.boards.conflict import conflict
from detente.boards.states import Choice, Direction, States, states
from detente.boards.wishes import Named, Weights, Wish
from detente.errors import FormatError
from detente.formats.conflict_model import Model, chained, limited, named
from detente.formats.score_table import Source, clean, refuse, shown
from detente.formats.sheet import Cell, Sheet, name_of, number_in, read_csv, read_xlsx

_HEADS = ("player", "option")
_WORTH = "worth to "
_PREFERS = " prefers"
_DIRECTIONS: Mapping[str, Direction] = {"": "both", "both": "both", "up": "up", "down": "down"}
_MARKS = {"": False, "no": False, "x": True, "yes": True}
_WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, with its place in the file and its cells by the head of their column."""

    place: str
    cells: Mapping[str, Cell]

    def said(self, head: str) -> str:
        return clean(name_of(self.cells.get(head)))

    @property
    def whose(self) -> str | None:
        """Whose preference the row says, None where it says none."""
        player = self.said("player")
        return player[: -len(_PREFERS)].strip() if player.lower().endswith(_PREFERS) else None

    @property
    def excludes(self) -> bool:
        return self.said("player").lower() == "infeasible"


def read(source: Source) -> Model:
    """Read a table of options, from CSV or from the first sheet of a workbook that begins with player and option.

    Raises FormatError with every fault of the table, BoardError where it is no conflict.

    >>> table = (b"player,option,direction,worth to usa\\nusa,strike,up,-2\\niran,yield,,5\\ninfeasible,YY,,\\n"
    ...     b"iran prefers,NN > NY > YN,,\\n")
    >>> read(Source("gulf.csv", table)).conflict.preference.tolist()
    [[0.0, -2.0, 5.0], [2.0, 0.0, 1.0]]
    """
    sheet = _sheet(source)
    heads = [_head(c) for c in sheet.rows[0]]
    rows = [_Row(sheet.place(k), dict(zip(heads, row, strict=False))) for k, row in enumerate(sheet.rows[1:], start=1)]
    own = [r for r in rows if r.whose is None and not r.excludes]
    said = [r.said("player") for r in own] + [r.whose or "" for r in rows]
    players = tuple(dict.fromkeys(name for name in said if name))
    refuse(source.name, _faults(heads, rows, players, sheet))
    choices = [Choice(r.said("player"), r.said("option"), direction=_DIRECTIONS[_word(r, "direction")]) for r in own]
    infeasible = [_pattern(r.said("option")) for r in rows if r.excludes]
    limited(source.name, "infeasible patterns", len(infeasible))
    at = states(choices, infeasible=infeasible)
    wishes = {player: _wish(player, rows, own, at, sheet) for player in players}
    board = conflict(choices, wishes, infeasible=infeasible)
    today = "".join("NY"[_MARKS[_word(r, "today")]] for r in own) if "today" in heads else None
    return Model(clean(source.stem), board, (), None if today is None else at.index(today))


def _sheet(source: Source) -> Sheet:
    book = PurePosixPath(source.name).suffix.lower() in _WORKBOOKS
    sheets = read_xlsx(source) if book else (read_csv(source),)
    for sheet in sheets:
        if sheet.rows and [_head(c) for c in sheet.rows[0][:2]] == list(_HEADS):
            return sheet
    raise FormatError(
        f"'{shown(source.name)}' is no table of options: its first row does not begin with player and option. Name "
        "these columns, with direction, today and 'worth to NAME' after them where you need them."
    )


def _head(cell: Cell) -> str:
    name = clean(name_of(cell))
    lower = name.lower()
    return _WORTH + name[len(_WORTH) :] if lower.startswith(_WORTH) else lower


def _word(row: _Row, head: str) -> str:
    return row.said(head).lower()


def _faults(heads: Sequence[str], rows: Sequence[_Row], players: Sequence[str], sheet: Sheet) -> Iterator[str]:
    known = {*_HEADS, "direction", "today"}
    for head in heads:
        if head.startswith(_WORTH) and head[len(_WORTH) :] not in players:
            yield f"the column '{shown(head)}' names nobody who has an option. Correct the name."
        elif head and head not in known and not head.startswith(_WORTH):
            yield f"there is no column '{shown(head)}'. Use player, option, direction, today, or 'worth to NAME'."
    for row in rows:
        yield from _row_faults(row, sheet)
    for player in players:
        by_row, by_column = any(r.whose == player for r in rows), _WORTH + player in heads
        if by_row == by_column:
            what = "both a row and a column say" if by_row else "nothing says"
            yield (
                f"{what} what '{shown(player)}' prefers. Give either rows '{shown(player)} prefers' or a column "
                f"'worth to {shown(player)}'."
            )


def _row_faults(row: _Row, sheet: Sheet) -> Iterator[str]:
    said = row.said("option")
    if not row.said("player") or not said:
        yield f"{row.place} lacks a player or an option. Fill it in."
    elif row.whose is not None:
        if not row.whose or not all(all(group) for group in _groups(said)):
            yield f"{row.place}: '{shown(said)}' is no chain of states. Write it as in NY > NN = YN."
    elif not row.excludes:
        yield from _option_faults(row, sheet)


def _option_faults(row: _Row, sheet: Sheet) -> Iterator[str]:
    if _word(row, "direction") not in _DIRECTIONS:
        yield f"{row.place}: '{shown(row.said('direction'))}' is no direction. Choose both, up or down."
    if _word(row, "today") not in _MARKS:
        yield f"{row.place}: '{shown(row.said('today'))}' is no mark. Write x where the option is in force today."
    for head, cell in row.cells.items():
        value = _value(sheet, cell)
        if head.startswith(_WORTH) and isinstance(value, str):
            yield f"{row.place}, '{shown(head)}': {value}"


def _value(sheet: Sheet, cell: Cell) -> float | str:
    return 0.0 if cell is None else number_in(sheet, cell)


def _groups(said: str) -> list[list[str]]:
    return [[_pattern(one) for one in group.split("=")] for group in said.split(">")]


def _pattern(said: str) -> str:
    """A spreadsheet takes what begins with - for a formula, so that a star says the same."""
    return said.strip().replace("*", "-")


def _wish(player: str, rows: Sequence[_Row], own: Sequence[_Row], at: States, sheet: Sheet) -> Wish:
    chains: list[list[list[Named]]] = [
        [[named(one) for one in group] for group in _groups(r.said("option"))] for r in rows if r.whose == player
    ]
    if chains:
        return chained(chains, at)
    worth = ((f"{r.said('player')}.{r.said('option')}", _value(sheet, r.cells.get(_WORTH + player))) for r in own)
    return Weights({name: value for name, value in worth if isinstance(value, float)})
