"""Words that are written alike and said otherwise, where the voice's own dictionary errs.

It is asked only for voices that take sounds; see `voices.Engine`.
"""

from __future__ import annotations

import re
from functools import cache

from leafcast.narration.phonemes import to_kokoro
from leafcast.narration.spoken.heteronyms import READINGS, Reading


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Reading, str], ...]:
    return tuple((each.pattern, each, to_kokoro(each.ipa)) for each in READINGS)


def with_readings(text: str) -> str:
    """`text` with the sounds of each word that the voice would read otherwise."""
    for pattern, reading, signs in _compiled():
        if reading.may_stand_in(text):
            text = pattern.sub(rf"\1[{reading.word}](/{signs}/)", text)
    return text
