"""What do many courses say together? Counts that may be added to those of other draws, in any grouping.

Every number is a count of the model's draws in a named world: a share of draws, never a probability of an event.
"""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float, Int

from detente.boards.outside.dyads import Dyad
from detente.ensemble import Reservoir
from detente.outlook.courses.result import (
    CALM,
    COLLAPSED,
    ENDS,
    FORCE_STATES,
    MOST_SEATS,
    SETTLED_BY,
    TABLE_STATES,
    WAR,
    Courses,
    Setting,
    of_columns,
)

EVENTS = ("agreement", "concession", "collapse", "force", "war")
WHOLE = 64  # draws that are kept whole
_AGREED, _CONCEDED = SETTLED_BY.index("agreement"), SETTLED_BY.index("concession")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Counts of draws; those that go against stated preferences are left out, world by world.

    ==============  ============================  ===============================================================
    count           world                         draws that count
    state           world round table force       draws in this state of the table and of force after the round
    stage           world mode round table        the same by the agenda agreed on; the last mode: none
    ever            world round event             draws in which one of EVENTS has happened by the end of the round
    ever_in         world mode event              the same by agenda, by the end of the last round
    first           world round dyad              draws in which this dyad used force first, in this round
    end             world dyad end                crises over all rounds by how they ended, an index of ENDS
    several         world dyad                    draws in which the dyad's crisis has several equilibria
    modes           world mode                    draws by the agenda agreed on; the last: none
    settled_in      world mode                    of these, draws with a package in force after the last round
    level           per issue: world mode option  of these, draws by the level agreed
    gained, lost    world mode voice              of these, draws in which it gains, or loses, by the package
    total, square   world mode voice              of these, its gain in basis points, summed, and squared and summed
    blocked         world set                     draws without an agenda by `Courses.blocked_by`
    packages        package issue                 every package that is in force in some draw, ascending
    package_count   package world                 draws in which it is in force after the last round
    ==============  ============================  ===============================================================

    `kept` holds some whole draws, the same ones however the draws are cut up; `whole` puts them together again.
    """

    setting: Setting
    draws: int
    count: Int[np.ndarray, " world"]
    state: Int[np.ndarray, "world round table force"]
    stage: Int[np.ndarray, "world mode round table"]
    ever: Int[np.ndarray, "world round event"]
    ever_in: Int[np.ndarray, "world mode event"]
    first: Int[np.ndarray, "world round dyad"]
    end: Int[np.ndarray, "world dyad end"]
    several: Int[np.ndarray, "world dyad"]
    modes: Int[np.ndarray, "world mode"]
    settled_in: Int[np.ndarray, "world mode"]
    level: tuple[Int[np.ndarray, "world mode _option"], ...]
    gained: Int[np.ndarray, "world mode voice"]
    lost: Int[np.ndarray, "world mode voice"]
    total: Int[np.ndarray, "world mode voice"]
    square: Int[np.ndarray, "world mode voice"]
    blocked: Int[np.ndarray, "world set"]
    packages: Int[np.ndarray, "package issue"]
    package_count: Int[np.ndarray, "package world"]
    kept: Reservoir

    def __add__(self, other: "Sums") -> "Sums":
        """Return the counts over the draws of both."""
        added = {name: getattr(self, name) + getattr(other, name) for name in _COUNTS}
        packages, package_count = _merged((self.packages, self.package_count), (other.packages, other.package_count))
        return replace(
            self,
            draws=self.draws + other.draws,
            level=tuple(a + b for a, b in zip(self.level, other.level, strict=True)),
            packages=packages,
            package_count=package_count,
            kept=self.kept + other.kept,
            **added,
        )

    def top(self, world: int, most: int = 5) -> tuple[tuple[tuple[int, ...], int], ...]:
        """Return the packages in force most often after the last round of one world, and in how many draws."""
        counts = self.package_count[:, world]
        order = np.argsort(-counts, kind="stable")[:most]
        return tuple((tuple(self.packages[k].tolist()), int(counts[k])) for k in order.tolist() if counts[k])

    def whole(self) -> Courses:
        """Return the courses of the draws that are kept."""
        return of_columns(self.setting, self.kept.columns)

    def shares(self) -> Float[np.ndarray, "world round table force"]:
        """Return `state` as shares of the draws that count in each world; 0 where none does."""
        return np.asarray(self.state / np.maximum(1, self.count)[:, None, None, None])


_COUNTS = (
    *("count", "state", "stage", "ever", "ever_in", "first", "end", "several", "modes", "settled_in"),
    *("gained", "lost", "total", "square", "blocked"),
)


KINDS = (Sums, Reservoir, Setting, Dyad)  # what sums are made of, for whoever keeps them


def summed(courses: Courses, *, seed: int) -> Sums:
    """Count the courses of one chunk."""
    setting, kept = courses.setting, courses.kept
    modes, last = len(setting.modes) + 1, -1
    agreed = np.where(courses.mode < 0, modes - 1, courses.mode)  # the last: none
    by_mode = _one_hot(agreed, modes) & kept[..., None]
    in_force = courses.settled_by[..., last] == _AGREED
    settled = by_mode & in_force[..., None]
    ever = _ever(courses)
    packages, package_count = _packages(courses, kept & in_force)
    return Sums(
        setting=setting,
        draws=courses.draws,
        count=kept.sum(axis=1),
        state=_states(courses),
        stage=_stages(courses, agreed, modes),
        ever=(ever & kept[:, :, None, None]).sum(axis=1),
        ever_in=_per_mode(by_mode, ever[:, :, last]),
        first=_first_force(courses),
        end=_ends(courses),
        several=((courses.equilibria > 1) & kept[..., None]).sum(axis=1),
        modes=by_mode.sum(axis=1),
        settled_in=settled.sum(axis=1),
        level=tuple(
            _per_mode(settled, _one_hot(courses.package[..., i], at.size)) for i, at in enumerate(setting.levels)
        ),
        gained=_per_mode(settled, courses.gain > 0),
        lost=_per_mode(settled, courses.gain < 0),
        total=_per_mode(settled, courses.gain),
        square=_per_mode(settled, courses.gain.astype(np.int64) ** 2),
        blocked=_blocked(courses),
        packages=packages,
        package_count=package_count,
        kept=Reservoir.of(courses.columns(), first=int(courses.number[0]), seed=seed, most=WHOLE),
    )


def _one_hot(index: Int[np.ndarray, "*at"], size: int) -> Bool[np.ndarray, "*at _size"]:
    return np.asarray(index[..., None] == np.arange(size))


def _per_mode(
    by_mode: Bool[np.ndarray, "world draw mode"], value: Int[np.ndarray, "world draw what"] | Bool[np.ndarray, "..."]
) -> Int[np.ndarray, "world mode what"]:
    """Add up a value over the draws of each agenda."""
    found = np.zeros((by_mode.shape[0], by_mode.shape[2], value.shape[2]), dtype=np.int64)
    for w, m in np.ndindex(*found.shape[:2]):
        found[w, m] = value[w, by_mode[w, :, m]].sum(axis=0)
    return found


def _states(courses: Courses) -> Int[np.ndarray, "world round table force"]:
    both = courses.table.astype(np.int64) * len(FORCE_STATES) + courses.force
    found = _counted(both, courses.kept, len(TABLE_STATES) * len(FORCE_STATES))
    return found.reshape(*found.shape[:2], len(TABLE_STATES), len(FORCE_STATES))


def _stages(courses: Courses, agreed: Int[np.ndarray, "world draw"], modes: int) -> np.ndarray:
    both = courses.table.astype(np.int64) + len(TABLE_STATES) * agreed.astype(np.int64)[..., None]
    found = _counted(both, courses.kept, len(TABLE_STATES) * modes)
    return found.reshape(*found.shape[:2], modes, len(TABLE_STATES)).swapaxes(1, 2)


def _counted(
    index: Int[np.ndarray, "world draw round"], kept: Bool[np.ndarray, "world draw"], size: int
) -> Int[np.ndarray, "world round _size"]:
    worlds, _, rounds = index.shape
    found = np.zeros((worlds, rounds, size), dtype=np.int64)
    for w, t in np.ndindex(worlds, rounds):
        found[w, t] = np.bincount(index[w, kept[w], t], minlength=size)
    return found


def _ever(courses: Courses) -> Bool[np.ndarray, "world draw round event"]:
    now = (
        courses.settled_by == _AGREED,
        courses.settled_by == _CONCEDED,
        courses.table == COLLAPSED,
        courses.force != CALM,
        courses.force == WAR,
    )
    return np.logical_or.accumulate(np.stack(now, axis=-1), axis=2)


def _first_force(courses: Courses) -> Int[np.ndarray, "world round dyad"]:
    worlds, _, rounds = courses.force.shape
    forced = courses.force != CALM
    begun, at = forced.any(axis=2) & courses.kept, forced.argmax(axis=2)
    found = np.zeros((worlds, rounds, len(courses.setting.dyads)), dtype=np.int64)
    for w in range(worlds):
        np.add.at(found[w], (at[w, begun[w]], courses.initiator[w, begun[w]]), 1)
    return found


def _ends(courses: Courses) -> Int[np.ndarray, "world dyad end"]:
    counted = np.where(courses.kept[:, :, None, None], courses.end, -1)
    return np.stack([(counted == end).sum(axis=(1, 2)) for end in range(len(ENDS))], axis=-1)


def _blocked(courses: Courses) -> Int[np.ndarray, "world set"]:
    none = courses.kept & (courses.mode < 0)
    size = 1 << min(len(courses.setting.parties), MOST_SEATS)
    return np.stack([np.bincount(m[k], minlength=size) for m, k in zip(courses.blocked_by, none, strict=True)])


def _packages(courses: Courses, counts: Bool[np.ndarray, "world draw"]) -> tuple[np.ndarray, np.ndarray]:
    worlds, _, issues = courses.package.shape
    found = (np.zeros((0, issues), dtype=np.int16), np.zeros((0, worlds), dtype=np.int64))
    for w in range(worlds):
        unique, times = np.unique(courses.package[w, counts[w]], axis=0, return_counts=True)
        column = np.zeros((len(unique), worlds), dtype=np.int64)
        column[:, w] = times
        found = _merged(found, (unique, column))
    return found


def _merged(one: tuple[np.ndarray, np.ndarray], other: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Join two lists of packages, adding up what stands in both."""
    rows, back = np.unique(np.concatenate([one[0], other[0]]), axis=0, return_inverse=True)
    counts = np.zeros((len(rows), one[1].shape[1]), dtype=np.int64)
    np.add.at(counts, back.reshape(-1), np.concatenate([one[1], other[1]]))
    return rows, counts
