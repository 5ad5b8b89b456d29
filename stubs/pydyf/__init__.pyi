"""The names that leafcast uses of pydyf, with which WeasyPrint writes its files."""

from collections.abc import Iterable, Mapping
from typing import Any

class Object:
    @property
    def reference(self) -> bytes: ...

class Dictionary(Object, dict[str, Any]):
    def __init__(self, values: Mapping[str, Any] | None = None) -> None: ...

class Stream(Object):
    stream: list[Any]
    extra: dict[str, Any]
    def __init__(
        self,
        stream: list[Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        compress: bool = False,
    ) -> None: ...
    def begin_marked_content(self, tag: str, property_list: Dictionary | None = None) -> None: ...
    def end_marked_content(self) -> None: ...
    def show_text(self, text: str) -> None: ...

class String(Object):
    string: str
    def __init__(self, string: str = "") -> None: ...

class Array(Object, list[Any]):
    def __init__(self, array: Iterable[Any] | None = None) -> None: ...

class PDF:
    catalog: Dictionary
    info: Dictionary
    objects: list[Object]
    @property
    def page_references(self) -> tuple[bytes, ...]: ...
    def add_object(self, object_: Object) -> None: ...
