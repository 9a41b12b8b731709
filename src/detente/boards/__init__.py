"""The situation as arrays: names become indices here and nowhere else."""

from detente.boards.agendas import LISTED, MODES, Mode, Modes, agenda_modes, box_with_modes, with_modes
from detente.boards.deal_board import Cross, Deals, Rule, Watchers, deals
from detente.boards.drawn import Draws
from detente.boards.move_board import Moves, Option, moves
from detente.boards.position_board import Positions, positions
from detente.boards.ranges import Box, Pins, Ranges, box, ranges
from detente.boards.results import Certificate, Parameter, Plain, plain
from detente.boards.scored import scored
from detente.boards.scoring import Condition
from detente.boards.staged import with_no_deal, with_status_quo

__all__ = [
    "LISTED",
    "MODES",
    "Box",
    "Certificate",
    "Condition",
    "Cross",
    "Deals",
    "Draws",
    "Mode",
    "Modes",
    "Moves",
    "Option",
    "Parameter",
    "Pins",
    "Plain",
    "Positions",
    "Ranges",
    "Rule",
    "Watchers",
    "agenda_modes",
    "box",
    "box_with_modes",
    "deals",
    "moves",
    "plain",
    "positions",
    "ranges",
    "scored",
    "with_modes",
    "with_no_deal",
    "with_status_quo",
]
