"""How do tables of scores come in from other programs, and how do they go out again?

Every format is read into a `ScoreTable` and written from one; `situation_of` turns it into a situation, and `tabled`
makes one of a table of a situation. Nothing here touches the disk: a file is its name and its bytes.

>>> from detente.formats import scorable
>>> given = Source("harbour.csv", b"issue,option,Norland,Sudmark\\ntolls,halved,40,-10\\n,abolished,60,-30\\n")
>>> table = scorable.read([given])
>>> situation_of(table).issue("tolls").options
(0.0, 1.0)
"""

from detente.formats.exported import Tabled, tabled
from detente.formats.imported import situation_of
from detente.formats.score_table import Matter, ScoreTable, Source

__all__ = ["Matter", "ScoreTable", "Source", "Tabled", "situation_of", "tabled"]
