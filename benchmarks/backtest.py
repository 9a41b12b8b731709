"""How long does it take to try every model on 351 decisions of the European Union?

    python benchmarks/backtest.py

Needs the decisions beside the checkout, or where `DETENTE_DATA` says. Recorded for KTAB's own program: 246 s of
processor time for the issues on which it does not fail, 252 of the 351.
"""

from collections.abc import Iterator
from pathlib import Path

from _measure import Row, machine, reference_folder, seconds, show, spent, times

from detente.backtest import PastDecision, backtest, models
from detente.backtest.forecasts import forecasts
from detente.formats import Source, deu

KTAB = 246.0  # seconds, recorded


def decisions(folder: Path) -> tuple[PastDecision, ...]:
    table, weighed = (Source(n, (folder / n).read_bytes()) for n in ("deu3_blksv.tsv", "capabilities.csv"))
    return deu.read(table, weighed).decisions


def rows(folder: Path) -> Iterator[Row]:
    took = spent(lambda: decisions(folder), runs=3)
    yield Row("reading the files", seconds(took.cpu))
    given = decisions(folder)
    for model in models():
        if model.ask is None:
            continue
        took = spent(lambda m=model: forecasts(given, [m]), runs=3)
        beside = f"KTAB recorded {seconds(KTAB)}: {times(KTAB, took.cpu)}" if model.name == "spatial-bargaining" else ""
        yield Row(f"{len(given)} issues, {model.name}", seconds(took.cpu), beside)
    others = [model.name for model in models() if model.name != "spatial-bargaining"]
    took = spent(lambda: backtest(given, names=others), runs=2)
    yield Row("all but spatial-bargaining, scored, with intervals", seconds(took.cpu), f"elapsed {seconds(took.wall)}")


if __name__ == "__main__":
    print(machine())
    found = reference_folder()
    if found is None:
        print("skipped: the decisions are not here; set DETENTE_DATA to the folder with positions/deu3")
    else:
        show("past decisions", list(rows(found / "data" / "positions" / "deu3")))
