"""A brief in every form, as bytes for whoever serves it and as files for whoever keeps it."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from tests.cli.samples import SITUATION

from detente.desk import brief, brief_out
from detente.desk.brief import Brief, Form
from detente.desk.case import open_case
from detente.errors import UsageError
from detente.formats.page_pdf import browser


@pytest.fixture(scope="module")
def dam(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    file = tmp_path_factory.mktemp("case") / "dam.yaml"
    file.write_text(SITUATION, encoding="utf-8")
    return brief.write(open_case(file), draws=16)


def test_each_form_says_what_it_is(dam: Brief) -> None:
    forms: tuple[Form, ...] = ("html", "docx", "json", "pictures")
    made = {form: brief_out.exported(dam, form) for form in forms}
    assert made["html"].content.startswith(b"<!doctype html>")
    assert json.loads(made["json"].content)["title"] == "The dam"
    assert {one.content[:2] for form, one in made.items() if form in ("docx", "pictures")} == {b"PK"}
    assert sorted(one.ending for one in made.values()) == [".docx", ".html", ".json", ".zip"]
    assert made == {form: brief_out.exported(dam, form) for form in made}, "the same bytes again"


def test_packed_pictures_and_those_in_a_folder_are_the_same(dam: Brief) -> None:
    with zipfile.ZipFile(io.BytesIO(brief_out.exported(dam, "pictures").content)) as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    written = brief_out.save(dam, Path("pictures"), "pictures")
    assert {path.name: path.read_bytes() for path in written} == inside
    assert len(inside) >= 4
    brief_out.save(dam, Path("pictures"), "pictures")
    assert len(list(Path("pictures").iterdir())) == len(inside), "written again, nothing is left beside"


def test_what_cannot_be_printed_is_said_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    others: tuple[Form, ...] = ("html", "docx", "pictures", "json")
    for form in others:
        brief_out.require(form)
    with pytest.raises(UsageError, match="Install Chromium"):
        brief_out.require("pdf")


@pytest.mark.slow
def test_fillings_with_patterns_do_not_swell_the_pdf(dam: Brief) -> None:
    try:
        browser()
    except UsageError as why:
        pytest.skip(str(why))
    assert len(brief_out.exported(dam, "pdf").content) < 1_500_000
