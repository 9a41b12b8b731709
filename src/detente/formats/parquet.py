"""How do the items that were read go out as Parquet: the columns of the CSV, numbers as numbers?"""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import duckdb

from detente.formats.read_items import COLUMNS, row
from detente.read.items import Reading

NUMBERS: Final = ("start", "end", "confidence")
PIECE: Final = 2**20
# Nothing is fetched from the network: what it cannot do as it is installed it does not do.
_ALONE: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def parquet(readings: Iterable[Reading]) -> Iterator[bytes]:
    """Write one item a row, in the columns of `detente.formats.read_items.COLUMNS`; the file comes in pieces.

    Rows wait on disk, so that memory does not grow with them.

    >>> b"".join(parquet(()))[:4]
    b'PAR1'
    """
    columns = ", ".join(f'"{name}" {"DOUBLE" if name in NUMBERS else "VARCHAR"}' for name in COLUMNS)
    insert = f"INSERT INTO items VALUES ({', '.join('?' * len(COLUMNS))})"
    with tempfile.TemporaryDirectory(prefix="detente-") as place:
        target = Path(place) / "items.parquet"
        with duckdb.connect(str(Path(place) / "items.duckdb"), config=_ALONE) as waiting:
            waiting.execute(f"CREATE TABLE items ({columns})")
            for reading in readings:
                rows = [row(item, reading) for item in reading.items]
                if rows:
                    waiting.executemany(insert, rows)
            quoted = str(target).replace("'", "''")
            waiting.execute(f"COPY items TO '{quoted}' (FORMAT parquet)")
        with target.open("rb") as stream:
            while piece := stream.read(PIECE):
                yield piece
