"""How long does it take to read, check, write and hash a situation?

    python benchmarks/store.py

The situation is the example that comes with Detente, some 1,500 lines of YAML: about the largest that a person keeps
by hand.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from _measure import EXAMPLE, Row, machine, seconds, show, spent

from detente.dossier import create
from detente.situation.check import check
from detente.situation.fingerprint import canonical_bytes, fingerprint, from_bytes
from detente.situation.paths import inputs
from detente.situation.schema import schema
from detente.situation.store import load, save, to_yaml

FILE = EXAMPLE / "situation.yaml"


def rows(folder: Path) -> Iterator[Row]:
    situation = load(FILE)
    stored = canonical_bytes(situation)
    work = spent(lambda: load(FILE))
    size = FILE.stat().st_size
    yield Row("load the YAML", seconds(work.cpu), f"{size:,} bytes, {size / work.cpu / 1e6:.2f} MB/s")
    found = check(situation)
    yield Row("check its meaning", seconds(spent(lambda: check(situation)).cpu), f"{len(found)} faults and doubts")
    yield Row(
        "list its inputs", seconds(spent(lambda: tuple(inputs(situation))).cpu), f"{len(tuple(inputs(situation)))}"
    )
    yield Row("write it as YAML", seconds(spent(lambda: to_yaml(situation)).cpu))
    work = spent(lambda: save(situation, folder / "situation.yaml"))
    yield Row("save it, whole or not at all", seconds(work.cpu), f"elapsed {seconds(work.wall)}, waits for the disk")
    same = load(folder / "situation.yaml") == situation
    yield Row("fingerprint", seconds(spent(lambda: fingerprint(situation)).cpu), fingerprint(situation)[:12])
    yield Row("read canonical bytes", seconds(spent(lambda: from_bytes(stored)).cpu), f"{len(stored):,} bytes")
    yield Row("JSON Schema", seconds(spent(schema).cpu))
    kept = iter(range(1000))
    work = spent(lambda: create(folder / f"dossier-{next(kept)}", situation))
    yield Row("begin a dossier", seconds(work.cpu), f"elapsed {seconds(work.wall)}, waits for the disk")
    yield Row("what was saved is the same situation", "yes" if same else "NO")


def main() -> None:
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        show("The example's situation file", list(rows(Path(folder))))


if __name__ == "__main__":
    main()
