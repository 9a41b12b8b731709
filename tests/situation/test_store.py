"""What is written is read again, and what is wrong is said at once, by line, with a cure."""

import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import SituationError
from detente.situation.nouns import AgendaItem, Issue, Party, Situation, Stance, Table
from detente.situation.store import faults, from_yaml, load, save, tidy, to_yaml
from detente.situation.values import Basis, Range

ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
CODER = Basis(kind="entered", by="coder")


@ANY
@given(data=st.data())
def test_any_situation_written_is_read_again(data: st.DataObject, situations: st.SearchStrategy[Situation]) -> None:
    situation = data.draw(situations)
    text = to_yaml(situation)
    assert from_yaml(text) == situation
    assert from_yaml(text.encode()) == situation
    assert to_yaml(from_yaml(text)) == text


@settings(ANY, max_examples=200)
@given(data=st.data())
def test_rows_of_any_kind_written_are_read_again(data: st.DataObject, rows: st.SearchStrategy[Situation]) -> None:
    situation = data.draw(rows)
    assert from_yaml(to_yaml(situation)) == situation


@settings(ANY, max_examples=300)
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_a_situation_or_has_faults_with_a_line_and_a_cure(text: str | bytes) -> None:
    found = faults(text)
    if not found:
        assert from_yaml(text).title is not None
    assert all(f.line >= 1 and f.message and f.cure for f in found)


@settings(ANY, max_examples=100)
@given(data=st.data())
def test_a_damaged_file_never_ends_in_a_traceback(data: st.DataObject, rows: st.SearchStrategy[Situation]) -> None:
    text = to_yaml(data.draw(rows))
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 6))
    faults(
        text[:at] + data.draw(st.sampled_from(["", ":", "- ", "\n  ", "{", "]", '"', "null", "9"])) + text[at + cut :]
    )


def value(text: str) -> object:
    return (
        from_yaml(f"title: t\nauthor: coder\nissues:\n  i:\n    status_quo: {text}\n    name: x")
        .issues[0]
        .status_quo.best
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1e6", 1e6),
        ("012", 12),
        ("0o12", 10),
        ("0x1F", 31),
        (".5", 0.5),
        ("5.", 5),
        ("+5", 5),
        ("-0.0", 0),
        ("1E-3", 0.001),
    ],
)
def test_numbers_are_those_of_yaml_1_2(written: str, meant: float) -> None:
    assert value(written) == meant


@pytest.mark.parametrize(
    "written", ["1_000", "12:30", "high", "50%", "0,5", '"5"', ".inf", "-.INF", ".nan", "1e999", "0b11"]
)
def test_what_is_no_finite_number_is_a_fault(written: str) -> None:
    with pytest.raises(SituationError, match=r"line 5, issues\.i\.status_quo: .* is not a number\. (Give|Write) "):
        value(written)


@pytest.mark.parametrize(
    "written", ["NO", "no", "on", "y", "012", "1e6", "2026-02-08", "12:30:45", "true", "1_000", "0x1F"]
)
def test_a_text_stays_the_text_that_was_written(written: str) -> None:
    found = from_yaml(
        f"title: {written}\nparties:\n  {written.lower().replace('_', '-').replace(':', '-')}: {{name: {written}}}"
    )
    assert found.title == written
    assert found.parties[0].name == written


def test_norway_is_a_country() -> None:
    found = from_yaml("title: t\nparties:\n  no: {name: NO}")
    assert found.parties[0].id == "no"
    assert '"no": {name: "NO"}' in to_yaml(found)


def test_a_key_with_nothing_under_it_is_left_open() -> None:
    assert from_yaml("title: t\nas_of:\nparties:\nnote: ~\n") == Situation(title="t")


TEN = """\
title: Gulf
as_of: 8 February
author: coder
parties:
  iran: {name: Iran}
  United States: {name: United States}
  israel: {nmae: Israel, name: Israel}
issues:
  missiles: {name: Missiles, status_quo: 0, scale: [0]}
stances:
  iran:
    missiles:
      position: high
      salience: [80, 60, 100]
  israel:
    missiles: {position: 90}
tables:
  muscat:
    name: Muscat
    consent: iran
    agenda: {missiles: inn}
    direct: maybe
evidence:
  e1: {document: d1, sentence: s1, start: -4, end: 12, quote: x, grade: B9}
"""


