"""Plain tables of actors come in however their columns are called, with the scales they have, and go out again."""

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import BoardError, DetenteError, FormatError
from detente.formats import actor_table
from detente.formats.actor_table.heads import head, head_of
from detente.formats.actors import UNIT, ActorTable, Scale, Spread, bodied, situation_of_actors
from detente.formats.score_table import Source
from detente.formats.sheet import MAX_COLUMNS, write_xlsx
from detente.situation.check import check
from detente.situation.nouns import Situation
from detente.situation.store import from_yaml

HEAD = "actor,capability,position,salience\n"
ROWS = "North,2,20,50\nSouth,1,90,80\n"
LONG = (
    "issue,actor,power,position,salience\nFund,North,2,20,50\nFund,South,1,90,80\nTerm,South,{},5,70\nTerm,North,2,,\n"
)
# What stands in the published tables: actors, scale, greatest salience in the file.
PUBLISHED: dict[str, tuple[int, Scale, bool]] = {
    "other_inputs/Iranian_Election.csv": (8, (1.0, 10.0), True),
    "other_inputs/Litigation_Case_Study.csv": (46, (0.0, 1.0), True),
    "other_inputs/WW1.csv": (10, (0.0, 1.0), True),
    "other_inputs/WW1_BDM.csv": (7, (0.0, 1.0), True),
    "other_inputs/bdm1996_china_elite.csv": (24, (0.0, 100.0), False),
    "other_inputs/bdm1997_sultan_oil.csv": (17, (12.85, 14.25), True),
    "ec_emission/inputs.csv": (10, (4.0, 10.0), True),
}


def read(text: str | bytes, name: str = "fund.csv", scale: Scale | None = None) -> ActorTable:
    return actor_table.read(Source(name, text if isinstance(text, bytes) else text.encode()), scale=scale)


def test_actors_numbers_and_the_issue_come_in() -> None:
    found = read(HEAD + ROWS)
    assert (found.title, found.actors, found.dimensions) == ("fund", ("North", "South"), ("fund",))
    assert (found.capability, found.position, found.salience) == ((2.0, 1.0), ((20.0,), (90.0,)), ((50.0,), (80.0,)))
    assert found.capability_on == ()
    assert found.spreads == ()


@pytest.mark.parametrize("heads", ["Salience;Resources;Stakeholder;Position", "SAL\tinfluence\tname\tPstn"])
def test_columns_may_stand_in_any_order_under_any_of_their_names(heads: str) -> None:
    mark = ";" if ";" in heads else "\t"
    rows = "".join(mark.join(r) + "\n" for r in (["50", "2", "North", "20"], ["80", "1", "South", "90"]))
    assert read(f"{heads}\n{rows}") == read(HEAD + ROWS)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Policy Position", ("position", "policy", "")),
        ("position_missiles", ("position", "missiles", "")),
        ("salience (Air defence)", ("salience", "air defence", "")),
        ("Position, X", ("position", "x", "")),
        ("Pstn1", ("position", "1", "")),
        ("position missiles low", ("position", "missiles", "low")),
        ("Max salience", ("salience", "", "high")),
        ("influence position", ("position", "influence", "")),
        ("position [Low seas]", ("position", "low seas", "")),
    ],
)
def test_a_head_says_what_its_column_holds(text: str, key: tuple[str, str, str]) -> None:
    found = head(text)
    assert found is not None
    assert found.key == key


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["position", "salience", "capability"]),
    st.text(st.sampled_from(list("abXY09 _-.:,()[]é")), max_size=9).map(lambda t: " ".join(t.split())),
    st.sampled_from(["", "low", "high"]),
    st.sampled_from(["", "low ", "position ", "max_"]),
)
def test_a_head_that_is_written_is_read_as_what_it_is(what: str, name: str, end: str, lead: str) -> None:
    called = (lead + name).strip()
    found = head(head_of(what, called, end).text)
    assert found is not None
    assert found.key == (what, called.casefold(), end)


