"""Make a trained pipeline fit to ship: without the words of the treebanks, the optimizer, and the default tokenizer.

    python training/pack.py MODEL OUT

The word list that spaCy saves serves only to print words back; Detente adds those of the text it reads. The tokenizer
is built by detente.read.language. Neither changes what the pipeline answers, which is checked before it is written.
"""

import json
import sys
from pathlib import Path

import spacy
from spacy.language import Language

SAMPLE = "Iran has refused to discuss its missiles, U.S. officials said, and won't meet the envoys of Oman in Geneva."
META = {
    "name": "detente_ud",
    "description": "Tags, Universal Dependencies and names for English news; training/README.md is the recipe.",
    "license": "CC BY-SA 4.0",
    "sources": [
        {"name": "UD English EWT", "url": "https://universaldependencies.org", "license": "CC BY-SA 4.0"},
        {
            "name": "UD English GUM",
            "url": "https://gucorpling.org/gum",
            "license": "annotation CC BY 4.0; texts by genre",
        },
        {"name": "Universal NER", "url": "https://www.universalner.org", "license": "CC BY-SA 4.0"},
    ],
}
LIMIT = 10_000_000  # bytes


def labels(nlp: Language) -> list[str]:
    """Every name the components may answer with."""
    return sorted({label for component in nlp.pipe_labels.values() for label in component})


def answers(nlp: Language) -> list[tuple[str, str, str, int, str]]:
    return [(token.text, token.tag_, token.dep_, token.head.i, token.ent_type_) for token in nlp(SAMPLE)]


def main(model: Path, out: Path) -> None:
    nlp = spacy.load(model)
    before = answers(nlp)
    nlp.config["paths"] = {name: None for name in nlp.config["paths"]}  # they name folders of one machine
    nlp.meta.update(META)
    nlp.to_disk(out, exclude=["tokenizer"])
    (out / "vocab" / "strings.json").write_text(json.dumps(labels(nlp), indent=0) + "\n", encoding="utf-8")
    after = spacy.load(out, exclude=["tokenizer"])
    if answers(after) != before:
        raise SystemExit(f"the packed pipeline answers differently: {answers(after)} instead of {before}")
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    if size > LIMIT:
        raise SystemExit(f"the packed pipeline is {size:,} bytes; the limit is {LIMIT:,}")
    sys.stdout.write(f"{out}: {size:,} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
