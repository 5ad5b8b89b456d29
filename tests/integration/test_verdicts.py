"""The validators that judge leaflets, tried on small PDFs whose verdict is known."""

from __future__ import annotations

import page
import pytest

from tests.integration.known_verdicts import BAD, GOOD, UA_1, UA_2, WORDS, Case, metadata
from tests.integration.verapdf import BY_DEFAULT, PROFILES, UA_2_MODE, failures, rule_names
from tests.small_pdfs import Standard, save, small_pdf

pytestmark = pytest.mark.integration

CASES = [(case, standard) for case in (*GOOD, *BAD) for standard in case.standards]


@pytest.mark.parametrize(
    ("case", "standard"), CASES, ids=[f"{case.name}, {each.name}" for case, each in CASES]
)
def test_verapdf_gives_the_verdict_known(case: Case, standard: Standard) -> None:
    found = failures(case.pdf(standard), BY_DEFAULT if standard is UA_1 else UA_2_MODE)
    assert {flavour: set(rules) for flavour, rules in found.items()} == case.rules(standard)


DIFFERENT = {
    ("a standard type made another", "PDFA_3_A"): "PDFA3A-STRUCT-TREE-ROLE-MAP-STANDARD-001",
}
"""Where page-validation judges otherwise, and by which of its rules.

It refuses every remapped standard type in PDF/A-3a, as ISO 19005-3, 6.7.3.4 has it; veraPDF only
one that is mapped to a type that is no standard one.
"""


@pytest.mark.parametrize(
    "case", [case for case, standard in CASES if standard is UA_1], ids=lambda case: case.name
)
def test_page_validation_agrees(case: Case) -> None:
    content = case.pdf(UA_1)
    for flavour, profile in (("PDFUA_1", "ua1"), ("PDFA_3_A", "3a")):
        report = page.validate_pdf_bytes(content, profile=profile)
        found = {failure.rule_id for failure in report.failures}
        if (case.name, flavour) in DIFFERENT:
            assert found == {DIFFERENT[case.name, flavour]}
            assert flavour not in case.rules(UA_1)
        else:
            assert bool(found) == (flavour in case.rules(UA_1)), found


def test_whole_profiles_are_used() -> None:
    counts = {flavour: len(rule_names(flavour)) for flavour in PROFILES}
    assert counts == {
        "PDFUA_1": 106, "PDFUA_2": 1728, "WTPDF_1_0_ACCESSIBILITY": 1724, "WTPDF_1_0_REUSE": 1711,
        "PDFA_3_A": 155, "PDFA_4_F": 111,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("flavour", "least"),
    [
        ("PDFUA_1", 50), ("PDFA_3_A", 25), ("PDFUA_2", 45), ("WTPDF_1_0_ACCESSIBILITY", 44),
        ("PDFA_4_F", 18),
    ],
)  # fmt: skip
def test_many_rules_of_each_profile_fail_once(flavour: str, least: int) -> None:
    failed = {rule for case, each in CASES for rule in case.rules(each).get(flavour, ())}
    assert failed <= set(rule_names(flavour))
    assert len(failed) >= least


def test_the_profile_for_reuse_can_fail() -> None:
    good = small_pdf(WORDS, UA_2)
    assert failures(save(good, "2.0"), ("WTPDF_1_0_REUSE",)) == {}
    metadata("#reuse1.0", "#reuse2.0")(good)
    assert failures(save(good, "2.0"), ("WTPDF_1_0_REUSE",)) == {"WTPDF_1_0_REUSE": {"6.1.2-1": 1}}
