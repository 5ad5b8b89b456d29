"""What another package brings to leafcast: a row for each of its tables, found by entry points."""

from __future__ import annotations

from typing import Final

from leafcast.checks import Check
from leafcast.editions.files import Edge, Format, Listed, Printed, Use
from leafcast.editions.table import Edition
from leafcast.narration.voices import Engine
from leafcast.readers.table import Reader

WORDS: Final = Edition(
    writer="leafcast_example.words:write_words",
    files=(Listed(r"-words\.txt", "The words alone", Use.READ),),
    printed=(Printed(r"-words\.txt", "The words, typed", Edge.LONG, "One paper clip"),),
    form="plain text",
    formats=(Format("-words.txt", "text/plain", "Text"),),
)
HUM: Final = Engine("leafcast_example.hum", frozenset({"pitch"}), words_a_minute=100.0)
ORG: Final = Reader("leafcast_example.org:read_org", "leafcast_example.org:org_passages")
SHOUTING: Final = Check("leafcast_example.shouting:check_shouting", reads=("words",))
