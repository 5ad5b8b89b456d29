"""English sounds: IPA as dictionaries write it, and the letters the Kokoro voice reads.

Kokoro was taught with one letter for each diphthong and affricate (A for eɪ, ʤ for dʒ), and with
the stress mark before the vowel instead of the syllable.
"""

from __future__ import annotations

import re
from typing import Final

IPA_TO_KOKORO: Final = {
    "dʒ": "ʤ", "tʃ": "ʧ", "eɪ": "A", "aɪ": "I", "aʊ": "W", "ɔɪ": "Y", "əʊ": "Q", "oʊ": "Q",
    "eə": "ɛː", "ɛə": "ɛː", "ɪə": "ɪə", "ʊə": "ʊə", "iː": "iː", "uː": "uː", "ɑː": "ɑː", "ɔː": "ɔː",
    "ɜː": "ɜː", "ɛː": "ɛː", "e": "ɛ", "ɛ": "ɛ", "a": "a", "æ": "a", "ɪ": "ɪ", "i": "i", "ɒ": "ɒ",
    "ʊ": "ʊ", "u": "u", "ʌ": "ʌ", "ə": "ə", "ɐ": "ɐ", "ɑ": "ɑː", "ɔ": "ɔː", "ɜ": "ɜː",
    "r": "ɹ", "ɹ": "ɹ", "g": "ɡ", "ɡ": "ɡ", "x": "k", "ʍ": "w", "ɫ": "l", "ɬ": "l",
    "ʤ": "ʤ", "ʧ": "ʧ", "ʃ": "ʃ", "ʒ": "ʒ", "θ": "θ", "ð": "ð", "ŋ": "ŋ", "ˈ": "ˈ", "ˌ": "ˌ",
    "'": "ˈ", ",": "ˌ", ".": "", "‿": "", "ʔ": "t", "ː": "ː", " ": " ", "-": "",
    **{sign: sign for sign in "bdfhjklmnpstvwz"},
}  # fmt: skip
VOWELS: Final = "AIWYQaɑɒɔəɛɜɪiuʊʌɐᵊ"
LETTERS: Final = {
    "A": "ˈA", "B": "bˈiː", "C": "sˈiː", "D": "dˈiː", "E": "ˈiː", "F": "ˈɛf", "G": "ʤˈiː",
    "H": "ˈAʧ", "I": "ˈI", "J": "ʤˈA", "K": "kˈA", "L": "ˈɛl", "M": "ˈɛm", "N": "ˈɛn", "O": "ˈQ",
    "P": "pˈiː", "Q": "kjˈuː", "R": "ˈɑː", "S": "ˈɛs", "T": "tˈiː", "U": "jˈuː", "V": "vˈiː",
    "W": "dˈʌbᵊljuː", "X": "ˈɛks", "Y": "wˈI", "Z": "zˈɛd",
}  # fmt: skip
RESPELT: Final = {
    "A": "ay", "I": "y", "W": "ow", "Y": "oy", "Q": "oh", "O": "oh", "iː": "ee", "uː": "oo",
    "ɑː": "ah", "ɔː": "aw", "ɜː": "ur", "ɛː": "air", "ɪə": "eer", "ʊə": "oor", "a": "a", "ɑ": "ah",
    "ɒ": "o", "ɔ": "aw", "ə": "uh", "ɛ": "e", "ɜ": "ur", "ɪ": "i", "ᵻ": "i", "i": "ee", "u": "oo",
    "ʊ": "uu", "ʌ": "u", "ɐ": "uh", "ᵊ": "uh", "ʃ": "sh", "ʒ": "zh", "ʧ": "ch", "ʤ": "j", "θ": "th",
    "ð": "th", "ŋ": "ng", "ɹ": "r", "j": "y", "ɡ": "g", "k": "k", "ː": "",
}  # fmt: skip
"""English spelling that sounds like it, much as BBC newsreaders are given names."""


def to_kokoro(ipa: str) -> str:
    """IPA as Kokoro reads it. Raises ValueError with the sign that is no English sound.

    Dictionaries leave out the stress of a word of one syllable; a voice needs it.
    """
    rest, signs = ipa.strip().strip("/[]"), []
    while rest:
        longest = next((rest[:n] for n in (2, 1) if rest[:n] in IPA_TO_KOKORO), "")
        if not longest:
            raise ValueError(rest[0])
        signs.append(IPA_TO_KOKORO[longest])
        rest = rest[len(longest) :]
    told = re.sub(rf"([ˈˌ])([^{VOWELS}ˈˌ ]*)(?=[{VOWELS}])", r"\2\1", "".join(signs))
    return told if "ˈ" in told else re.sub(rf"(?=[{VOWELS}])", "ˈ", told, count=1)


def respelt(signs: str) -> str:
    """What Kokoro reads, in English spelling: syllables apart, the stressed one in capitals."""
    return " ".join(_respelt_word(word) for word in signs.split())


def possessive(signs: str) -> str:
    """The sounds of a word with “’s”."""
    if signs[-1:] in "szʃʒʧʤ":
        return f"{signs}ɪz"
    return f"{signs}{'s' if signs[-1:] in 'ptkfθ' else 'z'}"


def _respelt_word(signs: str) -> str:
    """Syllables are cut before the last consonant in front of each vowel."""
    vowel = rf"[{VOWELS}ᵻO](?:ː|(?<=[ɪʊ])ə)?"
    sounds = re.findall(rf"[ˈˌ]?{vowel}|[^ˈˌ]", signs)
    syllables: list[list[str]] = [[]]
    for sound in sounds:
        if re.fullmatch(rf"[ˈˌ]?{vowel}", sound) and any(_is_vowel(s) for s in syllables[-1]):
            onset = [syllables[-1].pop()] if not _is_vowel(syllables[-1][-1]) else []
            syllables.append(onset)
        syllables[-1].append(sound)
    told = []
    for syllable in syllables:
        letters = _translated("".join(syllable).replace("ˌ", "").replace("ˈ", ""), RESPELT)
        told.append(letters.upper() if "ˈ" in "".join(syllable) else letters)
    return "-".join(told)


def _is_vowel(sound: str) -> bool:
    return any(sign in VOWELS for sign in sound)


def _translated(signs: str, table: dict[str, str]) -> str:
    longest_first = sorted(table, key=lambda sign: -len(sign))
    return re.sub("|".join(longest_first), lambda found: table[found[0]], signs)


# ---------------------------------------------------------------- sounds inside a text

MARKED: Final = re.compile(r"\[([^\]]*)\]\(/[^)]*/\)")


def words_said(spoken: str) -> str:
    """A spoken text without the sounds that stand in it for a voice: words alone."""
    return MARKED.sub(r"\1", spoken)
