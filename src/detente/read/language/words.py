"""Which words does a text hold, and how do the parser's answers come back to the text's own offsets?"""

from collections.abc import Callable, Sequence

from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span, Token
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from detente.read.language.boundaries import TITLES, starts

TOKENIZER = "detente.Tokenizer.v1"
# "U.S.-led", "U.S.–Iran", "U.S./Israel": the country is a word of its own.
_AFTER_ACRONYM = r"(?<=[A-Za-z]\.[A-Za-z]\.)[-–—/](?=[A-Za-z])"


def tokenizer() -> Callable[[Language], Tokenizer]:
    """What finds the words: spaCy's English rules, a split after dotted acronyms, and the titles of the press.

    Named in the configuration at loading, so that no second tokenizer is built only to be replaced.
    """

    def build(nlp: Language) -> Tokenizer:
        rules = nlp.Defaults
        return Tokenizer(
            nlp.vocab,
            rules={**rules.tokenizer_exceptions, **{title: [{ORTH: title}] for title in TITLES}},
            prefix_search=compile_prefix_regex(rules.prefixes or ()).search,
            suffix_search=compile_suffix_regex(rules.suffixes or ()).search,
            infix_finditer=compile_infix_regex([*(rules.infixes or ()), _AFTER_ACRONYM]).finditer,
            token_match=rules.token_match,
            url_match=rules.url_match,
        )

    return build


registry.tokenizers.register(TOKENIZER, func=tokenizer)


def visible(doc: Doc, *, whole: bool) -> Doc:
    """Which Doc does the parser get: no words of white space, and sentence starts fixed where the rules are sure?

    The parser was trained on text with single spaces, so line breaks and indents would only mislead it.
    """
    kept = [token for token in doc if not token.is_space]
    words = [token.text for token in kept]
    spaces = [bool(token.whitespace_) or (token.i + 1 < len(doc) and doc[token.i + 1].is_space) for token in kept]
    fixed: list[bool | int | None] = [i == 0 for i in range(len(words))]
    if not whole:
        fixed = [*starts(words, spaces)]
    clean = Doc(doc.vocab, words=words, spaces=spaces, sent_starts=fixed)
    _keep_norms(clean, kept)
    return clean


def _keep_norms(doc: Doc, sources: Sequence[Token]) -> None:
    """Carry over what the tokenizer took each word for: "n't" is "not" to it, and the parser looks at that."""
    for token, source in zip(doc, sources, strict=True):
        if token.norm != source.norm:
            token.norm_ = source.norm_


def restored(raw: Doc, parsed: Doc) -> Doc:
    """How does the parsed text look with its words of white space put back, so that offsets are those of the text?

    A word of white space hangs on the word before it.
    """
    place = [token.i for token in raw if not token.is_space]
    heads = [max(i - 1, 0) for i in range(len(raw))]
    deps, tags = ["dep"] * len(raw), ["_SP"] * len(raw)
    for token, i in zip(parsed, place, strict=True):
        heads[i], deps[i], tags[i] = place[token.head.i], token.dep_, token.tag_
    doc = Doc(
        raw.vocab,
        words=[token.text for token in raw],
        spaces=[bool(token.whitespace_) for token in raw],
        tags=tags,
        heads=heads,
        deps=deps,
    )
    _keep_norms(doc, list(raw))
    doc.set_ents([Span(doc, place[ent.start], place[ent.end - 1] + 1, label=ent.label) for ent in parsed.ents])
    return doc
