"""Which of its readings does the spatial model of politics go by?"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias, get_args

from detente.errors import AnalysisError
from detente.search.positions.elections import KINDS, VICTORY, VOTES, Kind, Victory, Vote

Transitions: TypeAlias = Literal["deterministic", "stochastic"]
RiskEstimate: TypeAlias = Literal["no", "one-third", "half", "two-thirds", "full"]
RiskRange: TypeAlias = Literal["min", "mid", "max"]
ThirdParty: TypeAlias = Literal["no", "semi", "full"]
Interpolation: TypeAlias = Literal["s1p1", "s2p2", "s2pmax"]
Bargain: TypeAlias = Literal["init-only", "init-rcvr", "pwcomp"]
ReceiverView: TypeAlias = Literal["gain", "chance"]
CompromiseWeight: TypeAlias = Literal["initiator", "own"]

_ALLOWED: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "victory": VICTORY,
    "vote": VOTES,
    "transitions": get_args(Transitions),
    "risk_estimate": get_args(RiskEstimate),
    "risk_range": get_args(RiskRange),
    "third_party": get_args(ThirdParty),
    "interpolation": get_args(Interpolation),
    "bargain": get_args(Bargain),
    "receiver_view": get_args(ReceiverView),
    "compromise_weight": get_args(CompromiseWeight),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The readings of the model; without any, those that KTAB starts from.

    =================  ==============================================================================================
    kind               which election says how strong a position is, and which bargain of its own a party takes
    victory            how the sizes of two coalitions become the chance to win, in these elections
    vote               how a difference in utility becomes a vote, in these elections and in contests
    transitions        a party takes the bargain with the greatest chance, or one by lot, each with its chance
    risk_estimate      how much of another's attitude to risk a party sees; it takes the rest from its own
    risk_range         attitudes run from 0 to 1, from -1/2 to 1, or from -1 to 1, the weakest party's first
    third_party        what a third party risks in somebody else's contest: see below
    interpolation      how two parties meet between their positions: by salience times chance, by both squared, or by
                       salience squared and what the chance to win exceeds the chance to lose by
    bargain            what is proposed: what the initiator expects, that and what the receiver expects, or one
                       mixture of the two
    receiver_view      by what a receiver expects a meeting place: see below
    compromise_weight  by whose capability the receiver's part of that mixture counts: see below
    =================  ==============================================================================================

    Three readings are the source's where something else might be meant. Under `third_party` a party that commits
    itself on both sides, "full", or on neither, "no", finds both outcomes worth the same, and stays out: the two are
    one. In KTAB's code a receiver's proposal goes by what it expects the initiator to gain, "gain", in the place of
    the initiator's chance, "chance"; and the mixture counts the receiver by the capability of the "initiator", not its
    "own". The words of KTAB's papers are met by the second word of each pair.

    >>> Settings(kind="markov-uniform").vote
    'proportional'
    """

    kind: Kind = "conditional"
    victory: Victory = "linear"
    vote: Vote = "proportional"
    transitions: Transitions = "deterministic"
    risk_estimate: RiskEstimate = "one-third"
    risk_range: RiskRange = "mid"
    third_party: ThirdParty = "semi"
    interpolation: Interpolation = "s2p2"
    bargain: Bargain = "init-only"
    receiver_view: ReceiverView = "gain"
    compromise_weight: CompromiseWeight = "initiator"

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every setting by its name, as in `settings_of`."""
        return tuple((field.name, str(getattr(self, field.name))) for field in fields(self))


def settings_of(pairs: Iterable[tuple[str, str]]) -> Settings:
    """Make settings of names and words, as a file carries them; what is not named stays as the model starts from.

    Raises AnalysisError for a name or a word that is none of the model's.

    >>> settings_of([("victory", "square"), ("risk_range", "max")]).victory
    'square'
    >>> settings_of([("risk_range", "wide")])
    Traceback (most recent call last):
    detente.errors.AnalysisError: 'wide' is no risk_range of the spatial model. Choose one of: min, mid, max.
    >>> settings_of([("colour", "red")])
    Traceback (most recent call last):
    detente.errors.AnalysisError: The spatial model has no setting 'colour'. Its settings: kind, victory, vote, \
transitions, risk_estimate, risk_range, third_party, interpolation, bargain, receiver_view, compromise_weight.
    """
    words = dict(pairs)
    for name, value in words.items():
        _require(name, value)
    return Settings(**words)  # type: ignore[arg-type]


def _require(name: str, value: str) -> None:
    if name not in _ALLOWED:
        raise AnalysisError(f"The spatial model has no setting '{name}'. Its settings: {', '.join(_ALLOWED)}.")
    if value not in _ALLOWED[name]:
        listed = ", ".join(_ALLOWED[name])
        raise AnalysisError(f"'{value}' is no {name} of the spatial model. Choose one of: {listed}.")
