from contextlib import AbstractContextManager
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import Box
from weasyprint.pdf.fonts import Font

class Stream(pydyf.Stream):
    _fonts: dict[Any, Font]
    _tags: dict[Box, dict[str, Any]]
    _current_font: tuple[str, float] | None
    _old_font: tuple[str, float] | None
    def add_font(self, pango_font: Any) -> tuple[Font, float]: ...
    def show_text(self, text: str) -> None: ...
    def marked(self, box: Box, tag: str) -> AbstractContextManager[None]: ...
