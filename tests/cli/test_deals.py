"""`detente deals` from the outside: a case in, words, a page or data out, and a clear refusal otherwise."""

import json
from pathlib import Path

from tests.cli.samples import SITUATION, refused, run, situation


def test_deals_are_told_and_written_as_a_page() -> None:
    done = run("deals", situation(SITUATION), "--draws", "16", "-o", "deals.html")
    assert done.exit_code == 0, done.output
    assert "Which deals there are" in done.stdout
    assert done.stdout.splitlines()[-1] == "Page: deals.html"
    page = Path("deals.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "http-equiv" in page


def test_deals_as_data() -> None:
    done = run("deals", situation(SITUATION), "--draws", "16", "--json")
    found = json.loads(done.stdout)
    assert found["schema"] == "detente.deals/1"
    assert found["draws"] == 16


def test_what_is_no_case_no_table_or_no_agenda_is_refused() -> None:
    path = situation(SITUATION)
    Path("article.txt").write_text("Nothing.", encoding="utf-8")
    assert "is no case" in refused(2, "deals", "article.txt")
    assert "does not exist" in refused(3, "deals", "nowhere")
    assert "Its tables" in refused(3, "deals", path, "--table", "nowhere")
    assert "Write ISSUE=MODE" in refused(3, "deals", path, "--agenda", "nothing")
    assert "Its issues" in refused(3, "deals", path, "--agenda", "moon=option")
    assert "has a second '='" in refused(3, "deals", path, "--agenda", "filling=in=option")
    assert "Write filling=option." in refused(3, "deals", path, "--agenda", "FILLING=option")
    assert "is what the" in refused(2, "deals", path, "-o", path)


def test_a_case_with_only_a_title_is_told_what_it_needs() -> None:
    said = refused(3, "deals", situation("title: The dam\n"))
    assert "Add a table with the parties whose consent it takes" in said
