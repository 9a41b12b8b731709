"""Which pictures show the courses? The counts, handed to the figures with their tables."""

from collections.abc import Iterable

from detente import figures as draw
from detente.brief.document import Figure, Grid
from detente.brief.sections.outlook.telling import Telling, named
from detente.brief.words import capital, listed
from detente.outlook.courses import EVENTS, FORCE_STATES, TABLE_STATES

# From the foot of a column up: what is settled, what is open, what is lost.
TABLE: tuple[tuple[str, str, draw.Fill], ...] = (
    ("full", "full settlement", "settled"),
    ("partial", "partial settlement", "partly"),
    ("talks", "talks go on", "open"),
    ("none", "no talks", "empty"),
    ("collapsed", "talks broken off", "failed"),
)
FORCE: tuple[tuple[str, str, draw.Fill], ...] = (
    ("war", "war", "struck"),
    ("limited", "limited force", "hit"),
)
HOW = "the state of the table and of force after each round, counted over the draws"
MEANS = "Full: every contested issue is moved from where it stands; partial: only some, or one side has given in."


def states(told: Telling, worlds: Iterable[int]) -> tuple[Figure, ...]:
    """Draw the states of the table and of force over the rounds, one panel for each world."""
    sums, shown = told.found.sums, [w for w in worlds if told.found.sums.count[w]]
    if not shown:
        return ()
    shares = sums.shares()
    panels = []
    for w in shown:
        table = shares[w].sum(axis=2)[:, [TABLE_STATES.index(state) for state, _, _ in TABLE]]
        force = shares[w].sum(axis=1)[:, [FORCE_STATES.index(state) for state, _, _ in FORCE]]
        ever = int(sums.ever[w, -1, EVENTS.index("force")])
        used = f"force at some time in {draw.share_of(ever / int(sums.count[w]))}" if ever else "force in none"
        panels.append(
            draw.RoundWorld(
                told.worlds[w],
                tuple(map(tuple, table.tolist())),
                tuple(map(tuple, force.tolist())),
                f"{int(sums.count[w]):,} draws; {used}",
            )
        )
    data = draw.RoundStates(_named(TABLE), _named(FORCE), tuple(panels))
    several = "each world" if len(shown) == len(told.worlds) > 1 else _worlds([panel.name for panel in panels])
    title = f"What stands at the table round by round, in {several}"
    id_ = "states-" + "-".join(panel.name for panel in panels)
    svg = draw.round_states(data, id=f"fig-{id_}", title=title, desc=MEANS)
    svg += draw.round_states(data, id=f"fig-{id_}-narrow", title=title, desc=MEANS, width=draw.NARROW)
    caption = told.share(f"{title}: shares of the model's draws. {MEANS} Rounds have no dates.", HOW)
    return (Figure(id_, svg, caption, _grid(data, title, told), draw.round_states_as_text(data)),)


def _worlds(names: list[str]) -> str:
    return f"the {'worlds' if len(names) > 1 else 'world'} {listed(named(name) for name in names)}"


def _named(states: tuple[tuple[str, str, draw.Fill], ...]) -> tuple[draw.RoundState, ...]:
    return tuple(draw.RoundState(words, fill) for _, words, fill in states)


def _grid(data: draw.RoundStates, title: str, told: Telling) -> Grid:
    rows = []
    for world in data.worlds:
        marks = sorted({0, (len(world.table) + 1) // 2 - 1, len(world.table) - 1})
        for part, shares in ((data.table, world.table), (data.force, world.force)):
            for k, state in enumerate(part):
                if any(row[k] for row in shares):
                    cells = (draw.share_of(shares[mark][k]) for mark in marks)
                    rows.append(told.row(f"{capital(world.name)}: {state.name}", cells, HOW))
    last = len(data.worlds[0].table)
    heads = ("state", "round 1", f"round {(last + 1) // 2}", f"round {last}")
    return Grid(told.say(f"{title}: shares of the model's draws.", HOW), heads[: len(rows[0])], tuple(rows))
