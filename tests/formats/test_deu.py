"""Decisions of the European Union come in from the table alone, or with the weights worked out before."""

from pathlib import Path

import pytest
from tests.backtest.invented import decisions, table, weighed

from detente.errors import FormatError
from detente.formats import Source, deu
from detente.formats.council import weights


def source(text: str, name: str = "deu3.tsv") -> Source:
    return Source(name, text.encode())


def refused(text: str, *, weighed_list: bool = False) -> str:
    with pytest.raises(FormatError) as fault:
        deu.read(None, source(text)) if weighed_list else deu.read(source(text))
    return str(fault.value)


def test_the_table_alone_says_all_that_the_list_does() -> None:
    alone, both = deu.read(source(table())), deu.read(source(table()), source(weighed(), "list.csv"))
    assert alone.decisions == both.decisions == decisions()
    assert "1 issues are left out" in alone.remarks[0]
    assert "not in list.csv" in both.remarks[0]


def test_the_list_alone_knows_no_status_quo() -> None:
    found = deu.read(None, source(weighed()))
    assert {one.status_quo for one in found.decisions} == {None}
    assert "no status quo is known" in found.remarks[0]


def test_an_actor_whose_weight_nobody_knows_is_named() -> None:
    found = deu.read(source(table().replace("pnl", "pxx").replace("snl", "sxx")))
    assert "what 'xx' weigh" in found.remarks[-1]
    assert "nl" not in {actor for one in found.decisions for actor in one.actors}


def test_the_kind_of_a_file_stands_in_its_first_line() -> None:
    assert deu.kind_of(source(table())) == "table"
    assert deu.kind_of(source(weighed().replace(",", ";"))) == "list"
    assert deu.kind_of(source("a,b\n1,2\n")) is None


def test_votes_are_those_of_the_year() -> None:
    assert weights(("com", "es", "pl"), 2001) == (100.0, 100.0, 100.0)  # who had no votes yet has the fewest present
    assert weights(("com", "de", "pl", "lu"), 2004) == (100.0, 100.0, 20.0, 20.0)
    assert weights(("de", "pl"), 2005)[1] == pytest.approx(100 * 27 / 29)
    assert weights(("de", "mt"), 2016)[1] < 1


def test_a_fault_has_a_file_a_line_a_column_and_a_cure() -> None:
    text = table()
    lines = text.splitlines()
    spoilt = lines[2].split("\t")
    spoilt[4], spoilt[-1], spoilt[3] = "much", "140", "yesterday"
    said = refused("\n".join([*lines[:2], "\t".join(spoilt), *lines[3:]]))
    assert said.startswith("deu3.tsv has 3 faults:")
    assert "line 3, column 'pcom': 'much' is not a number. Write it with a point" in said
    assert "line 3, column 'out': '140' is not from 0 to 100. Correct it" in said
    assert "line 3, column 'finact': 'yesterday' is no date. Write day-month-year" in said


def test_a_list_whose_rows_do_not_fit_together_is_refused() -> None:
    lines = weighed().splitlines()
    assert "stands twice on the issue" in refused("\n".join([*lines, lines[-1]]), weighed_list=True)
    other = lines[-1].rpartition(",")[0] + ",3.5"
    assert "differs from line" in refused("\n".join([*lines[:-1], other]), weighed_list=True)
    nothing = [lines[0], *(",".join([*row.split(",")[:5], "0", *row.split(",")[6:]]) for row in lines[1:5])]
    assert "nobody with both salience and capability" in refused("\n".join(nothing), weighed_list=True)
    assert "is no year" in refused(weighed().replace(",1999,", ",99,"), weighed_list=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "there is no column 'prnr'"),
        ("\n".join(table().splitlines()[:2]), "nothing can be scored"),
        (table() + "d9\td9i2\n", "2 columns, not 18"),
        ("", "is empty"),
        ("prnr\x00", "is no text"),
        (table() + '"open', "line"),
    ],
)
def test_what_is_no_table_is_refused(text: str, said: str) -> None:
    assert said in refused(text)


@pytest.mark.slow
def test_the_weights_of_the_published_table_are_worked_out_again(shared_dir: Path) -> None:
    folder = shared_dir / "data" / "positions" / "deu3"
    table_file, list_file = (Source(n, (folder / n).read_bytes()) for n in ("deu3_blksv.tsv", "capabilities.csv"))
    alone = {one.issue: one for one in deu.read(table_file).decisions}
    both = {one.issue: one for one in deu.read(table_file, list_file).decisions}
    assert len(both) == len(alone) == 351
    assert len({one.dossier for one in both.values()}) == 137
    for name, one in both.items():
        given, derived = (dict(zip(d.actors, d.capability, strict=True)) for d in (one, alone[name]))
        assert derived == pytest.approx(given, abs=1e-6)