def test_several_issues_stand_in_pairs_of_columns_or_in_rows() -> None:
    wide = "actor,power,Fund position,Fund salience,Term position,Term salience\nNorth,2,20,50,,\nSouth,1,90,80,5,70\n"
    made = read(wide)
    assert made.dimensions == ("Fund", "Term")
    assert made.position == ((20.0, None), (90.0, 5.0))
    assert made.salience == ((50.0, 0.0), (80.0, 70.0))
    assert read(LONG.format(1)) == made
    assert read(LONG.format("")) == made, "an empty capability is that of the other rows"


def test_capability_may_differ_between_issues() -> None:
    made = read(LONG.format(3))
    assert made.capability_on == ((2.0, 0.0), (1.0, 3.0))
    assert made.capability == (2.0, 2.0)
    situation = situation_of_actors(made)
    assert [(w.party, w.issue, w.weight.best) for w in situation.influence] == [
        ("north", "fund", 2.0),
        ("south", "fund", 1.0),
        ("south", "term", 3.0),
    ]
    both = read(LONG.format(3).replace("2,,", "4,50,60"))
    assert bodied(situation_of_actors(both)).table.capability_on == ((2.0, 4.0), (1.0, 3.0))


def test_ends_of_ranges_become_ranges() -> None:
    made = read(
        "actor,power,power low,power high,position,position low,position high,salience\n"
        "A,2,1,4,20,,30,50\nB,1,,,90,90,95,80\n"
    )
    assert made.spreads == (
        Spread("position", 0, 0, 20.0, 30.0),
        Spread("capability", 0, None, 1.0, 4.0),
        Spread("position", 1, 0, 90.0, 95.0),
    )
    situation = situation_of_actors(made)
    stance = situation.stance("a", "fund")
    assert stance is not None
    assert (stance.position.low, stance.position.best, stance.position.high) == (20.0, 20.0, 30.0)
    assert bodied(situation).table.spreads == made.spreads


@pytest.mark.parametrize(
    ("positions", "scale", "why"),
    [
        ((0.35, 1), (0, 1), "as all of them lie there"),
        ((12.85, 14.25), (12.85, 14.25), "from the least to the greatest of them"),
        ((4, 10), (4, 10), "from the least to the greatest of them"),
        ((15, 100), (0, 100), "as they spread over it"),
        ((-50, 50), (-50, 50), "from the least to the greatest of them"),
        ((7, 7), (0, 100), "as all of them are the same"),
        ((2030, 2030), (2029, 2031), "as all of them are the same"),
    ],
)
def test_a_scale_that_is_not_stated_is_told_and_said(positions: Scale, scale: Scale, why: str) -> None:
    made = read(f"{HEAD}A,1,{positions[0]},50\nB,1,{positions[1]},80\n")
    assert made.scale == (scale,)
    (said,) = made.remarks
    assert f"{scale[0]:g} to {scale[1]:g} is taken, {why}. State it with --scale LOW HIGH" in said


def test_an_issue_with_close_positions_has_the_scale_of_the_others() -> None:
    made = read("actor,power,position a,salience a,position b,salience b\nA,1,0,50,83,50\nB,1,100,50,100,50\n")
    assert made.scale == (UNIT, UNIT)


def test_a_stated_scale_goes_before_what_is_told() -> None:
    rows = "scale low,,10,0\nscale high,,200,10\n"
    made = read(HEAD + "A,1,20,5\nB,1,90,10\n" + rows)
    assert (made.scale, made.salience, made.remarks) == (((10.0, 200.0),), ((50.0,), (100.0,)), ())
    assert read(HEAD + "A,1,20,5\nB,1,90,10\n" + rows, scale=(0, 400)).scale == ((0.0, 400.0),)


def test_salience_from_0_to_1_is_told_and_said() -> None:
    made = read(f"{HEAD}A,1,0,0.55\nB,1,100,1\n")
    assert made.salience == ((55.0,), (100.0,))
    assert made.remarks[-1].startswith("The greatest salience is no more than 1")


