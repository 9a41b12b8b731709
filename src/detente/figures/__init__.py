"""Which pictures can be made? One module per picture: landmarks, network, coverage; each takes plain records."""

from detente.figures.coverage import Cell, Coverage, coverage
from detente.figures.landmarks import IssueLine, Landmark, Level, RedLine, Span, landmarks
from detente.figures.landmarks_text import landmarks_as_text, text_legend
from detente.figures.network import Actor, Network, TableNode, ThreatArrow, TieLine, network

__all__ = [
    "Actor",
    "Cell",
    "Coverage",
    "IssueLine",
    "Landmark",
    "Level",
    "Network",
    "RedLine",
    "Span",
    "TableNode",
    "ThreatArrow",
    "TieLine",
    "coverage",
    "landmarks",
    "landmarks_as_text",
    "network",
    "text_legend",
]
