"""The picture in the README is the one the example gives today."""

from pathlib import Path

from detente.brief.answers import View
from detente.brief.figures import wants_figure
from detente.brief.register import Register
from detente.situation.store import load

ROOT = Path(__file__).resolve().parents[1]


def picture() -> str:
    """Draw who wants what in the example, on the two issues that the README speaks of."""
    situation = load(ROOT / "examples" / "us-iran-2026" / "situation.yaml")
    issues = tuple(situation.issue(i) for i in ("enrichment", "missiles"))
    situation = situation.model_copy(update={"issues": issues})
    return wants_figure(View(situation, None), Register())[0].svg + "\n"


def test_the_picture_in_the_readme_is_drawn_from_the_example() -> None:
    kept = ROOT / "docs" / "img" / "wants.svg"
    assert kept.read_text(encoding="utf-8") == picture(), "draw it anew: python tests/test_readme.py"


if __name__ == "__main__":
    (ROOT / "docs" / "img" / "wants.svg").write_text(picture(), encoding="utf-8")
