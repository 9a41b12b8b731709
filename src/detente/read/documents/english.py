"""Is this text English, and if not, which language does it seem to be?"""

import re

from detente.errors import DocumentError

FEWEST_WORDS = 20  # below this a text is taken as it is: too little to tell
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS = (
    ("Arabic or Persian", re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Russian or Ukrainian", re.compile(r"[\u0400-\u04ff]")),
    ("Greek", re.compile(r"[\u0370-\u03ff]")),
    ("Chinese", re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")),
    ("Korean", re.compile(r"[\uac00-\ud7af]")),
    ("Hindi", re.compile(r"[\u0900-\u097f]")),
    ("Thai", re.compile(r"[\u0e00-\u0e7f]")),
)
_KANA = re.compile(r"[\u3040-\u30ff]")
SAMPLE = 200_000  # characters looked at


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ENGLISH = _set(
    "the of and to a in that is for on with as was at by it from be has have an are not this its but were had which "
    "will would been their he they or said who after also more about than his over could us we you i if there when "
    "between into new other before against all up out last no one two during while"
)
# Words that are frequent in one language and are not English words.
_OTHERS = {
    "French": _set("le la les des du une et est dans pour qui que sur au avec ne pas ce il elle sont aux par plus ont"),
    "German": _set("der die das und ist nicht mit den von zu ein eine im dem des auf für sich auch es wird sind bei"),
    "Spanish": _set("el la los las de y en que un una del se por con para es su al como más fue ha pero sobre"),
    "Italian": _set("il di che la e un una per è in del non sono con della le dei gli nel alla si ha da più"),
    "Portuguese": _set("o os as de da do e em um uma que não para com dos das na no se por mais foi ao pela"),
    "Dutch": _set("de het een van en dat niet op te zijn voor met die aan er ook werd naar bij uit om heeft door"),
    "Turkish": _set("ve bir bu da de için ile olarak olan daha çok gibi sonra kadar ise değil oldu en ancak her"),
    "Polish": _set("w i na się z nie do że jest o jak po za od przez przy był są oraz dla ale tak już tym"),
    "Indonesian or Malay": _set("yang dan di dengan untuk dari ini itu pada tidak dalam akan oleh ke telah juga"),
    "Swedish": _set("och att det som en av är för på med inte den till om har de ett vid från men kan"),
}

CURE = "Give an English version of it."


def require_english(text: str, name: str) -> None:
    """Refuse a text that is not English; a text of fewer than 20 words in Latin letters is let pass.

    Raises DocumentError, naming the language only where it is clear.

    >>> require_english("La suite des pourparlers est prévue pour la semaine prochaine dans la capitale, et les "
    ...     "ministres ne se sont pas encore mis d'accord sur les points les plus durs.", "a.txt")
    Traceback (most recent call last):
    detente.errors.DocumentError: 'a.txt' is not in English; it seems to be French. Give an English version of it.
    """
    text = text[:SAMPLE]
    letters = sum(character.isalpha() for character in text)
    for language, script in _SCRIPTS:
        if len(script.findall(text)) > letters / 2:
            raise DocumentError(f"'{name}' is not in English; it seems to be {_precisely(language, text)}. {CURE}")
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if len(words) < FEWEST_WORDS:
        return
    english = sum(word in _ENGLISH for word in words) / len(words)
    shares = sorted(
        ((sum(word in known for word in words) / len(words), language) for language, known in _OTHERS.items()),
        reverse=True,
    )
    (best, language), (second, _) = shares[0], shares[1]
    if best >= 0.12 and best >= 1.5 * english:
        seems = f"; it seems to be {language}" if best >= 1.25 * second else ""
        raise DocumentError(f"'{name}' is not in English{seems}. {CURE}")
    if english < 0.06:
        raise DocumentError(f"'{name}' does not seem to be in English. {CURE}")


def _precisely(language: str, text: str) -> str:
    """Which of the two is it? Chinese and Japanese share most of their characters; kana are Japanese."""
    return "Japanese" if language == "Chinese" and _KANA.search(text) else language
