"""The data package: what it says of itself is true, and its tables say what the ledger says."""

import csv
import hashlib
import io
import json
from typing import Any

import pytest
from tests.formats.ledgers import FORMULA, ledger

from detente.errors import FormatError
from detente.formats.data_package import OURS, package
from detente.formats.data_tables import tables_of
from detente.formats.described import Described, described
from detente.situation.store.tree import parse

LEDGER = (("ledger.jsonl", b'{"number":1}\n'), ("situations/ab.json", b"{}"), ("head.txt", b"1:ab\n"))
TABLES = ("questions.csv", "forecasts.csv", "comparisons.csv", "resolutions.csv")


def about(**given: Any) -> Described:
    return described(
        ledger(), **({"title": "Gulf: “talks”", "by": ("A. Analyst", "B: C"), "licence": "CC-BY-4.0"} | given)
    )


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(package(ledger(), about=about(), ledger=LEDGER))


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode())))


def test_it_holds_the_tables_the_ledger_and_three_descriptions(files: dict[str, bytes]) -> None:
    assert tuple(files) == (*TABLES, *(name for name, _ in LEDGER), *OURS)
    assert all(files[name] == content for name, content in LEDGER)


def test_every_forecast_says_what_the_ledger_says(files: dict[str, bytes]) -> None:
    book = ledger()
    told = {int(row["number"]): row for row in rows(files, "forecasts.csv")}
    standing = [s for one in book.questions for s in one.forecasts]
    assert len(told) == len(standing) == 6
    for one in standing:
        row, said = told[one.number], one.forecast
        assert tuple(json.loads(row["probabilities"] or "[]")) == said.probabilities
        assert tuple(map(tuple, json.loads(row["quantiles"] or "[]"))) == said.quantiles
        assert row["as_of"] == said.as_of.isoformat()
        assert row["recorded"].endswith("Z")
        assert row["retrospective"] == str(one.retrospective).lower()
        assert row["seed"] == ("" if said.seed is None else str(said.seed))


def test_nothing_in_a_table_is_taken_for_a_formula(files: dict[str, bytes]) -> None:
    cells = [cell for name in TABLES for row in rows(files, name) for cell in row.values()]
    assert f"'{FORMULA}" in cells
    assert "'@nobody" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r")) or "\n" in cell]
    # A number may begin with a minus; a text may not.
    assert {cell for cell in cells if cell.startswith("-")} == {"-20"}


def test_the_tables_are_utf8_without_a_mark_as_the_standard_asks(files: dict[str, bytes]) -> None:
    assert not any(files[name].startswith(b"\xef\xbb\xbf") for name in TABLES)


def test_the_descriptor_is_a_data_package_of_version_2(files: dict[str, bytes]) -> None:
    found = json.loads(files["datapackage.json"])
    assert found["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert found["licenses"][0]["name"] == "CC-BY-4.0"
    assert found["ledger"]["head"] == f"{ledger().rows}:{ledger().head}"
    names = [resource["name"] for resource in found["resources"]]
    assert len(set(names)) == len(names)
    for resource in found["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789.-_" for c in resource["name"])


def test_the_columns_and_keys_are_those_of_the_files(files: dict[str, bytes]) -> None:
    tables = {r["name"]: r for r in json.loads(files["datapackage.json"])["resources"] if r.get("type") == "table"}
    for name, resource in tables.items():
        schema, held = resource["schema"], rows(files, f"{name}.csv")
        columns = [field["name"] for field in schema["fields"]]
        assert list(held[0]) == columns
        required = [f["name"] for f in schema["fields"] if f.get("constraints", {}).get("required")]
        assert all(row[column] for row in held for column in required)
        for key in schema.get("foreignKeys", ()):
            there = {row[key["reference"]["fields"][0]] for row in rows(files, f"{key['reference']['resource']}.csv")}
            assert {row[key["fields"][0]] for row in held} <= there
        if "primaryKey" in schema:
            assert len({row[schema["primaryKey"][0]] for row in held}) == len(held)


def test_croissant_names_every_file_and_every_column(files: dict[str, bytes]) -> None:
    found = json.loads(files["croissant.json"])
    assert found["dct:conformsTo"] == "http://mlcommons.org/croissant/1.1"
    for needed in ("name", "description", "license", "url", "creator", "datePublished", "version", "citeAs"):
        assert found[needed], needed
    for one in found["distribution"]:
        assert one["sha256"] == hashlib.sha256(files[one["contentUrl"]]).hexdigest()
    assert {one["@id"] for one in found["distribution"]} == set(files) - {"croissant.json", "datapackage.json"}
    ids = {field["@id"] for records in found["recordSet"] for field in records["field"]}
    ids |= {one["@id"] for one in found["distribution"]} | {records["@id"] for records in found["recordSet"]}
    used = {term for records in found["recordSet"] for field in records["field"] for term in field if term[0] != "@"}
    assert used <= set(found["@context"]) | {"name", "description"}
    for records in found["recordSet"]:
        assert [f["source"]["extract"]["column"] for f in records["field"]] == list(
            rows(files, f"{records['@id']}.csv")[0]
        )
        for one in records["field"]:
            assert one["source"]["fileObject"]["@id"] in ids
            assert "references" not in one or one["references"]["field"]["@id"] in ids


def test_the_citation_is_yaml_with_what_it_needs(files: dict[str, bytes]) -> None:
    tree = parse(files["CITATION.cff"])
    assert tree.faults == ()
    keys = {entry.key.text for entry in tree.root.entries}  # type: ignore[union-attr]
    assert {"cff-version", "message", "title", "authors", "type", "version", "date-released", "license"} <= keys


def test_a_name_that_would_break_yaml_is_quoted() -> None:
    hostile = "A: [x]\n- name: B\u2028# \u0085"
    cited = dict(package(ledger(), about=about(by=(hostile,), title=hostile)))["CITATION.cff"]
    assert parse(cited).faults == ()
    assert cited.decode().count("\n  - name:") == 1
    assert cited.isascii()


def test_the_same_ledger_gives_the_same_bytes() -> None:
    assert package(ledger(), about=about(), ledger=LEDGER) == package(ledger(), about=about(), ledger=LEDGER)


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "a\\b", "questions.csv", "Questions.CSV", "croissant.json", "", "."]
)
def test_a_file_that_would_leave_the_package_or_hide_another_is_refused(name: str) -> None:
    with pytest.raises(FormatError, match="cannot lie in a data package"):
        package(ledger(), about=about(), ledger=[(name, b"")])


@pytest.mark.parametrize(
    "given", [{"title": " "}, {"by": ()}, {"by": ("",)}, {"licence": "as you like"}, {"licence": ""}]
)
def test_a_package_says_who_what_and_under_which_licence(given: dict[str, Any]) -> None:
    with pytest.raises(FormatError):
        about(**given)


def test_an_empty_ledger_is_a_package_too() -> None:
    empty = ledger(())
    files = dict(package(empty, about=described(empty, title="None", by=("A",), licence="CC0-1.0")))
    assert files["questions.csv"].count(b"\n") == 1


def test_every_column_is_described() -> None:
    assert [c.name for table in tables_of(ledger()) for c in table.columns if len(c.says) < 4] == []


def test_a_comparison_stands_beside_its_forecast(files: dict[str, bytes]) -> None:
    row = rows(files, "comparisons.csv")[0]
    assert (row["forecast"], row["name"], row["probability"], row["as_of"]) == ("7", "crowd", "0.7", "2026-02-08")
