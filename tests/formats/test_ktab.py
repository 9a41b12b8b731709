"""Tables and scenarios of KTAB come in with every number they hold, go out for KTAB, and say what is wrong."""

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError, FormatError
from detente.formats import ktab, ktab_xml
from detente.formats.actors import UNIT, ActorTable, Spread, bodied, situation_of_actors
from detente.formats.score_table import Source
from detente.formats.sheet import Cell, write_xlsx
from detente.situation.check import check

HEAD = "Fund,Its size,3,1,\nActor,Description,Power,Size Position,Size Salience,\n"
ROWS = "A,first,5,10,50,\nB,second,2.5,40,90,\nC,third,1,100,60,\n"
SAMPLES = {
    "SOE-Competitive.csv": (34, ("Competitive",)),
    "SOE-Pol-Comp.csv": (13, ("Policy", "Competitive")),
    "SOE-Policy.csv": (26, ("Policy",)),
    "dummyData-a040.csv": (40, ("XYZ",)),
    "dummyData-a080.csv": (80, ("XYZ",)),
    "dummyData-a160.csv": (160, ("XYZ",)),
    "dummyData_3Dim-no-final-comma.csv": (7, ("Pstn1", "Pstn2", "Pstn3")),
    "dummyData_3Dim.csv": (7, ("Pstn1", "Pstn2", "Pstn3")),
    "dummyData_6Dim.csv": (27, tuple(f"Dim{k}" for k in range(6))),
}
ACTOR = (
    "<Actor><name>{}</name><description>d</description><capability>{}</capability><Position><dCoord>{}</dCoord>"
    "</Position><Salience><dSal>{}</dSal></Salience></Actor>"
)


def inputs(shared_dir: Path) -> Path:
    return shared_dir / "data" / "positions" / "ktab_smp" / "inputs"


def from_csv(text: str | bytes, name: str = "fund.csv") -> ActorTable:
    return ktab.read(Source(name, text if isinstance(text, bytes) else text.encode()))


def scenario(*actors: tuple[object, ...], rest: str = "") -> str:
    return f"<Scenario><name>Fund</name>{rest}<Actors>{''.join(ACTOR.format(*a) for a in actors)}</Actors></Scenario>"


def from_xml(text: str) -> ActorTable:
    return ktab_xml.read(Source("fund.xml", text.encode()))


def table() -> ActorTable:
    return from_csv(HEAD + ROWS)


def test_every_number_of_a_table_comes_in() -> None:
    found = table()
    assert (found.title, found.note, found.actors) == ("Fund", "Its size", ("A", "B", "C"))
    assert found.descriptions == ("first", "second", "third")
    assert (found.capability, found.position) == ((5.0, 2.5, 1.0), ((10.0,), (40.0,), (100.0,)))
    assert (found.salience, found.scale, found.dimensions) == (((50.0,), (90.0,), (60.0,)), (UNIT,), ("Size",))


@pytest.mark.parametrize(
    "text",
    [
        (HEAD + ROWS).replace(",\n", "\n"),
        (HEAD + ROWS).replace(",", " , "),
        (HEAD + ROWS).replace("Its size", ' "Its size"'),
        (HEAD + ROWS).replace("\n", "\r\n"),
        "\ufeff" + HEAD + ROWS,
        HEAD.replace("3,1,", "3,1,0,,,") + "\n" + ROWS + "\n,,,\n",
        (HEAD + ROWS).replace(",", "\t"),
    ],
)
def test_commas_blanks_marks_and_line_ends_make_no_difference(text: str) -> None:
    assert from_csv(text) == table()


def test_a_description_may_have_commas_without_quote_marks() -> None:
    assert from_csv((HEAD + ROWS).replace("Its size", "Its size, in full")).note == "Its size, in full"


