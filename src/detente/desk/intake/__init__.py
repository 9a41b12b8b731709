"""Read documents into a dossier beside the program that shows it: in a process that can be ended, one after the other.

What is sent in comes from strangers. It is taken apart and read by a process with limits on time and memory, which also
drafts the situation anew; whoever sent it in sees how far it is. Nothing here loads the reader into the process that
asks.
"""

from detente.desk.intake.line import LIMIT, MOST_WAITING, Intake, Task
from detente.desk.intake.orders import Came, CatchUp, Order, ReadHere, Since, Upload

__all__ = [
    "LIMIT",
    "MOST_WAITING",
    "Came",
    "CatchUp",
    "Intake",
    "Order",
    "ReadHere",
    "Since",
    "Task",
    "Upload",
]