def test_ten_mistakes_are_ten_clear_lines() -> None:
    found = [str(f) for f in faults(TEN)]
    assert found == [
        "line 2, as_of: '8 February' is not a day. Give a day as YYYY-MM-DD.",
        "line 6, parties.United States: 'United States' is not an id: small letters, digits and single hyphens. "
        "Write 'united-states'.",
        "line 7, parties.israel.nmae: there is no such key. Did you mean 'name'?",
        "line 9, issues.missiles.scale: it has 1 entry. Give 2: [low, high].",
        "line 13, stances.iran.missiles.position: 'high' is not a number. Give a number, or [low, best, high].",
        "line 14, stances.iran.missiles.salience: a range needs low <= best <= high, not 80, 60, 100. "
        "Put the three numbers in order.",
        "line 16, stances.israel.missiles: 'salience' is missing. "
        "Give 'salience': how much the issue matters to it, 0 to 100.",
        "line 20, tables.muscat.consent: 'iran' stands here; this is not a list. Give a list, such as [a, b].",
        "line 21, tables.muscat.agenda.missiles.mode: 'inn' is not possible here. "
        "Did you mean 'in'? Possible: in, option, precondition, later, elsewhere, declaratory, refused.",
        "line 22, tables.muscat.direct: 'maybe' is not yes or no. Give true or false.",
        "line 24, evidence.e1.start: -4 is below 0. Give 0 or more.",
        "line 24, evidence.e1.grade: 'B9' is not an Admiralty grade. "
        "Give a letter A to F and a digit 1 to 6, such as B2.",
    ]
    with pytest.raises(SituationError, match=r"^gulf\.yaml has 12 faults:\n  line 2, as_of: "):
        from_yaml(TEN, name="gulf.yaml")


def test_one_fault_is_one_line() -> None:
    with pytest.raises(SituationError, match=r"^gulf\.yaml has 1 fault: line 2, as_of: 'soon' is not a day\."):
        from_yaml("title: t\nas_of: soon", name="gulf.yaml")


def test_a_bare_value_takes_the_basis_of_its_noun() -> None:
    found = from_yaml("title: t\nissues:\n  i: {name: x, status_quo: [1, 2, 3], basis: {supplied: relief}}")
    assert found.issues[0].status_quo == Range(low=1, best=2, high=3, basis=Basis(kind="supplied", rule="relief"))


def test_the_author_signs_what_has_no_basis() -> None:
    head = "title: t\nauthor: {by: ana, date: 2026-02-08}\n"
    found = from_yaml(head + "issues:\n  i: {name: x, status_quo: 0}").issues[0]
    assert str(found.status_quo.basis.date) == "2026-02-08"
    assert (found.basis.kind, found.basis.by) == ("entered", "ana")


def test_values_that_nobody_signed_are_one_fault_that_names_the_cure() -> None:
    text = "title: t\nissues:\n  i: {name: x, status_quo: 0}\n  j: {name: y, status_quo: 0}"
    assert [str(f) for f in faults(text)] == [
        "line 3, issues.i.status_quo: 2 values (this is the first) have no basis. "
        "Put 'author: your name' at the top of the file, or say where they come from: {assumed: why}."
    ]


def test_entries_of_a_table_take_the_basis_of_the_table() -> None:
    text = (
        "title: t\ntables:\n  m:\n    name: M\n    consent: []\n    basis: {assumed: guess}\n"
        "    agenda: {a: in}\n    no_deal: {p: 5}"
    )
    table = from_yaml(text).tables[0]
    assert table.agenda[0].basis.rule == table.no_deal[0].value.basis.rule == "guess"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{read: [e1]}", "names its evidence and its rule"),
        ("{read: [e1], assumed: x}", "here is 'read' and 'assumed'"),
        ("{rule: x}", "here is nothing"),
        ("{entered: coder, dated: 2026-01-01}", "Did you mean 'date'"),
        ("coder", "does not say where"),
    ],
)
def test_a_basis_says_one_thing(written: str, said: str) -> None:
    (found,) = faults(f"title: t\nparties:\n  p: {{name: x, basis: {written}}}")
    assert said in str(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1", "anchor"),
        ("a: &x [1]\nb: *x", "alias"),
        ("title: !!str t", "tag"),
        ("title: !!python/object/apply:os.system [ls]", "tag"),
        ("title: t\ntitle: u", "stands here a second time"),
        ("title: t\n---\ntitle: u", "second document"),
        ("? [a]\n: b\ntitle: t", "as a key"),
        ("%YAML 1.1\n---\ntitle: t", "%YAML"),
        ("[" * 200_000, "deeper than 30 levels"),
        ("- " * 200_000, "deeper than 30 levels"),
        ("{a: " * 50_000, "deeper than 30 levels"),
        ("x" * 5_000_001, "larger than 5 MB"),
        (b"title: \xe9", "not UTF-8"),
        ("title: Gulf".encode("utf-16"), "not UTF-8"),
        ("title: 'x", "not YAML"),
        ("\x00", "not YAML"),
        ("", "not a situation"),
        ("- a", "not a situation"),
        ("plain words", "not a situation"),
    ],
)
def test_what_yaml_hides_is_refused(text: str | bytes, said: str) -> None:
    with pytest.raises(SituationError, match=said):
        from_yaml(text)