def test_a_workbook_says_the_same_as_csv() -> None:
    lines: list[list[Cell]] = [
        ["Fund", "Its size", 3.0, 1.0],
        ["Actor", "Description", "Power", "Size Position", "Size Salience"],
        ["A", "first", 5.0, 10.0, 50.0],
        ["B", "second", 2.5, 40.0, 90.0],
        ["C", "third", 1.0, 100.0, 60.0],
    ]
    book = write_xlsx(lines, title="Fund")
    assert from_csv(book, "fund.xlsx") == replace(table(), origin="fund.xlsx")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'fund.csv' is empty"),
        (b"\x00\x01\xff\xfe", "'fund.csv' is not UTF-8"),
        ((HEAD + ROWS.replace("first", "é")).encode("latin-1"), "is not UTF-8. Save it as 'CSV UTF-8'"),
        (
            "a,b\n1,2\n",
            "'fund.csv' is no table of KTAB. Its first line has a name, a description, the number of actors",
        ),
        (HEAD.replace("3,1", "x,1") + ROWS, "line 1: the number of actors and the number of dimensions are not there"),
        (HEAD.replace("3,1", "4,1") + ROWS, "line 1: it counts 4 actors, and the rows that follow are 3. Correct"),
        (HEAD.replace("3,1", "3,2") + ROWS, "line 2: the line above counts 2 dimensions, which makes 7 columns"),
        (HEAD.replace("3,1", "1,1") + "A,,1,2,3", "line 1: it counts 1 actors. Give 2 to 1,000"),
        (HEAD + ROWS.replace("40", ""), "line 4, column 4 ('Size Position') of 'B': there is no number"),
        (HEAD + ROWS.replace("40", "forty"), "('Size Position') of 'B': 'forty' is not a number"),
        (HEAD + ROWS.replace("90", "NaN"), "line 4, column 5 ('Size Salience') of 'B': 'NaN' is not a number"),
        (HEAD + ROWS.replace("2.5", "-1"), "line 4, column 3 ('Power') of 'B': -1 is out of bounds. Give 0 or more."),
        (HEAD + ROWS.replace("100", "100.5"), "line 5, column 4 ('Size Position') of 'C': 100.5 is out of bounds"),
        (HEAD + ROWS.replace("90", "-0.5"), "('Size Salience') of 'B': -0.5 is out of bounds. Give 0 to 100."),
        (HEAD + ROWS.replace("B,", "a,"), "line 4, column 1: 'a' stands there already (line 3)"),
        (HEAD + ROWS.replace("B,", ","), "line 4, column 1 ('Actor'): the actor has no name"),
        (HEAD + ROWS.replace("second", "b, c"), "line 4: there are 6 cells, and the columns are 5. Put quote marks"),
        (HEAD.replace("Fund", '"Fund') + ROWS, "is not CSV at line"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_cure(text: str | bytes, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        from_csv(text)
    assert said in str(caught.value)


def test_all_faults_of_a_table_are_said_at_once() -> None:
    with pytest.raises(FormatError, match=r"fund\.csv has 2 faults"):
        from_csv(HEAD + ROWS.replace("40", "x").replace("60", "600"))


def test_what_ktab_refuses_without_need_is_accepted_and_said() -> None:
    two = "Fund,,2,2,\nActor,Description,Power,A,S,B,T,\nNorth,,1,10,60,20,50,\nSouth,,1,30,0,40,10,\n"
    over, none = from_csv(two).remarks
    assert over.startswith("The saliences of 'North' add up to more than 100, which KTAB refuses")
    assert none.startswith("A salience of 'South' is 0, which KTAB refuses")


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_of_ktab_loads_goes_out_and_comes_back(name: str, shared_dir: Path) -> None:
    found = ktab.read(Source(name, (inputs(shared_dir) / name).read_bytes()))
    assert (len(found.actors), found.dimensions, found.remarks) == (*SAMPLES[name], ())
    content, lost = ktab.write(found)
    assert ktab.read(Source(name, content)) == found
    assert lost == ()
    situation = situation_of_actors(found)
    assert check(situation) == ()
    assert replace(bodied(situation).table, origin=name) == found


def test_the_numbers_of_a_sample_are_those_of_ktab(shared_dir: Path) -> None:
    given = (inputs(shared_dir) / "dummyData_3Dim.csv").read_text(encoding="utf-8").splitlines()
    made = ktab.write(ktab.read(Source("d.csv", "\n".join(given).encode())))[0].decode().splitlines()
    numbers = [[[float(c) for c in line.rstrip(", ").split(",")[2:]] for line in lines[2:]] for lines in (given, made)]
    assert numbers[0] == numbers[1]
    assert all(line.endswith(",") for line in made)


def test_the_scenario_of_a_sample_is_its_table(shared_dir: Path) -> None:
    made = ktab_xml.read(Source("d", (inputs(shared_dir) / "dummyData_3Dim.xml").read_bytes()))
    given = ktab.read(Source("d", (inputs(shared_dir) / "dummyData_3Dim.csv").read_bytes()))
    assert replace(made, remarks=()) == given
    assert made.remarks == ("The seed of the file is KTAB's own and is not used; --seed says ours.",)


def test_an_empty_position_is_named_by_actor_and_dimension(shared_dir: Path) -> None:
    with pytest.raises(FormatError) as caught:
        ktab_xml.read(Source("smpExample.xml", (inputs(shared_dir) / "smpExample.xml").read_bytes()))
    said = "actor 'Alice', dimension 'FirstDim': the position is missing. Give 0 to 100."
    assert str(caught.value) == f"smpExample.xml: {said}"


def test_settings_and_affinities_of_a_scenario_come_in_and_go_out(shared_dir: Path) -> None:
    found = ktab_xml.read(Source("s.xml", (inputs(shared_dir) / "smpExample_fixed.xml").read_bytes()))
    chosen = dict(found.settings)
    assert (chosen["kind"], chosen["vote"], chosen["transitions"]) == ("markov-incentive", "prop-cubic", "stochastic")
    assert len(chosen) == 9
    assert found.affinity is not None
    assert found.affinity[1] == (0.07, 0.75, 0.0, 0.0, 0.0)
    assert found.affinity[4] == (0.0, 0.0, 0.0, 0.0, 1.0), "without an entry an ideal follows its own position"
    assert ktab_xml.read(Source("s.xml", ktab_xml.write(found)[0])) == found
    assert "its XML does" in ktab.write(found)[1][-1]
    ties = situation_of_actors(found).ties
    assert [(t.source, t.target, t.weight.best) for t in ties if t.weight] == [
        ("alice", "bob", 0.07),
        ("david", "carol", 0.13),
    ]


def test_ties_of_a_case_become_affinities() -> None:
    pulled = replace(table(), affinity=((1.0, 0.0, 0.0), (0.25, 0.75, 0.0), (0.0, 0.0, 1.0)))
    assert bodied(situation_of_actors(pulled)).table.affinity == pulled.affinity


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<Actors/>", "its outermost element is <Actors>, not <Scenario>"),
        ("<Scenario/>", "there are 0 actors in <Actors>. Give 2 to 1,000"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><Scenario/>", "declares a document type or an entity"),
        ("<Scenario>", "is not XML at line 1"),
        (scenario(("A", "", 1, 2), ("B", 1, 2, 3)), "actor 'A': the capability is missing. Give 0 or more."),
        (scenario(("A", 1, "x", 2), ("B", 1, 2, 3)), "actor 'A', dimension 'Dimension 1': the position 'x' is not a"),
        (scenario(("A", 1, 5, 101), ("B", 1, 2, 3)), "the salience 101 is out of bounds. Give 0 to 100."),
        (scenario(("A", 1, 5, "NaN"), ("B", 1, 2, 3)), "the salience 'NaN' is not a number"),
        (scenario(("", 1, 5, 1), ("B", 1, 2, 3)), "actor 1 has no <name>. Name it."),
        (scenario(("A", 1, 5, 1), ("a", 1, 2, 3)), "actor 'a': there are two of that name"),
        (
            scenario(("A", 1, 5, 1), ("B", 1, 2, 3), rest="<Dimensions><dName>X</dName><dName>Y</dName></Dimensions>"),
            "actor 'A': <Position> has 1 numbers. Give one for each of 'X', 'Y', in this order.",
        ),
        (
            scenario(
                ("A", 1, 5, 1),
                ("B", 1, 2, 3),
                rest="<ModelParameters><VotingRule>Loud</VotingRule></ModelParameters>",
            ),
            "<VotingRule> is 'Loud'. Choose one of 'Proportional', 'Binary',",
        ),
        (
            scenario(
                ("A", 1, 5, 1),
                ("B", 1, 2, 3),
                rest="<IdealAdjustment><iaPair><adjustingIdeal>A</adjustingIdeal><referencePos>Z</referencePos>"
                "<adjust>2</adjust></iaPair></IdealAdjustment>",
            ),
            "<iaPair> 1: 'Z' in <referencePos> is no actor. Name one of 'A', 'B'.",
        ),
    ],
)
def test_what_is_wrong_with_a_scenario_is_said_by_name(text: str, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        from_xml(text)
    assert said in str(caught.value)


def test_what_ktab_cannot_have_is_fitted_and_said() -> None:
    long_name = "Deputy Assistant Attorney General"
    other = replace(
        table(),
        actors=(long_name, "B", "C"),
        scale=((0.0, 200.0),),
        spreads=(Spread("position", 0, 0, 0.0, 20.0),),
        capability_on=((5.0,), (2.5,), (1.0,)),
        position=((10.0,), (40.0,), (None,)),
        salience=((50.0,), (90.0,), (0.0,)),
    )
    made, lost = ktab.for_ktab(other)
    assert made.position == ((5.0,), (20.0,), (50.0,))
    assert len(made.actors[0]) <= 25
    assert made.descriptions[0].startswith(long_name)
    assert [line.split(":")[0].split(" ")[0] for line in lost] == ["Positions", "Of", "KTAB", "KTAB", "KTAB", "A"]
    assert ktab.read(Source("x.csv", ktab.write(other)[0])).position == made.position


NAMES = st.lists(
    st.text(st.sampled_from(list("abXYZ019 '\"=+-@;,.:&<>/éß漢")), min_size=1, max_size=10)
    .map(lambda t: " ".join(t.split()))
    .filter(lambda t: t.strip() != ""),
    min_size=4,
    max_size=6,
    unique_by=str.casefold,
)
SHARES = st.integers(1, 9_999).map(lambda n: n / 100)


@settings(max_examples=25, deadline=None)
@given(NAMES, st.data())
def test_what_is_written_is_read_again(names: list[str], data: st.DataObject) -> None:
    actors, count = tuple(names[1:]), len(names) - 1
    rows = [(data.draw(SHARES), data.draw(SHARES), data.draw(SHARES)) for _ in actors]
    made = ActorTable(
        title=names[0],
        actors=actors,
        descriptions=("",) * count,
        dimensions=("Size & term",),
        capability=tuple(r[0] for r in rows),
        position=tuple((r[1],) for r in rows),
        salience=tuple((r[2],) for r in rows),
        scale=(UNIT,),
        origin="a",
    )
    assert ktab.read(Source("a", ktab.write(made)[0])) == made
    back = ktab_xml.read(Source("a", ktab_xml.write(made)[0]))
    assert replace(back, note=None, remarks=(), descriptions=made.descriptions) == made


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 130))
def test_garbage_is_refused_in_words_or_read(noise: bytes, at: int) -> None:
    whole = (HEAD + ROWS).encode()
    for content in (noise, whole[:at] + noise[:3] + whole[at:]):
        with contextlib.suppress(DetenteError):
            ktab.read(Source("a.csv", content))
        with contextlib.suppress(DetenteError):
            ktab_xml.read(Source("a.xml", content))
