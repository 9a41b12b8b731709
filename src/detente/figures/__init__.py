"""Which pictures can be made? One module per picture; each takes plain records and returns SVG."""

from detente.figures.agendas import WORDS as STATES
from detente.figures.agendas import AgendaCell, AgendaMatrix, State, agendas
from detente.figures.blockers import Blocker, Blockers, blockers
from detente.figures.cloud import Cloud, Solved, cloud
from detente.figures.coverage import Act, Answer, Coverage, Deters, StatedThreat, coverage
from detente.figures.deals_text import (
    agendas_as_text,
    blockers_as_text,
    cloud_as_text,
    gains_as_text,
    region_as_text,
)
from detente.figures.decision import Decided, Member, decision, share_of
from detente.figures.gains import GainBar, GainGroup, gains
from detente.figures.interval import Interval, span_of, written
from detente.figures.landmarks import IssueLine, Landmark, Level, RedLine, Span, landmarks
from detente.figures.landmarks_text import landmarks_as_text, text_legend
from detente.figures.lenses import Lenses, LensPart, LensRow, lenses
from detente.figures.network import Actor, Network, TableNode, ThreatArrow, TieLine, network
from detente.figures.no_deal_text import coverage_as_text, held_as_text, states_as_text, worlds_as_text
from detente.figures.positions_text import courses_as_text, decision_as_text, lenses_as_text
from detente.figures.region import Region, RegionAxis, region
from detente.figures.rounds import Course, Courses, courses
from detente.figures.states import ArcKind, StateArc, StateGraph, StateNode, states
from detente.figures.svg import NARROW
from detente.figures.worlds import CrisisWorld, CrisisWorlds, Held, Spread, held, worlds

__all__ = [
    "NARROW",
    "STATES",
    "Act",
    "Actor",
    "AgendaCell",
    "AgendaMatrix",
    "Answer",
    "ArcKind",
    "Blocker",
    "Blockers",
    "Cloud",
    "Course",
    "Courses",
    "Coverage",
    "CrisisWorld",
    "CrisisWorlds",
    "Decided",
    "Deters",
    "GainBar",
    "GainGroup",
    "Held",
    "Interval",
    "IssueLine",
    "Landmark",
    "LensPart",
    "LensRow",
    "Lenses",
    "Level",
    "Member",
    "Network",
    "RedLine",
    "Region",
    "RegionAxis",
    "Solved",
    "Span",
    "Spread",
    "State",
    "StateArc",
    "StateGraph",
    "StateNode",
    "StatedThreat",
    "TableNode",
    "ThreatArrow",
    "TieLine",
    "agendas",
    "agendas_as_text",
    "blockers",
    "blockers_as_text",
    "cloud",
    "cloud_as_text",
    "courses",
    "courses_as_text",
    "coverage",
    "coverage_as_text",
    "decision",
    "decision_as_text",
    "gains",
    "gains_as_text",
    "held",
    "held_as_text",
    "landmarks",
    "landmarks_as_text",
    "lenses",
    "lenses_as_text",
    "network",
    "region",
    "region_as_text",
    "share_of",
    "span_of",
    "states",
    "states_as_text",
    "text_legend",
    "worlds",
    "worlds_as_text",
    "written",
]
