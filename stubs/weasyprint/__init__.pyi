"""The names that leafcast uses of WeasyPrint 70.0, of its inside too (print/tagging/press.py)."""

from typing import IO, Any

from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

class CSS:
    def __init__(
        self,
        guess: object = None,
        filename: str | None = None,
        url: str | None = None,
        file_obj: IO[bytes] | None = None,
        string: str | None = None,
        encoding: str | None = None,
        base_url: str | None = None,
        url_fetcher: URLFetcher | None = None,
        _check_mime_type: bool = False,
        media_type: str = "print",
        font_config: FontConfiguration | None = None,
        counter_style: Any = None,
        **inside: Any,
    ) -> None: ...

class HTML:
    base_url: str
    url_fetcher: URLFetcher
    etree_element: Any
    def __init__(
        self,
        guess: object = None,
        filename: str | None = None,
        url: str | None = None,
        file_obj: IO[bytes] | None = None,
        string: str | None = None,
        encoding: str | None = None,
        base_url: str | None = None,
        url_fetcher: URLFetcher | None = None,
        media_type: str = "print",
    ) -> None: ...
    def render(
        self,
        font_config: FontConfiguration | None = None,
        counter_style: Any = None,
        color_profiles: Any = None,
        **options: Any,
    ) -> Document: ...
