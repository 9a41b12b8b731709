"""Reports on one invented dispute, day by day, and what reads and keeps them."""

import functools
from pathlib import Path

from tests.cli.samples import ARTICLE

from detente.desk.over_time import Added, into
from detente.desk.read import read
from detente.read.items import Reading

FIRST = f"Published: 2 March 2026\n\n{ARTICLE}"
LATER = """Published: 12 March 2026

Kyrgyzstan ready to discuss water

Kyrgyzstan is ready to discuss water releases with Uzbekistan, Foreign Minister Azamat Toktorov said on Wednesday.

Kazakhstan threatened to impose sanctions on Uzbekistan if it closed the border. Kyrgyzstan struck an Uzbek pumping \
station. The talks in Astana collapsed on Tuesday.
"""
CALMER = """Published: 20 March 2026

Kyrgyzstan steps back

Kyrgyzstan withdrew its threat to strike pumping stations in Uzbekistan. Kazakhstan and Turkmenistan opened talks in \
Ashgabat on Thursday.
"""


@functools.cache
def readings_of(text: str, name: str) -> tuple[Reading, ...]:
    """What is read in a file of this name, which is here; read once for all tests, for that takes a second."""
    return read(Path(name))


def added(text: str, *, name: str = "dam.txt", folder: str = "harbour") -> Added:
    """Read a text into a dossier here, from a file of this name."""
    file = Path(name)
    file.write_text(text, encoding="utf-8")
    return into(Path(folder), readings_of(text, name), file)