def test_actors_of_one_name_are_told_apart() -> None:
    made = read(HEAD + ROWS + "North,3,40,10\n")
    assert made.actors == ("North", "South", "North (2)")
    assert "Several rows are called 'North'" in made.remarks[-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'fund.csv' is empty"),
        ("issue,option,North\n", "begins with 'issue', 'option', 'North', and is no table of actors. Name the columns"),
        (b"\xff\xfe\x00", "'fund.csv' is not"),
        (HEAD, "line 1: the actors that follow are 0. Give 2 to 1,000"),
        (HEAD + "A,1,5,3\n,1,5,3\n", "line 3: the actor has no name"),
        (HEAD + "A,1,5,3\nB,x,5,3\n", "line 3, column 2 ('capability'): 'x' is not a number"),
        (HEAD + "A,1,5,3\nB,,5,3\n", "line 3, column 2 ('capability'): there is no number"),
        (HEAD + "A,1,5,3\nB,1,,3\n", "line 3, column 3 ('position'): there is no number"),
        (HEAD + "A,1,5,3\nB,1,5,\n", "line 3, column 4 ('salience'): there is no number"),
        (HEAD + "A,1,inf,3\nB,-1,5,3\n", "line 3, column 2 ('capability'): -1 is below 0. Give 0 or more."),
        (HEAD + "A,1,5,3\nB,1,5,101\n", "the salience 101 of 'B' is not on the scale, 0 to 100. Move it there"),
        (HEAD + "A,1,5,3\nB,1,5,-3\n", "line 3, column 4 ('salience'): -3 is below 0"),
        (HEAD + 'A,1,"1,500",3\nB,1,5,3\n', "'1,500' can be read in two ways"),
        (HEAD + "A,1,5,3\nB,1,6,3\nscale low,,9,\nscale high,,9,\n", "the scale of 'fund' runs from 9 to 9"),
        (HEAD + "A,1,5,3\nB,1,6,3\nscale low,,0,\n", "one end of the scale of 'fund' is missing"),
        (HEAD + "A,1,,\nB,1,,\n", "line 1: nobody has a position on 'fund'"),
        ("actor,position,salience\nA,1,2\n", "line 1: there is no column 'capability'. Add it; 1 for everybody"),
        ("actor,power,position x,salience\nA,1,2,3\n", "line 1: there is no column 'salience x'. Add it."),
        ("actor,power,position,salience,stance\nA,1,2,3,4\n", "line 1, column 5 ('stance'): there is such a column"),
        ("actor,power x,position,salience\nA,1,2,3\n", "nothing says where anybody stands for 'power x'"),
        ("actor,power,position,position low,salience\nA,1,2,3,4\nB,1,2,,4\n", "2 does not lie from 3 to 2"),
        (LONG.format(1) + "Fund,North,2,20,50\n", "line 6: the actor has a stance on the issue already (line 2"),
        (LONG.replace("position", "position x").format(1), "each row names its issue, and so does 'position x'"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_cure(text: str | bytes, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(text)
    assert said in str(caught.value)


def test_what_is_not_read_is_said() -> None:
    made = read("actor,group,power,position,salience\nA,x,1,5,3\nB,x,1,90,3\nC,x,1,,\n")
    assert made.remarks[1:] == (
        "Nothing says where 'C' stand, and they count nowhere.",
        "Columns that are not read: 'group'.",
    )


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_a_published_table_loads_with_its_scale_and_comes_back(name: str, shared_dir: Path) -> None:
    file = shared_dir / "data" / "positions" / name
    made = actor_table.read(Source(file.name, file.read_bytes()))
    count, scale, share = PUBLISHED[name]
    assert (len(made.actors), made.scale) == (count, (scale,))
    assert any("1 is taken for 100" in r for r in made.remarks) == share
    content, lost = actor_table.to_csv(made)
    back = actor_table.read(Source(file.name, content))
    assert (replace(back, remarks=made.remarks), back.remarks, lost) == (made, (), ())
    assert check(situation_of_actors(made)) == ()


def test_the_first_sheet_that_fits_is_read(shared_dir: Path) -> None:
    file = shared_dir / "data" / "positions" / "ktab_smp" / "inputs" / "SOE-data-from-paper.xlsx"
    made = actor_table.read(Source(file.name, file.read_bytes()))
    assert (made.dimensions, len(made.actors), made.actors[0]) == (("Policy",), 26, "XJ")
    assert any("The sheet 'Policy' is read, and not 'Competitive'" in r for r in made.remarks)


def test_a_table_to_fill_in_comes_back_from_csv_and_from_a_workbook() -> None:
    made = actor_table.template()
    for name, write in (("Actors.csv", actor_table.to_csv), ("Actors.xlsx", actor_table.to_xlsx)):
        content, lost = write(made)
        assert replace(actor_table.read(Source(name, content)), origin="") == made
        assert lost == ()


def test_a_table_with_many_issues_goes_out_in_rows() -> None:
    count = MAX_COLUMNS
    made = ActorTable(
        title="a",
        actors=("North", "South"),
        descriptions=("up", ""),
        dimensions=tuple(f"issue {k}" for k in range(count)),
        capability=(2.0, 1.0),
        position=(tuple(float(k) for k in range(count)), (None, *([50.0] * (count - 1)))),
        salience=((60.0,) * count, (0.0, *([50.0] * (count - 1)))),
        scale=(UNIT,) * count,
        spreads=(Spread("salience", 1, 3, 40.0, 60.0),),
        origin="a.csv",
    )
    assert len(actor_table.rows(made)) == 1 + 2 * count + 2 * count
    assert actor_table.read(Source("a.csv", actor_table.to_csv(made)[0])) == made


def test_a_cell_that_looks_like_a_formula_stays_text() -> None:
    book = write_xlsx(
        [["actor", "power", "position", "salience"], ["=A1", 1.0, 5.0, 3.0], ["B", 1.0, 90.0, 3.0]], title="x"
    )
    assert read(book, "a.xlsx").actors == ("=A1", "B")


def test_a_body_of_a_case_is_written_with_what_it_leaves_behind() -> None:
    case = from_yaml("""
        title: Council
        author: ana
        parties:
          council: {name: The council, members: [north, south, west], decision_body: true}
          north: {name: North}
          south: {name: South}
          west: {name: West}
          rival: {name: Rival}
        issues: {fund: {name: Fund, scale: [0, 10], status_quo: 0}, term: {name: Term, status_quo: 0}}
        stances:
          north: {fund: {position: {low: 2, best: 3, high: 4}, salience: 50, red_line: {at_least: 1, hardness: 0.5}}}
          south: {fund: {position: 9, salience: 80}}
          west: {term: {position: 9, salience: 80}}
        influence: [{party: south, weight: 3}]
    """)
    found = bodied(case)
    made = found.table
    assert (made.title, made.actors, made.dimensions) == ("Council: The council", ("North", "South"), ("Fund",))
    assert (made.position, made.scale, made.capability) == (((3.0,), (9.0,)), ((0.0, 10.0),), (1.0, 3.0))
    assert made.spreads == (Spread("position", 0, 0, 2.0, 4.0),)
    assert [line.split(":")[0] for line in found.lost] == [
        "Red lines are left out",
        "Nobody entered what these weigh, and a capability of 1 is written",
        "Issues on which fewer than two of them have a stance are left out",
        "Other parties, and members without a stance, are left out",
    ]


def test_a_case_without_a_body_is_refused() -> None:
    with pytest.raises(BoardError, match=r"Nothing in 'Empty' is decided together"):
        bodied(Situation(title="Empty"))


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 70))
def test_garbage_is_refused_in_words_or_read(noise: bytes, at: int) -> None:
    whole = (HEAD + ROWS).encode()
    for content in (noise, whole[:at] + noise[:3] + whole[at:]):
        with contextlib.suppress(DetenteError):
            situation_of_actors(read(content))
