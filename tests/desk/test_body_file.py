"""A file of actors is opened as it is: the body it holds, its settings, and whose ideals follow whom."""

from pathlib import Path

import pytest

from detente.desk import exchange
from detente.desk.body_file import is_body, kind_of, open_body
from detente.errors import FormatError, UsageError
from detente.formats import Source

ACTORS = "actor,power,position,salience\nNorth,2,0.2,0.5\nSouth,1,0.9,1\nWest,1,0.4,0.2\n"
KTAB = "Fund,,2,1,\nActor,Description,Power,Size,Sal,\nNorth,,2,20,50,\nSouth,,1,90,80,\n"
SCORES = "issue,option,North,South\nFund,small,5,1\n,large,2,9\n"


def written(text: str, name: str) -> Path:
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


def scenario() -> Path:
    exchange.save(exchange.export(written(ACTORS, "fund.csv"), kind="ktab-xml"), Path("fund.xml"))
    text = Path("fund.xml").read_text(encoding="utf-8")
    pair = "<iaPair><adjustingIdeal>West</adjustingIdeal><referencePos>{}</referencePos><adjust>{}</adjust></iaPair>"
    pairs = pair.format("North", 0.4) + pair.format("West", 0.6)
    more = (
        f"<ModelParameters><VotingRule>Cubic</VotingRule></ModelParameters><IdealAdjustment>{pairs}</IdealAdjustment>"
    )
    return written(text.replace("</Scenario>", more + "</Scenario>"), "pulled.xml")


def test_a_table_is_opened_with_its_remarks() -> None:
    opened = open_body(written(ACTORS, "The fund.csv"))
    assert (opened.slug, opened.settings, opened.affinity) == ("the-fund", (), None)
    assert opened.situation.party("decision-body").members == ("north", "south", "west")
    assert len(opened.remarks) == 2
    assert open_body(Path("The fund.csv"), scale=(0, 2)).table.scale == ((0.0, 2.0),)


def test_settings_and_affinities_of_a_scenario_reach_who_asks() -> None:
    opened = open_body(scenario())
    assert opened.settings == (("vote", "cubic"),)
    assert opened.affinity is not None
    assert opened.affinity.tolist() == [[1, 0, 0], [0, 1, 0], [0.4, 0, 0.6]]
    assert opened.remarks[1:] == ("The file sets the bargaining model: vote cubic.",)
    kept = exchange.read([Path("pulled.xml")])
    assert [r.split(" of ")[0] for r in kept.remarks[-2:]] == ["A case keeps no settings", "How far the ideal"]
    with pytest.raises(UsageError, match=r"'pulled\.xml' is a file of KTAB, whose positions lie from 0 to 100"):
        open_body(Path("pulled.xml"), scale=(0, 1))


def test_a_file_of_actors_is_told_by_its_ending_and_its_kind_by_what_stands_in_it() -> None:
    Path("folder.csv").mkdir()
    assert [is_body(Path(n)) for n in ("a.csv", "a.XML", "a.xlsx", "a.yaml", "a.gmcr", "folder.csv")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert [kind_of(Source("a.csv", t.encode())) for t in (ACTORS, KTAB, SCORES, "a,b\n")] == [
        "actors",
        "ktab",
        None,
        None,
    ]
    found = [kind_of(Source("a.xml", t)) for t in (b"<Scenario/>", b"<utility_space/>")]
    assert (found, kind_of(Source("a.json", b"{}"))) == (["ktab-xml", None], None)


def test_a_file_of_something_else_is_refused_with_what_is_wanted() -> None:
    with pytest.raises(FormatError, match=r"is no table of actors\. Name the columns in the first row: actor,"):
        open_body(written(SCORES, "scores.csv"))
    with pytest.raises(FormatError, match=r"'none\.csv' does not exist"):
        open_body(Path("none.csv"))


@pytest.mark.parametrize("kind", ["actors", "ktab", "ktab-xml"])
def test_actors_that_are_written_from_a_case_are_the_actors_that_were_read(kind: str) -> None:
    exchange.save_case(exchange.read([written(KTAB, "fund.csv")]), Path("fund.yaml"))
    made = exchange.export(Path("fund.yaml"), kind=kind)
    (file,) = made.files
    exchange.save(made, Path(f"again-{file.name}"))
    back = open_body(Path(f"again-{file.name}")).table
    given = open_body(Path("fund.csv")).table
    assert (back.actors, back.capability, back.position, back.salience, back.scale) == (
        given.actors,
        given.capability,
        given.position,
        given.salience,
        given.scale,
    )


def test_a_workbook_of_actors_is_read_as_one() -> None:
    made = exchange.export(written(ACTORS, "fund.csv"), kind="actors", workbook=True)
    exchange.save(made, Path("fund.xlsx"))
    assert open_body(Path("fund.xlsx")).table.position == open_body(Path("fund.csv")).table.position
    assert exchange.read([Path("fund.xlsx")]).situation.parties[0].name == "North"


def test_options_that_do_not_belong_to_actors_are_refused() -> None:
    case = written(ACTORS, "fund.csv")
    with pytest.raises(UsageError, match=r"--table is for tables of scores\. For actors, name a body with --body"):
        exchange.export(case, kind="ktab", table="talks")
    with pytest.raises(UsageError, match="holds one body"):
        exchange.export(case, kind="ktab", body="council")
    with pytest.raises(UsageError, match="--body is for actors"):
        exchange.export(case, kind="csv", body="council")
    with pytest.raises(UsageError, match="--scale is for the positions of a table of actors"):
        exchange.read([written(SCORES, "scores.csv")], scale=(0, 1))
    with pytest.raises(UsageError, match="no table to fill in for ktab"):
        exchange.template(Path("a.csv"), kind="ktab")
    with pytest.raises(FormatError, match="A table of actors is one file; here are 2"):
        exchange.read([case, case])
