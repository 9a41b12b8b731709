"""How does a brief read in a terminal, eighty to a hundred characters wide, with or without colour?

Texts come from outside, so nothing in them is taken as markup and control characters are shown, never sent.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from detente.brief.document import (
    Block,
    Brief,
    Figure,
    Grid,
    Listing,
    Note,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Source,
    block_sentences,
)
from detente.figures.text import one_line
from detente.situation.values import BasisKind

View = Literal["completed", "text_only"]

WIDEST = 100
LEAST_COLUMN = 16
MOST_QUOTES = 40
MOST_REFS = 4  # the rest are counted; HTML and JSON carry them all
STYLES: dict[BasisKind, str] = {"read": "blue", "entered": "green", "supplied": "magenta", "assumed": "yellow"}
SIGNS: dict[BasisKind, str] = {"read": "●", "entered": "◆", "supplied": "◎", "assumed": "□"}
NOTE_WORDS = {"assumption": "assumed", "entry": "entered", "supplied": "supplied", "derivation": "derived"}


def render(brief: Brief, console: Console, *, view: View = "completed") -> None:
    """Write a brief to a terminal, as completed or from the text alone.

    >>> from detente.brief.document import Brief
    >>> render(Brief("Dam talks", "Two states", (), (), (), ()), Console(width=100, no_color=True))
    Dam talks
    Two states
    ● read, ◆ entered, ◎ supplied, □ assumed; what [ ] names is listed at the end.
    <BLANKLINE>
    """
    width = min(console.width, WIDEST)
    for part in _brief(brief, view, width):
        console.print(part, width=width, highlight=False, markup=False, emoji=False)


def _brief(brief: Brief, view: View, width: int) -> Iterator[RenderableType]:
    yield Text(one_line(brief.title), style="bold")
    if brief.subtitle:
        yield Text(one_line(brief.subtitle), style="dim")
    switched = any(section.text_only is not None for section in brief.sections)
    if switched:
        yield Text("Answers from the text alone." if view == "text_only" else "Answers as completed.", style="dim")
    yield _legend()
    yield Text()
    for section in brief.sections:
        yield from _section(section, view, width)
    if brief.sources:
        yield from _heading("Sources")
        for source in brief.sources:
            yield from _source(source)
    yield from _ground(brief, view)
    if brief.facts:
        yield from _heading("How to reproduce this brief")
        for fact in brief.facts:
            yield _hanging(f"{one_line(fact.name)}: ", Text(one_line(fact.value)))
        yield Text()


def _legend() -> Text:
    legend = Text()
    for basis, sign in SIGNS.items():
        legend.append(f"{sign} {basis}", style=STYLES[basis]).append(", " if basis != "assumed" else "")
    return legend.append("; what [ ] names is listed at the end.", style="dim")


def _heading(title: str) -> Iterator[RenderableType]:
    yield Rule(Text(one_line(title), style="bold"), align="left", characters="─", style="dim")


def blocks_in(section: Section, view: View) -> tuple[Block, ...]:
    """Return the blocks that a view shows of a section."""
    return section.text_only if view == "text_only" and section.text_only is not None else section.blocks


def _section(section: Section, view: View, width: int) -> Iterator[RenderableType]:
    yield from _heading(section.title)
    for block in blocks_in(section, view):
        match block:
            case Paragraph(found):
                yield Text(" ").join(_sentence(sentence) for sentence in found)
                yield Text()
            case Listing(found):
                for sentence in found:
                    yield _hanging("• ", _sentence(sentence))
                yield Text()
            case Grid(fold=str(name)):
                yield Text(f"{one_line(name)}: {len(block.rows)} rows, in the HTML and with --json.", style="dim")
                yield Text()
            case Grid():
                yield from _grid(block, width)
            case Figure():
                yield from _figure(block, width)


def _sentence(sentence: Sentence) -> Text:
    told = _cell(sentence)
    if sentence.refs and told:
        refs = list(dict.fromkeys(one_line(ref) for ref in sentence.refs))
        more = f" +{len(refs) - MOST_REFS}" if len(refs) > MOST_REFS else ""
        told.append(f" [{' '.join(refs[:MOST_REFS])}{more}]", style="dim")
    return told


def _cell(sentence: Sentence) -> Text:
    """Set a sentence without its references: in a row they stand once, at its head."""
    told = Text(one_line(sentence.text))
    if sentence.mark is not None and told:
        told.append(f" {SIGNS[sentence.mark]} {sentence.mark}", style=STYLES[sentence.mark])
    return told


def _hanging(lead: str, told: Text, style: str = "") -> Table:
    """Set a text with its lead in a column of its own, so that what follows hangs under the first word."""
    row = Table.grid(padding=0, expand=False)
    row.add_column(no_wrap=True)
    row.add_column(overflow="fold")
    row.add_row(Text(lead, style=style), told)
    return row


def _figure(figure: Figure, width: int) -> Iterator[RenderableType]:
    if figure.lines and max(len(line) for line in figure.lines) <= width:
        yield _sentence(figure.caption)
        yield Text()
        for line in figure.lines:
            yield Text(line, no_wrap=True, overflow="crop")
        yield Text()
    elif figure.lines:  # too narrow for the picture in characters: its table instead
        yield from _grid(figure.grid, width)


def _grid(grid: Grid, width: int) -> Iterator[RenderableType]:
    yield _sentence(grid.caption)
    columns = max([len(grid.columns), *(len(row) for row in grid.rows)])
    heads = ("",) * (columns - len(grid.columns)) + grid.columns
    if _least(heads, grid) > width - 3 * columns:
        yield from _stacked(heads, grid)
    else:
        yield _table(heads, grid, width)
    yield Text()


def _least(heads: tuple[str, ...], grid: Grid) -> int:
    """Return how wide a table must be between its columns: a column of short words takes no more than these need."""
    cells = [[_cell(cell).cell_len for cell in row] for row in grid.rows]
    longest = [max([len(head), *(row[at] for row in cells if at < len(row))]) for at, head in enumerate(heads)]
    return sum(min(LEAST_COLUMN, wide) for wide in longest)


def _table(heads: tuple[str, ...], grid: Grid, width: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1), header_style="bold")
    for head in heads:
        table.add_column(Text(one_line(head)), overflow="fold", max_width=max(width // 2, LEAST_COLUMN))
    for row in grid.rows:
        table.add_row(*(_cell(cell) if at else _sentence(cell) for at, cell in enumerate(row)))
    return table


def _stacked(heads: tuple[str, ...], grid: Grid) -> Iterator[RenderableType]:
    """Set a table that is too wide for the page as one record per row."""
    for row in grid.rows:
        if not row:
            continue
        yield _sentence(row[0])
        for head, cell in zip(heads[1:], row[1:], strict=False):
            if cell.text:
                yield Padding(_hanging(f"{one_line(head)}: " if head else "", _cell(cell), "dim"), (0, 0, 0, 2))


def _source(source: Source) -> Iterator[RenderableType]:
    told = ", ".join(one_line(part) for part in (source.title, source.publisher, source.published) if part)
    line = Text(told, style="bold").append(f"  grade {one_line(source.grade)}", style="dim not bold")
    yield line
    if source.url:
        yield Text(f"  {one_line(source.url)}", style="dim", overflow="fold")
    for doubt in source.doubts:
        yield _hanging("  ? ", _sentence(doubt))
    yield Text()


def _ground(brief: Brief, view: View) -> Iterator[RenderableType]:
    """List what the ids lead to: those that this view uses, and those that these lead on to."""
    used = _used(brief, view)
    quotes = [quote for quote in brief.quotes if quote.id in used]
    notes = [note for note in brief.notes if note.id in used]
    if not quotes and not notes:
        return
    yield from _heading("What this rests on")
    lead = max(len(one_line(id)) for id in [*(q.id for q in quotes), *(n.id for n in notes)]) + 2
    for quote in quotes[:MOST_QUOTES]:
        yield _hanging(f"{one_line(quote.id):<{lead}}", _quote(quote))
    if len(quotes) > MOST_QUOTES:
        yield Text(
            f"... and {len(quotes) - MOST_QUOTES} more quotes: the HTML and the JSON hold them all.", style="dim"
        )
    for note in notes:
        yield _hanging(f"{one_line(note.id):<{lead}}", _note(note))
    yield Text()


def _used(brief: Brief, view: View) -> frozenset[str]:
    shown = (block for section in brief.sections for block in blocks_in(section, view))
    cited = [ref for block in shown for sentence in block_sentences(block) for ref in sentence.refs]
    cited += [ref for source in brief.sources for doubt in source.doubts for ref in doubt.refs]
    onward = {note.id: note.refs for note in brief.notes}
    return _closure(cited, onward)


def _closure(start: Iterable[str], onward: dict[str, tuple[str, ...]]) -> frozenset[str]:
    known: set[str] = set()
    waiting = list(start)
    while waiting:
        here = waiting.pop()
        if here not in known:
            known.add(here)
            waiting.extend(onward.get(here, ()))
    return frozenset(known)


def _quote(quote: Quote) -> Text:
    words = one_line(quote.quote)
    told = Text(words if words.startswith(("“", '"', "«", "„")) else f"“{words}”")
    about = ", ".join(part for part in (quote.speaker and one_line(quote.speaker), quote.grade) if part)
    return told.append(f" ({about})", style="dim") if about else told


def _note(note: Note) -> Text:
    told = Text(f"{NOTE_WORDS[note.kind]}: ", style="dim").append(one_line(note.text), style="not dim")
    return told.append(f" [{' '.join(one_line(ref) for ref in note.refs)}]", style="dim") if note.refs else told
