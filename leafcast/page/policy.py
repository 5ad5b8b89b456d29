"""What a page may do: a content security policy that names its own script and style by hash.

CSP level 3 (W3C). The policy stands in the page, so that it holds wherever the page is put. JSON
that stands in a page is not run, and needs no hash.
"""

from __future__ import annotations

import base64
import hashlib


def policy(script: str, style: str, *, own_files: bool = False) -> str:
    """The policy of a page with this script and this style, and nothing from anyone else.

    With `own_files`, scripts and styles that lie beside the page count too.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_sources(script, own_files)}",
            f"style-src {_sources(style, own_files)}",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "media-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _sources(content: str, own_files: bool) -> str:
    named = [f"'{hash_of(content)}'"] if content else []
    return " ".join([*named, *(["'self'"] if own_files else [])]) or "'none'"


def hash_of(content: str) -> str:
    """The hash by which a policy names an inline script or style (CSP 3, 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
