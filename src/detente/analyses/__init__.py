"""One question, one file; `CATALOGUE` lists them with their sources and the laws they claim."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

LAWS = {
    "relabelling": "renaming and reordering the parties renames and reorders the answer, and changes nothing else",
    "rescaling": "multiplying an issue's scale and all that stands on it changes no share, choice or verdict",
    "draws": "an ensemble of one draw gives the answer of that one case",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One analysis: what it asks, after whom, and which of the `LAWS` it claims.

    `exempt` gives a reason for each law that is not claimed.
    """

    name: str
    question: str
    source: str
    laws: tuple[str, ...]
    exempt: tuple[tuple[str, str], ...] = ()

    @property
    def ask(self) -> Callable[..., object]:
        """The function, which has the name of its module; loaded here, so that one analysis does not load them all."""
        found: Callable[..., object] = getattr(import_module(f"{__name__}.{self.name}"), self.name)
        return found


CATALOGUE: tuple[Record, ...] = (
    Record(
        name="agenda",
        question="What does widening the agenda do to the deal, issue by issue and together, and to whom?",
        source="Sebenius 1983; Tollison and Willett 1979",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="ally_weight",
        question="How much weight would the principal have to give its ally before the deal is another one?",
        source="Bernheim and Whinston 1986; Grossman and Helpman 1994",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "it sweeps one input exactly, in one case"),),
    ),
    Record(
        name="alternating_offers",
        question=(
            "How is something divided between two sides that take turns with offers and differ in how long "
            "they can wait?"
        ),
        source="Rubinstein 1982; Binmore, Rubinstein and Wolinsky 1986; Stahl 1972; Schelling 1960; Tarar 2001",
        laws=("relabelling", "draws"),
        exempt=(("rescaling", "its board has no issue scale"),),
    ),
    Record(
        name="arms_race",
        question="Does an arms race come to rest, and where, when each side answers the other and tires of its own?",
        source="Richardson 1960",
        laws=("relabelling", "draws"),
        exempt=(("rescaling", "its board has no issue scale"),),
    ),
    Record(
        name="bargaining_range",
        question=(
            "Which divisions do both sides prefer to war, and how much risk of war does the one that makes "
            "the offer run?"
        ),
        source="Fearon 1995",
        laws=("draws",),
        exempt=(
            ("relabelling", "its first party makes the offer: the order is a role"),
            ("rescaling", "its board has no issue scale"),
        ),
    ),
    Record(
        name="baselines",
        question=(
            "What would somebody say who knows nothing of who wants what: the middle, no change, or what is usual "
            "elsewhere?"
        ),
        source="Murphy 1973; Arregui and Perarnaud 2021",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="blocked",
        question="Why is there no deal on this agenda, and what is the smallest change that opens one?",
        source="Sebenius 1983; Berge 1989; Chinneck 2008",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "what stands against a package is told for one case at a time"),),
    ),
    Record(
        name="challenge",
        question=(
            "Who challenges whom inside a body that decides, who gives way, and where does that leave the decision?"
        ),
        source="Bueno de Mesquita 1994; Scholz, Calbert and Smith 2011; Masad 2014",
        laws=("rescaling", "draws"),
        exempt=(
            ("relabelling", "of two offers equally near the one listed first is taken, as in the code it reproduces"),
        ),
    ),
    Record(
        name="coalition",
        question="Which states do players leave together, who gains by it, and who stands in the way?",
        source="Kilgour, Hipel, Fang and Peng 2001; Inohara and Hipel 2008",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "it is told for one case at a time"),),
    ),
    Record(
        name="compromise",
        question="Where does the weight lie, issue by issue, inside a body that decides?",
        source="Van den Bos 1991; Achen 2006",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="condorcet_election",
        question=(
            "How probably would each option come out on top in a body that decides, if every two met in an uncertain "
            "vote?"
        ),
        source="KAPSARC 2019",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="coverage",
        question="Which actions do the threats answer, and which do they leave open?",
        source="Schelling 1966",
        laws=("relabelling",),
        exempt=(("rescaling", "its board has no scale"), ("draws", "its board has no numbers")),
    ),
    Record(
        name="crisis",
        question="Where does a threat lead when neither side knows how much the other minds a war?",
        source="Lewis and Schultz 2003; Jo 2011; Crisman-Cox and Gibilisco 2021",
        laws=("relabelling", "draws"),
        exempt=(("rescaling", "its board has no issue scale"),),
    ),
    Record(
        name="double_auction",
        question="How many deals that both would gain by fail, when each side alone knows what one is worth to it?",
        source="Chatterjee and Samuelson 1983; Myerson and Satterthwaite 1983",
        laws=("draws",),
        exempt=(
            ("relabelling", "its first party asks and its second grants: the order is a role"),
            ("rescaling", "its board has no issue scale"),
        ),
    ),
    Record(
        name="exchange",
        question=(
            "Which trades across issues would members of a deciding body make, where does that take it, and at whose "
            "cost?"
        ),
        source="Stokman and Van Oosten 1994; Van Assen, Stokman and Van Oosten 2003",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="excitation",
        question="How far does one incident lead to the next, and how much tension is left of those that were?",
        source="Hawkes 1971; Ogata 1981",
        laws=("draws",),
        exempt=(
            ("relabelling", "its board has events, not parties"),
            ("rescaling", "its board has no issue scale"),
        ),
    ),
    Record(
        name="inverse",
        question="Which preferences of a player would make a state hold, and what is the smallest change that does?",
        source="Sakakibara, Okada and Nakase 2002; Kinsara, Kilgour and Hipel 2015",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "it is told for one case at a time"),),
    ),
    Record(
        name="likely",
        question="Which packages would come about if each party accepted the more readily the more it gains?",
        source="Luce 1959; Abdelnabi 2023",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="linked",
        question="What is agreed at tables that bind one another, when each foresees what its deal leads to elsewhere?",
        source="Putnam 1988; Nash 1950; Selten 1965",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="median",
        question="Which position is beaten by no other, when everybody in a body votes for what is nearer to it?",
        source="Black 1948",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="mediator",
        question=(
            "How far must a mediator lean to a side before that side can believe its advice to hold out, or to concede?"
        ),
        source="Kydd 2003; Fey and Ramsay 2010",
        laws=("draws",),
        exempt=(
            ("relabelling", "one party mediates and the other is advised: the order is a role"),
            ("rescaling", "its board has no issue scale"),
        ),
    ),
    Record(
        name="motive",
        question="Does a party that presses a condition seek a better deal, or no deal?",
        source="Iklé 1964; Stedman 1997; Sebenius 1983",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "it sweeps what is not known of the presser, which takes the place of draws"),),
    ),
    Record(
        name="nash_in_nash",
        question="What does each partner of a hub get, when the hub bargains with all of them at once?",
        source="Horn and Wolinsky 1988; Collard-Wexler, Gowrisankaran and Lee 2019; Stole and Zwiebel 1996",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "its board is one case in exact fractions"),),
    ),
    Record(
        name="packages",
        question="What deals does this agenda allow, and which would the Nash product choose?",
        source="Nash 1950; Kalai and Smorodinsky 1975; Kalai 1977",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="paths",
        question="How does the conflict get from today's state to one that holds, who moves when, "
        "and from where is there no way back?",
        source="Li, Kilgour and Hipel 2005",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "it is told for one case at a time"),),
    ),
    Record(
        name="precision",
        question="How precisely do players choose who were seen to choose so often this and so often that?",
        source="McKelvey and Palfrey 1995",
        laws=("relabelling",),
        exempt=(("rescaling", "its board has no issue scale"), ("draws", "counts belong to one game")),
    ),
    Record(
        name="prevails",
        question="Where may the decision of a body lie, and how surely, as well as past decisions let it be said?",
        source="KAPSARC 2019; Arregui and Perarnaud 2021",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="preventive_war",
        question="Has a side that grows weaker reason to fight now, whatever it is offered today?",
        source="Fearon 1995; Powell 2006",
        laws=("draws",),
        exempt=(
            ("relabelling", "its first party is the one that may fight: the order is a role"),
            ("rescaling", "its board has no issue scale"),
        ),
    ),
    Record(
        name="quantal",
        question=(
            "How does a crisis go if everybody chooses the better the more often, and where would it end if "
            "nobody ever erred?"
        ),
        source="McKelvey and Palfrey 1995, 1998; Signorino 1999; Selten 1965",
        laws=("relabelling", "draws"),
        exempt=(("rescaling", "its board has no issue scale"),),
    ),
    Record(
        name="reciprocity",
        question=("Does each side do to the other what was done to it, and does that help to tell what comes next?"),
        source="Goldstein and Freeman 1990; Granger 1969; Brandt, Colaresi and Freeman 2008",
        laws=("relabelling",),
        exempt=(
            ("rescaling", "its board has no issue scale"),
            ("draws", "its board has weeks that were observed, not draws of inputs"),
        ),
    ),
    Record(
        name="robust",
        question="What stands over all draws of the inputs: is there a deal, who blocks, which package holds up?",
        source="Rosenhead, Elton and Gupta 1972; Reiter 1987",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="signalling_fit",
        question=(
            "How likely are past threats and their ends if each was a crisis whose sides knew only their own resolve?"
        ),
        source="Lewis and Schultz 2003; Crisman-Cox and Gibilisco 2021",
        laws=(),
        exempt=(
            ("relabelling", "its board has cases, not parties"),
            ("rescaling", "its board has no issue scale"),
            ("draws", "its board has cases, not draws of inputs"),
        ),
    ),
    Record(
        name="spatial_bargaining",
        question="Who presses whom towards what inside a body that decides, round by round, and where does it rest?",
        source="KAPSARC 2019",
        laws=("rescaling", "draws"),
        exempt=(("relabelling", "ties, and positions that count as one, go by the order of the parties, as in KTAB"),),
    ),
    Record(
        name="stability",
        question="Which states hold, for whom, and what answers every attempt to leave them?",
        source="Fang, Hipel and Kilgour 1993; Howard 1971; Fraser and Hipel 1979",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="steady",
        question="Which states hold whatever the preferences are within their ranges, and which "
        "comparison decides where they do not?",
        source="Fang, Hipel and Kilgour 1993; Moore 1966; Sakakibara, Okada and Nakase 2002",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "it looks over draws itself"),),
    ),
    Record(
        name="strategic_fit",
        question="What made states press and others resist, if each chose with an eye to what the other would do?",
        source="Signorino 1999, 2003; Leblang 2003; Bas, Signorino and Walker 2008",
        laws=(),
        exempt=(
            ("relabelling", "its board has cases, not parties"),
            ("rescaling", "its board has no issue scale"),
            ("draws", "its board has cases, not draws of inputs"),
        ),
    ),
    Record(
        name="trades",
        question="Who could give what for what, what does a concession buy, and can a package be improved?",
        source="Buchanan and Tullock 1962; Tollison and Willett 1979; Raiffa 1985",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "exchanges and concessions are told for one case at a time"),),
    ),
    Record(
        name="voting_power",
        question="How often does each member of a voting body decide, when nothing is known of who wants what?",
        source="Shapley and Shubik 1954; Banzhaf 1965; Mann and Shapley 1962",
        laws=("relabelling",),
        exempt=(
            ("rescaling", "its board has no issue scale"),
            ("draws", "votes are counted exactly, for one body at a time"),
        ),
    ),
    Record(
        name="wants",
        question="How far apart is everybody on every issue, who stands together, and who stands alone?",
        source="Downs 1957; Sneath 1957",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="war_of_attrition",
        question="Who gives in when, if each side holds out because the other might never yield at all?",
        source="Abreu and Gul 2000; Fearon 1994",
        laws=("relabelling", "draws"),
        exempt=(("rescaling", "its board has no issue scale"),),
    ),
    Record(
        name="winner",
        question="How would two parties divide the issues so that both win as much, with at most one issue shared?",
        source="Brams and Taylor 1996",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "a division is told in exact fractions of one case"),),
    ),
    Record(
        name="zone",
        question="Is there a deal, whatever the values in the ranges?",
        source="Moore 1966; Raiffa 1982",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "it is proved over whole ranges, which takes the place of draws"),),
    ),
)

__all__ = ["CATALOGUE", "LAWS", "Record"]
