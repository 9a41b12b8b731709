"""How do the draws of a run go out as Parquet? Apart, because few ask for it and what writes it is slow to load."""

from collections.abc import Callable, Sequence
from pathlib import Path

from detente.ensemble import Chunk, Kept
from detente.formats import draw_rows
from detente.situation.store import write_whole


def into(folder: Path) -> Callable[[Kept, Sequence[Chunk]], None]:
    """Return what writes the rows of kept chunks into a folder, one file for each, whole or not at all."""

    def write(kept: Kept, parts: Sequence[Chunk]) -> None:
        for name, content in draw_rows.draw_rows(kept, parts):
            write_whole(folder / name, content)

    return write
