"""What happened in every draw, one row each: the inputs that were drawn, and what came of them in every world?"""

import numpy as np

from detente.boards.drawn import Draws
from detente.outlook.courses.result import Courses


def rows_of(courses: Courses, draws: Draws) -> dict[str, np.ndarray]:
    """Return the columns of a chunk: inputs by path, then for every world what `Courses` says of its end.

    ==================  ====================================================================
    PATH                the value of an input
    mode.WORLD          agenda agreed on, an index of `Setting.modes`; -1: none
    package.WORLD.ISSUE  option index of the deal on that agenda; -1: none
    gain.WORLD.VOICE    what it gains, beyond no deal, basis points
    table.WORLD         state of the table after the last round, an index of TABLE_STATES
    force.WORLD         the most force there was in any round, an index of FORCE_STATES
    initiator.WORLD     index of the dyad that used force first; -1: nobody did
    counts.WORLD        the draw agrees with what parties are said to prefer
    ==================  ====================================================================
    """
    setting = courses.setting
    columns: dict[str, np.ndarray] = {path: np.asarray(column) for path, column in draws.items()}
    for w, world in enumerate(setting.worlds):
        columns[f"mode.{world}"] = courses.mode[w]
        columns |= {f"package.{world}.{issue}": courses.package[w, :, i] for i, issue in enumerate(setting.issues)}
        columns |= {f"gain.{world}.{voice}": courses.gain[w, :, v] for v, voice in enumerate(setting.voices)}
        columns[f"table.{world}"] = courses.table[w, :, -1]
        columns[f"force.{world}"] = courses.force[w].max(axis=-1)
        columns[f"initiator.{world}"] = courses.initiator[w]
        columns[f"counts.{world}"] = courses.kept[w].astype(np.int8)
    return columns
