"""Forms that voices are told to take: on several machines together, one decides for all.

They stand in the environment, so that every process of a build sees them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Final

from leafcast.execution.environment import with_variable

VARIABLE: Final = "LEAFCAST_VOICE_FORMS"


def told_form(voice: str) -> str:
    """The form that the voice of this name is to take; "" where it may choose."""
    forms = json.loads(os.environ.get(VARIABLE) or "{}")
    return str(forms.get(voice, ""))


def telling_forms(forms: Mapping[str, str]) -> AbstractContextManager[None]:
    """Let voices take these forms, by the voices' names."""
    return with_variable(VARIABLE, json.dumps(dict(forms)))
