"""What does a file of actors hold, once it is opened?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from detente.formats.actors import ActorTable
from detente.situation.nouns import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBody:
    """A body as a file holds it: as a situation, and with what a situation has no place for.

    `settings` are those of the bargaining model, by our names; `affinity` says how far the ideal of each member follows
    the position of each, None where the file does not say. `remarks` say what is read in another way than it stands.
    """

    situation: Situation
    table: ActorTable
    settings: tuple[tuple[str, str], ...]
    affinity: Float[np.ndarray, "party party"] | None
    remarks: tuple[str, ...]
    slug: str
