"""Which pictures can be made? One module per picture; each takes plain records and returns SVG."""

from detente.figures.agendas import AgendaCell, AgendaMatrix, agendas
from detente.figures.blockers import Blocker, Blockers, blockers
from detente.figures.cloud import Cloud, Solved, cloud
from detente.figures.coverage import Cell, Coverage, coverage
from detente.figures.gains import GainBar, GainGroup, gains
from detente.figures.landmarks import IssueLine, Landmark, Level, RedLine, Span, landmarks
from detente.figures.landmarks_text import landmarks_as_text, text_legend
from detente.figures.network import Actor, Network, TableNode, ThreatArrow, TieLine, network
from detente.figures.region import Region, RegionAxis, region

__all__ = [
    "Actor",
    "AgendaCell",
    "AgendaMatrix",
    "Blocker",
    "Blockers",
    "Cell",
    "Cloud",
    "Coverage",
    "GainBar",
    "GainGroup",
    "IssueLine",
    "Landmark",
    "Level",
    "Network",
    "RedLine",
    "Region",
    "RegionAxis",
    "Solved",
    "Span",
    "TableNode",
    "ThreatArrow",
    "TieLine",
    "agendas",
    "blockers",
    "cloud",
    "coverage",
    "gains",
    "landmarks",
    "landmarks_as_text",
    "network",
    "region",
    "text_legend",
]
