"""What was found out about one draw, or about one in which somebody had a seat, before it is put into words."""

from dataclasses import dataclass

from detente.outlook.seat.played import Played
from detente.outlook.story import Alike, Story
from detente.situation.nouns import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything that is said about one draw.

    `story` is what the model does in it; `alike` counts the draws that end so, None where they were not counted.
    `party` had a seat in it and `played` is what came of that, both None where nobody had one.
    """

    situation: Situation
    story: Story
    alike: Alike | None
    seed: int
    version: str
    fingerprint: str
    party: str | None = None
    played: Played | None = None
