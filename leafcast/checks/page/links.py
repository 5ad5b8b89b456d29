"""Does every link of the page lead somewhere, and is true what it says of a file?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from leafcast.checks.html import Element
from leafcast.checks.page.found import Found
from leafcast.document.report import Finding
from leafcast.page.downloads import FEED, LIBRARY, details
from leafcast.page.media import record_file

LOADS: Final = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping")
"""Attributes that make a browser fetch or send something, besides those of `link`."""
OF_THE_SITE: Final = re.compile(rf"\.\./(?:{re.escape(FEED)}|(?:[^/.][^/]*/)?{re.escape(LIBRARY)})")
"""What is made of all articles together, once each is there, and the page of the next article."""


def check_ids(page: Found) -> Iterator[Finding]:
    """No id twice, and every link and reference within the page leads to one."""
    seen: set[str] = set()
    for each in page.root.walk():
        if (own := each.get("id")) and own in seen:
            yield page.fault("id-twice", f"Two elements are called {own}", each.line)
        seen.add(each.get("id"))
        named = [*each.get("aria-labelledby").split(), *each.get("aria-describedby").split()]
        if each.tag == "a" and each.get("href").startswith("#"):
            named.append(unquote(each.get("href")[1:]))
        for name in named:
            if name not in page.ids:
                yield page.fault("link-broken", f"Nothing is called {name}", each.line)
    for anchor in page.root.all("a"):
        if not anchor.text().strip() and not anchor.get("aria-label"):
            yield page.fault("link-without-words", "A link has no words", anchor.line)


def check_files(page: Found) -> Iterator[Finding]:
    """Every file it names is there, and what its links say of their size and length is true."""
    for each in page.root.walk():
        for address in addresses_of(each):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path or OF_THE_SITE.fullmatch(parts.path):
                continue
            path = page.path.parent / unquote(parts.path)
            if page.alone or not path.is_file():
                yield page.fault("file-missing", f"{parts.path} is not there", each.line)
            elif each.tag == "a" and (told := re.search(r"\(([^()]*\d [kM]B)\)\s*$", each.text())):
                true = details(record_file(path, path.name))
                if told[1] != true:
                    wrong = f"The link to {parts.path} says “{told[1]}”, and it is “{true}”"
                    yield page.fault("size-wrong", wrong, each.line)


def check_offered(page: Found) -> Iterator[Finding]:
    """Each link to a file says its format and size (WCAG 2.4.4; NHS service manual)."""
    forms = page.ids.get("_forms")
    for each in forms.all("a") if forms else ():
        if not re.search(r"\([A-Z]\w+, .*\d [kM]B\)\s*$", each.text()):
            yield page.fault("size-untold", f"“{each.text()}” says no format and size", each.line)


def addresses_of(element: Element) -> Iterator[str]:
    """What an element loads, or leads to."""
    for name in LOADS:
        if element.get(name):
            yield element.get(name)
    if element.tag in ("a", "link", "image", "use"):
        yield from filter(None, (element.get("href"), element.get("xlink:href")))
    css = element.text() if element.tag == "style" else element.get("style")
    yield from re.findall(r"url\(\s*[\"']?([^\"')]*)", css)
    yield from re.findall(r"@import\s+[\"']([^\"']*)", css)
