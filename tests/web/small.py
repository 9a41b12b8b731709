"""A small dossier, in which most is left open and everything is asked quickly."""

from pathlib import Path

from detente import dossier

FEW = """
title: Dam
author: A. Coder
parties:
  karun: {name: Karun}
  zohre: {name: Zohre}
  upland: {name: Upland}
issues:
  dam: {name: the dam, status_quo: 0}
  power: {name: power, status_quo: 0}
stances:
  karun: {dam: {position: [60, 80, 100], salience: [40, 60, 80]}}
  zohre: {dam: {position: [0, 0, 20], salience: [40, 60, 80]}, power: {position: 100, salience: [20, 50, 90]}}
tables:
  talks: {name: talks of both, consent: [karun, zohre], agenda: {dam: in, power: option}}
demands:
  upland-dam: {by: upland, table: talks, issue: dam}
"""


def small(place: Path) -> Path:
    """Make the dossier in a place."""
    folder = place / "dam"
    folder.mkdir()
    (folder / "situation.yaml").write_text(FEW)
    dossier.adopt(folder)
    return folder
