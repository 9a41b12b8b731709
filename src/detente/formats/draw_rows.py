"""How do the draws themselves go out as Parquet: one file a chunk, one row a draw?"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb
import numpy as np

from detente.ensemble import Chunk, Kept
from detente.errors import FormatError

NUMBER: Final = "draw"
# Nothing is fetched from the network: what it cannot do as it is installed it does not do.
_ALONE: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def draw_rows(kept: Kept, parts: Sequence[Chunk]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of a Parquet file for every chunk whose rows are kept.

    The first column, `draw`, is the number of a draw among all. The files together are one table: a reader is given
    the folder, or `draws-*.parquet`.

    Raises UsageError where the rows of a chunk are not kept, and FormatError where they are no table.
    """
    for chunk in parts:
        yield f"draws-{chunk.index:07d}.parquet", as_parquet(kept.rows(chunk), first=chunk.start)


def as_parquet(columns: Mapping[str, np.ndarray], *, first: int = 0) -> bytes:
    """Return columns as a Parquet file, the number of the draw first, counted from `first`.

    Raises FormatError where columns are not equally long, not flat, or one of them is called `draw`.

    >>> as_parquet({"iran.missiles.position": np.array([10.0, 20.0])})[:4]
    b'PAR1'
    """
    shapes = {column.shape for column in columns.values()}
    if len(shapes) != 1 or len(next(iter(shapes))) != 1 or NUMBER in columns:
        raise FormatError(
            f"Columns of the shapes {sorted(shapes)} are no table of draws. Give columns of one length, one number "
            f"or word per draw, none of them called '{NUMBER}'."
        )
    count = next(iter(shapes))[0]
    rows = {NUMBER: np.arange(first, first + count, dtype=np.int64), **columns}
    with tempfile.TemporaryDirectory(prefix="detente-") as place:
        target = Path(place) / "draws.parquet"
        quoted = str(target).replace("'", "''")
        with duckdb.connect(config=_ALONE) as table:
            table.register("given", rows)
            table.execute(f"COPY (SELECT * FROM given) TO '{quoted}' (FORMAT parquet)")
        return target.read_bytes()
