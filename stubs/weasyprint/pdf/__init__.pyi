from collections.abc import Callable
from typing import Any

import pydyf
from weasyprint.document import Document
from weasyprint.pdf import stream

VARIANTS: dict[str, tuple[Callable[..., Any], dict[str, Any]]]

Stream: type[stream.Stream]
add_tags: Callable[[pydyf.PDF, Document, Any, list[Any]], None]
