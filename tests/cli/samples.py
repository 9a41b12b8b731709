"""What the tests of the command line read: an invented report on a dam, and a small situation to spoil."""

import zipfile
from io import BytesIO
from pathlib import Path

from click.testing import CliRunner, Result

from detente.cli import main

ARTICLE = """Dam talks resume in Astana as Uzbekistan presses Kyrgyzstan

Uzbekistan and Kyrgyzstan held indirect talks in Astana on Tuesday about the new dam on the Naryn. Kazakhstan mediated \
between the two delegations.

Uzbekistan demanded that Kyrgyzstan release more water from the dam in the summer. Kyrgyzstan refused to discuss water \
releases and said that the reservoir would be filled by autumn. Kyrgyz Foreign Minister Azamat Toktorov warned that \
Kyrgyzstan would strike Uzbek pumping stations if Uzbekistan closed the border.

Russia, which backs Kyrgyzstan, said that it would send engineers to the dam. Uzbekistan deployed troops near the \
border on Sunday, and Kyrgyz guards shot down an Uzbek drone over the valley. The two sides will meet again in Astana \
next month, officials said.
"""
SITUATION = """title: The dam
author: {by: A. Reader, date: 2026-01-01}
parties:
  upper: {name: Upper state}
  lower: {name: Lower state}
issues:
  filling: {name: Filling, status_quo: 0}
  water: {name: Water, status_quo: 50}
stances:
  upper:
    filling: {position: 80, salience: [10, 50, 90]}
    water: {position: 0, salience: 50}
  lower:
    filling: {position: 0, salience: 50, red_line: {at_most: 40, hardness: [0, 0.5, 1]}}
    water: {position: 100, salience: 50}
tables:
  talks: {name: Talks, consent: [upper, lower], agenda: {filling: in, water: option}}
"""
FRENCH = "Les deux États ont repris les pourparlers sur le barrage, et les ministres ne se sont pas mis d'accord. " * 3
GERMAN = "Die beiden Staaten haben die Gespräche über den Damm wieder aufgenommen, und es wird nicht leicht sein. " * 3
RUSSIAN = "Две страны возобновили переговоры о плотине, и министры пока не договорились о воде. " * 3
ARABIC = "استأنفت الدولتان المحادثات حول السد ولم يتفق الوزراء بعد على المياه. " * 3


def run(*arguments: str | Path, given: bytes | None = None) -> Result:
    """Run `detente` here; whatever it does not foresee is raised, and fails the test."""
    return CliRunner().invoke(main, [str(a) for a in arguments], input=given, catch_exceptions=False)


def contents(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder, so that nothing can appear or change unseen."""
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


def refused(code: int, *arguments: str | Path, given: bytes | None = None) -> str:
    """Run what must be refused, and return its one message; nothing below the working folder may change."""
    before = contents(Path.cwd())
    done = run(*arguments, given=given)
    assert done.exit_code == code, done.output
    assert done.stdout == ""
    assert done.stderr.startswith("detente: ")
    assert done.stderr.count("detente: ") == 1
    assert contents(Path.cwd()) == before
    return done.stderr


def spoiled(old: str, new: str) -> str:
    """The small situation with one thing changed."""
    assert old in SITUATION
    return SITUATION.replace(old, new, 1)


def situation(text: str, name: str = "dam.yaml") -> Path:
    """A situation file in the working folder."""
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def archive() -> bytes:
    """A ZIP archive with a text inside."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        file.writestr("article.txt", ARTICLE)
    return written.getvalue()
