"""Which parties does a text mention, by whatever name: countries, bodies, armed groups, offices, persons, pronouns?"""

from detente.read.parties.arguments import party_of
from detente.read.parties.entries import IssueEntry, LexiconFile, PartyEntry, Person
from detente.read.parties.lexicon import Lexicon, lexicon_of, load_lexicon
from detente.read.parties.mention import Context, Mention
from detente.read.parties.reading import all_mentions, follow, mentions, survey

__all__ = [
    "Context",
    "IssueEntry",
    "Lexicon",
    "LexiconFile",
    "Mention",
    "PartyEntry",
    "Person",
    "all_mentions",
    "follow",
    "lexicon_of",
    "load_lexicon",
    "mentions",
    "party_of",
    "survey",
]
