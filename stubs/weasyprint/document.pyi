from typing import Any, overload

from weasyprint.formatting_structure.boxes import Box, PageBox

_Link = tuple[str, str, tuple[float, float, float, float], Box]

class Page:
    width: float
    height: float
    links: list[_Link]
    _page_box: PageBox

class Document:
    pages: list[Page]
    @overload
    def write_pdf(
        self, target: None = None, zoom: float = 1, finisher: Any = None, **options: Any
    ) -> bytes: ...
    @overload
    def write_pdf(
        self, target: str, zoom: float = 1, finisher: Any = None, **options: Any
    ) -> None: ...
