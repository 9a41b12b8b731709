"""Which pictures can be made? One module per picture; each takes plain records and returns SVG."""

from detente.figures.agendas import WORDS as STATES
from detente.figures.agendas import AgendaCell, AgendaMatrix, State, agendas
from detente.figures.blockers import Blocker, Blockers, blockers
from detente.figures.calibration import CalibrationBin, CalibrationPanel, calibration
from detente.figures.classpanel import ClassPanel, ClassPart, ClassRow, class_panel
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
from detente.figures.discrimination import DiscriminationRow, discrimination
from detente.figures.fills import Fill
from detente.figures.flips import Strip, Strips, Turn, flips
from detente.figures.gains import GainBar, GainGroup, gains
from detente.figures.interval import Interval, span_of, written
from detente.figures.landmarks import IssueLine, Landmark, Level, RedLine, Span, landmarks
from detente.figures.landmarks_text import landmarks_as_text, text_legend
from detente.figures.lane import Lane, LaneRow, lane, lane_legend
from detente.figures.lenses import Lenses, LensPart, LensRow, lenses
from detente.figures.levers_text import flips_as_text, tornado_as_text
from detente.figures.network import Actor, Network, TableNode, ThreatArrow, TieLine, network
from detente.figures.no_deal_text import coverage_as_text, held_as_text, states_as_text, worlds_as_text
from detente.figures.outlook_text import class_panel_as_text, round_states_as_text, stacked_as_text
from detente.figures.positions_text import courses_as_text, decision_as_text, lenses_as_text
from detente.figures.record_text import calibration_as_text, discrimination_as_text
from detente.figures.region import Region, RegionAxis, region
from detente.figures.round_states import RoundState, RoundStates, RoundWorld, round_states
from detente.figures.rounds import Course, Courses, courses
from detente.figures.stacked import Stacked, StackedCell, stacked
from detente.figures.states import ArcKind, StateArc, StateGraph, StateNode, states
from detente.figures.svg import NARROW
from detente.figures.tornado import Swing, Swings, tornado
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
    "CalibrationBin",
    "CalibrationPanel",
    "ClassPanel",
    "ClassPart",
    "ClassRow",
    "Cloud",
    "Course",
    "Courses",
    "Coverage",
    "CrisisWorld",
    "CrisisWorlds",
    "Decided",
    "Deters",
    "DiscriminationRow",
    "Fill",
    "GainBar",
    "GainGroup",
    "Held",
    "Interval",
    "IssueLine",
    "Landmark",
    "Lane",
    "LaneRow",
    "LensPart",
    "LensRow",
    "Lenses",
    "Level",
    "Member",
    "Network",
    "RedLine",
    "Region",
    "RegionAxis",
    "RoundState",
    "RoundStates",
    "RoundWorld",
    "Solved",
    "Span",
    "Spread",
    "Stacked",
    "StackedCell",
    "State",
    "StateArc",
    "StateGraph",
    "StateNode",
    "StatedThreat",
    "Strip",
    "Strips",
    "Swing",
    "Swings",
    "TableNode",
    "ThreatArrow",
    "TieLine",
    "Turn",
    "agendas",
    "agendas_as_text",
    "blockers",
    "blockers_as_text",
    "calibration",
    "calibration_as_text",
    "class_panel",
    "class_panel_as_text",
    "cloud",
    "cloud_as_text",
    "courses",
    "courses_as_text",
    "coverage",
    "coverage_as_text",
    "decision",
    "decision_as_text",
    "discrimination",
    "discrimination_as_text",
    "flips",
    "flips_as_text",
    "gains",
    "gains_as_text",
    "held",
    "held_as_text",
    "landmarks",
    "landmarks_as_text",
    "lane",
    "lane_legend",
    "lenses",
    "lenses_as_text",
    "network",
    "region",
    "region_as_text",
    "round_states",
    "round_states_as_text",
    "share_of",
    "span_of",
    "stacked",
    "stacked_as_text",
    "states",
    "states_as_text",
    "text_legend",
    "tornado",
    "tornado_as_text",
    "worlds",
    "worlds_as_text",
    "written",
]
