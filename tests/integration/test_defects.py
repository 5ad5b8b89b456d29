"""Which of us finds which defect: the oracle, veraPDF, page-validation.

tests/golden/defects.txt is that table, for the torture article's A4 leaflet. That the oracle finds
each of them there is held by `test_a_defect_is_found` in tests/test_oracle.py; this is what the
validators, which cannot know all of them, say of the same files.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jpype.config
import page
import pytest

from leafcast.print.layout import lay_out
from leafcast.print.typesetting import A4
from tests.conftest import ROOT
from tests.defects import DEFECTS, spoiled
from tests.integration.verapdf import failed_rules
from tests.test_leaflet import TORTURE, publications

__all__ = ["publications"]
pytestmark = pytest.mark.integration
jpype.config.destroy_jvm = False  # at its end it may crash, after so many damaged files
GOLDEN = ROOT / "tests/golden/defects.txt"


def test_what_the_validators_say_of_every_defect(publications: Any, tmp_path: Path) -> None:
    good = lay_out(publications[TORTURE.stem], A4)
    rows = []
    for defect in DEFECTS:
        bad = spoiled(good, defect.spoil)
        path = tmp_path / "bad.pdf"
        path.write_bytes(bad)
        report = page.validate_pdf_bytes(bad, profile="ua1")
        rows.append(
            f"{defect.name}: {defect.code}"
            f" | veraPDF {', '.join(sorted(failed_rules(path))) or 'nothing'}"
            f" | page-validation {'fails' if report.failures else 'nothing'}"
        )
    told = "\n".join(rows) + "\n"
    alone = sum("veraPDF nothing | page-validation nothing" in row for row in rows)
    told += f"\n{len(rows)} defects; {alone} of them found by the oracle alone\n"
    assert told == GOLDEN.read_text("utf-8"), told
