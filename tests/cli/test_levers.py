"""`detente levers` and `detente whatif` from the outside: words, a page or data out, and a clear refusal otherwise."""

import json
from pathlib import Path

from tests.cli.samples import SITUATION, refused, run, situation


def test_a_what_if_is_told_and_given_as_data() -> None:
    path, edit = situation(SITUATION), "upper.filling.position=60..90"
    done = run("whatif", path, edit, "--draws", "300", "-o", "whatif.html")
    assert done.exit_code == 0, done.output
    assert "What changes" in done.stdout
    assert Path("whatif.html").exists()
    found = json.loads(run("whatif", path, edit, "--draws", "300", "--json").stdout)
    assert found["schema"] == "detente.whatif/1"
    assert [(a["first"], a["draws"]) for a in found["answers"]] == [(True, 256), (False, 300)]
    assert found["answers"][0]["edited"][0]["after"] == [60.0, 75.0, 90.0]


def test_what_cannot_be_asked_is_refused() -> None:
    path = situation(SITUATION)
    assert "is no answer that could be moved" in refused(2, "levers", path, "--answer", "peace")
    assert "too few" in refused(3, "levers", path, "--draws", "20")
    assert "Its tables" in refused(3, "levers", path, "--table", "nowhere")
    assert "is what the" in refused(2, "levers", path, "-o", path)
    assert "Nothing is edited" in refused(2, "whatif", path)
    assert "is no edit" in refused(2, "whatif", path, "position")
    assert "is not an input" in refused(3, "whatif", path, "moon.size=3")
    assert "Its issues" in refused(3, "whatif", path, "agenda.moon=option")
    assert "Add a table" in refused(3, "whatif", situation("title: The dam\n"), "a.b.position=1")
