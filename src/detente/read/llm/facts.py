"""What did a language model add to a reading, and how much of what it said was turned away?"""

from pydantic import BaseModel, ConfigDict, Field


class ModelFacts(BaseModel):
    """What did a language model add to a reading, and what of its answers was turned away?

    parts, unread, cut  pieces of the text; those without a usable answer; those whose answer broke off
    returned            items in all answers: the sum of the next eight
    verified, repaired  every quote found as it stands; found but for white space and quotation marks
    absent, shifted     rejected: a quote stands nowhere in the text; stands only outside the sentences named for it
    leaked, invalid     rejected: speaks of the example in the prompt; is not of the form that was asked for
    unplaced, repeated  rejected: a sentence that was not given; kept once: the same item again
    agreed, differing   items that the rules found, too; of these with another negation, condition or speaker
    alone               items that nothing but the model found
    dropped             fields that nobody asked for, numbers among them
    tokens              in and out, as the endpoint counts them; None where it does not
    asked               parts that were sent now rather than taken from the cache; not written down
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    prompt: str
    parts: int = 0
    unread: int = 0
    cut: int = 0
    returned: int = 0
    verified: int = 0
    repaired: int = 0
    absent: int = 0
    shifted: int = 0
    leaked: int = 0
    invalid: int = 0
    unplaced: int = 0
    repeated: int = 0
    agreed: int = 0
    differing: int = 0
    alone: int = 0
    dropped: int = 0
    tokens_in: int | None = None
    tokens_out: int | None = None
    asked: int = Field(default=0, exclude=True)
