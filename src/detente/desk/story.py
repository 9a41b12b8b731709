"""What happens in one draw of the courses, round by round?"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version

from detente.boards.outside.worlds import WORLDS
from detente.brief.document import Brief
from detente.brief.sections.story.page import composed
from detente.brief.story import Told
from detente.desk.asking import table_of
from detente.desk.case import Case
from detente.desk.draws import SEED
from detente.outlook.courses import Question, question
from detente.outlook.courses.question import Choices
from detente.outlook.story import alike, story
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import World

Progress = Callable[[str], None]
SCHEMA = "detente.story/1"
NAMED: tuple[World, ...] = WORLDS
WORLD: World = "drift"
MOST_DRAW = 99_999_999
LOOKED_AT = 512  # draws that are compared with the one that is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which draw is told: its number from 0, in which world, of which table, from which seed.

    Without `supply` no move is proposed that the situation does not name.
    """

    draw: int = 0
    world: World = WORLD
    table: str | None = None
    seed: int = SEED
    supply: bool = True


def ask_story(case: Case, asked: Asked, *, progress: Progress | None = None) -> Told:
    """Tell one draw.

    Raises BoardError where no table can be put on a board, UsageError for a draw or a world that is none.
    """
    say = progress or (lambda _: None)
    say("the draw")
    about = about_of(case, asked)
    found = story(about, asked.draw, world=asked.world)
    say(f"{LOOKED_AT} draws beside it")
    return Told(
        situation=case.situation,
        story=found,
        alike=alike(about, found.end, world=asked.world, draws=LOOKED_AT),
        seed=asked.seed,
        version=version("detente"),
        fingerprint=fingerprint(case.situation),
    )


def about_of(case: Case, asked: Asked) -> Question:
    """Return what is asked of a case.

    Raises BoardError where no table can be put on a board.
    """
    table = table_of(case.situation, asked.table)
    return question(case.situation, table, seed=asked.seed, choices=Choices(supply=asked.supply))


def write(found: Told, texts: tuple[tuple[str, str], ...]) -> Brief:
    """Put the draw into words."""
    return composed(found, texts)


def as_json(found: Told) -> str:
    """Return the draw as data."""
    told, draw = found.story, found.story.draw
    data = {
        "schema": SCHEMA,
        "title": found.situation.title,
        "table": draw.question.setting.table,
        "world": draw.world,
        "draw": draw.draw,
        "seed": found.seed,
        "version": found.version,
        "fingerprint": found.fingerprint,
        "counts": draw.kept,
        "alike": None if found.alike is None else asdict(found.alike),
        "agenda": None if told.mode < 0 else draw.offers[told.mode].agenda,
        "agendas": [_finite(asdict(offer)) for offer in draw.offers],
        "red_lines": [asdict(line) for line in draw.lines],
        "crises": [asdict(one) for one in draw.crises],
        "rounds": [asdict(turn) for turn in told.turns],
    }
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _finite(offer: dict[str, object]) -> dict[str, object]:
    """Say null where somebody never gives way."""
    waits = offer["waits"]
    assert isinstance(waits, tuple)
    return {**offer, "waits": [[party, rounds if rounds < float("inf") else None] for party, rounds in waits]}
