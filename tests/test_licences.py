"""Every licence that an installation brings is named, in NOTICE and by a command."""

from __future__ import annotations

import ctypes
import re
import subprocess
from email.message import Message
from importlib import metadata
from typing import Any

import pytest
from click.testing import CliRunner

from leafcast.commands.cli import leafcast
from leafcast.commands.licensed import CARRIED, NOT_TOLD, licence_of, licensed
from leafcast.document.errors import ToolMissing
from tests.conftest import ROOT

NOTICE = (ROOT / "NOTICE").read_text("utf-8")
LOCKED = {
    name.lower().replace("_", "-")
    for lock in ("build", "fast")
    for name in re.findall(
        r"^(\S+?)==", (ROOT / f"requirements/{lock}.txt").read_text("utf-8"), re.M
    )
}


def groups() -> dict[str, str]:
    """The licence that NOTICE gives each package of the lock."""
    found = re.findall(r"^(\S.*):\n((?:    \S.*\n)+)", NOTICE, re.M)
    return {name: licence for licence, names in found for name in re.split(r",\s+", names.strip())}


def test_notice_names_every_package_of_the_lock() -> None:
    assert {name for name in groups() if name in LOCKED} == LOCKED
    assert len(LOCKED) > 40


def test_notice_gives_each_the_licence_that_it_gives_itself() -> None:
    told = groups()
    here = [each for each in licensed() if each.name in LOCKED]
    assert len(here) > 30
    assert {each.name: each.licence for each in here} == {
        each.name: told[each.name] for each in here
    }


def test_no_package_of_the_lock_is_without_a_licence() -> None:
    assert not [each for each in licensed() if each.name in LOCKED and each.licence == NOT_TOLD]


def test_no_package_wants_its_licence_for_what_uses_it_over_a_network() -> None:
    assert "AGPL" not in NOTICE
    assert not [each for each in licensed() if each.name in LOCKED and "AGPL" in each.licence]


def test_what_packages_carry_is_named_with_its_licence_and_source() -> None:
    for package, carried in CARRIED.items():
        told = re.search(
            rf"^{package}\b.*\n((?:    .*\n)+)", NOTICE[NOTICE.index("Some of them") :], re.M
        )
        assert told, package
        assert carried.licence in told[1] and carried.home in told[1]


def test_the_ffmpeg_that_is_brought_is_under_the_licence_that_is_named() -> None:
    import imageio_ffmpeg

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-L"]
    said = " ".join(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    )
    assert "GNU General Public License" in said and "either version 3" in said
    assert CARRIED["imageio-ffmpeg"].licence == "GPL-3.0-or-later"


def test_the_library_of_espeak_is_what_is_named() -> None:
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Info.restype = ctypes.c_char_p
    assert library.espeak_Info(None)
    assert CARRIED["espeakng-loader"].name == "libespeak-ng"


def test_the_command_lists_them() -> None:
    done = CliRunner().invoke(leafcast, ["licences"])
    assert done.exit_code == 0
    lines = done.output.splitlines()
    for package, licence in (
        ("pikepdf", "MPL-2.0"), ("num2words", "LGPL-2.1-or-later"), ("click", "BSD-3-Clause"),
    ):  # fmt: skip
        version = metadata.version(package)
        assert any(re.fullmatch(rf"{package} {version}  +{licence}", line) for line in lines)
    at = next(n for n, line in enumerate(lines) if line.startswith("espeakng-loader"))
    assert "libespeak-ng" in lines[at + 1] and "GPL-3.0-or-later" in lines[at + 1]
    assert not any(line.startswith("leafcast 0") for line in lines)


def test_where_nothing_can_be_seen_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "distributions", lambda: iter(()))
    with pytest.raises(ToolMissing) as told:
        licensed()
    assert "NOTICE" in told.value.hint


class Package:
    """A distribution that has metadata and nothing else."""

    def __init__(self, *told: tuple[str, str]) -> None:
        self.metadata = Message()
        for key, value in (("Name", "odd"), *told):
            self.metadata[key] = value


@pytest.mark.parametrize(
    ("told", "licence"),
    [
        ([("License-Expression", "MIT OR Apache-2.0"), ("License", "other")], "MIT OR Apache-2.0"),
        ([("License", "BSD-2-Clause"), ("Classifier", "License :: OSI Approved :: BSD License")],
         "BSD-2-Clause"),
        ([("Classifier", "License :: OSI Approved :: BSD License")], "BSD-3-Clause"),
        ([("License", "LGPL"), ("Classifier", "License :: OSI Approved :: GNU Library or Lesser "
           "General Public License (LGPL)")], "LGPL-2.1-or-later"),
        ([("Classifier", "License :: OSI Approved :: Mozilla Public License 1.1 (MPL 1.1)"),
          ("Classifier", "License :: OSI Approved :: MIT License")], "MPL-1.1 OR MIT"),
        ([("License", "3-Clause BSD License")], "BSD-3-Clause"),
        ([("License", "OSI Approved :: Apache Software License")], "Apache-2.0"),
        ([("License", "Copyright (c) somebody. " * 40)], NOT_TOLD),
        ([("License", "Some Licence")], "Some Licence"),
        ([], NOT_TOLD),
    ],
)  # fmt: skip
def test_a_licence_is_what_a_package_says_of_itself(told: list[Any], licence: str) -> None:
    assert licence_of(Package(*told)) == licence  # type: ignore[arg-type]