def test_a_billion_laughs_are_refused_by_line() -> None:
    lines = ["a0: &a0 [lol, lol]"] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    found = faults("title: t\n" + "\n".join(lines))
    assert any(f.line == 3 and "alias" in f.message for f in found)


def test_a_broken_line_is_named() -> None:
    (found,) = faults("title: t\nparties:\n  iran: {name: Iran\nissues: {}\n")
    assert found.line in (3, 4)
    assert "not YAML" in found.message


def test_an_empty_text_is_not_nothing() -> None:
    blank = Basis(kind="entered", by="coder", rule="", note="")
    situation = Situation(title="t", note="", parties=(Party(id="a", name="", basis=blank, note=""),))
    assert from_yaml(to_yaml(situation)) == situation


def test_rows_that_share_a_key_stand_in_a_list() -> None:
    situation = Situation(title="t", parties=(Party(id="a", name="A"), Party(id="a", name="B")))
    assert "- {id: a, name: A}" in to_yaml(situation)
    assert from_yaml(to_yaml(situation)) == situation


def stance(party: str, issue: str) -> Stance:
    point = Range.point(5, CODER)
    return Stance(party=party, issue=issue, position=point, salience=point, basis=CODER)


def test_stances_nest_under_their_party_once_they_are_tidy() -> None:
    mixed = Situation(title="t", stances=(stance("a", "i"), stance("b", "i"), stance("a", "j")))
    assert "- {party: a, issue: i, position: 5, salience: 5}" in to_yaml(mixed)
    assert "  a:\n    i: {position: 5, salience: 5}\n    j: {position: 5, salience: 5}\n" in to_yaml(tidy(mixed))
    assert from_yaml(to_yaml(mixed)) == mixed


def test_one_changed_value_is_one_changed_line() -> None:
    point, other = Range.point(0, CODER), Range.point(10, CODER)
    before = Situation(title="t", issues=tuple(Issue(id=f"i{n}", name="x", status_quo=point) for n in range(9)))
    after = before.model_copy(
        update={
            "issues": (
                *before.issues[:4],
                before.issues[4].model_copy(update={"status_quo": other}),
                *before.issues[5:],
            )
        }
    )
    old, new = to_yaml(before).splitlines(), to_yaml(after).splitlines()
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 1


def test_an_agenda_reads_like_an_agenda() -> None:
    items = (AgendaItem(issue="nuclear", mode="in"), AgendaItem(issue="missiles", mode="refused", by=("iran",)))
    text = to_yaml(Situation(title="t", tables=(Table(id="m", name="M", consent=("a", "b"), agenda=items),)))
    assert "    agenda:\n      nuclear: in\n      missiles: {mode: refused, by: [iran]}\n" in text


def test_a_file_is_written_whole_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "gulf.yaml"
    save(Situation(title="one"), path)
    path.chmod(0o640)
    save(Situation(title="two"), path)
    assert load(path) == Situation(title="two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["gulf.yaml"]


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    save(Situation(title="one"), real)
    link.symlink_to(real)
    save(Situation(title="two"), link)
    assert link.is_symlink()
    assert load(real).title == "two"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SituationError, match=r"There is no file '.*gulf\.yaml'"):
        load(tmp_path / "gulf.yaml")
    with pytest.raises(SituationError, match="cannot be read"):
        load(tmp_path)
    with pytest.raises(SituationError, match="cannot be written"):
        save(Situation(title="t"), tmp_path / "no" / "gulf.yaml")
