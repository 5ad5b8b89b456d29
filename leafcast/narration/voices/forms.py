"""Forms that voices are told to take: on several machines together, one decides for all.

They stand in the environment, so that every process of a build sees them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

VARIABLE: Final = "LEAFCAST_VOICE_FORMS"


def told_form(voice: str) -> str:
    """The form that the voice of this name is to take; "" where it may choose."""
    forms = json.loads(os.environ.get(VARIABLE) or "{}")
    return str(forms.get(voice, ""))


@contextmanager
def telling_forms(forms: Mapping[str, str]) -> Iterator[None]:
    """Let voices take these forms, by the voices' names."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = json.dumps(dict(forms))
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
