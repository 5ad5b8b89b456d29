"""Set-up: what makes an environment fit, what mends it, and what is said when it cannot be made."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from leafcast.narration.voices.kokoro import variants
from tests.conftest import ROOT


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """build.py, as if it stood in a folder of its own with an environment that is finished."""
    spec = importlib.util.spec_from_file_location("build_script", ROOT / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    (tmp_path / "requirements").mkdir()
    monkeypatch.setattr(module, "CPUINFO", tmp_path / "cpuinfo")
    for name in ("build", "fast", "test"):
        (tmp_path / f"requirements/{name}.txt").write_text(f"{name}==1\n")
    package(module, "alpha")
    package(module, "beta")
    module.stamp_file("build").write_text(module.stamp("build"), "utf-8")
    return module


def package(setup: ModuleType, name: str) -> Path:
    """An installed package of two files, with its RECORD."""
    folder = setup.site_packages() / name
    (folder / "deep").mkdir(parents=True)
    tag = setup.site_packages() / f"{name}-1.dist-info"
    tag.mkdir()
    files = [f"{name}/__init__.py", f"{name}/deep/inside.py", f"{name}-1.dist-info/RECORD"]
    for file in files:
        (setup.site_packages() / file).write_text("")
    (tag / "RECORD").write_text("".join(f"{file},sha256=x,1\n" for file in files))
    return folder


def test_a_finished_environment_is_ready(setup: ModuleType) -> None:
    assert setup.is_ready("build")
    assert not setup.is_ready("test")


def test_what_tests_need_builds_too(setup: ModuleType) -> None:
    setup.stamp_file("build").unlink()
    setup.stamp_file("test").write_text(setup.stamp("test"), "utf-8")
    assert setup.is_ready("build")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s: (s.ROOT / "requirements/build.txt").write_text("build==2\n"),
        lambda s: (s.site_packages() / "alpha/__init__.py").unlink(),
        lambda s: (s.site_packages() / "beta-1.dist-info/RECORD").unlink(),
        lambda s: s.stamp_file("build").write_text("", "utf-8"),
        lambda s: s.stamp_file("build").unlink(),
    ],
    ids=["a new lock", "a file deleted", "a record deleted", "killed half-way", "never finished"],
)
def test_it_is_not_ready_after_that(setup: ModuleType, spoil: object) -> None:
    spoil(setup)  # type: ignore[operator]
    assert not setup.is_ready("build")


def test_compiled_files_that_come_and_go_do_not_matter(setup: ModuleType) -> None:
    (setup.site_packages() / "alpha/__pycache__").mkdir()
    (setup.site_packages() / "__pycache__").mkdir()
    assert setup.is_ready("build")


def test_only_the_damaged_package_is_installed_again(setup: ModuleType) -> None:
    (setup.site_packages() / "alpha/deep/inside.py").unlink()
    setup.forget_damaged()
    left = sorted(path.name for path in setup.site_packages().glob("*.dist-info"))
    assert left == ["beta-1.dist-info"]


def test_a_python_that_is_too_old_is_named(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "OLDEST", (99, 0))
    assert setup.main() == 3
    assert "newer" in capsys.readouterr().err


def test_without_network_it_says_so_and_is_not_ready(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_network(lock: str) -> None:
        raise subprocess.CalledProcessError(1, "pip install")

    setup.stamp_file("build").unlink()
    monkeypatch.setattr(setup, "install", no_network)
    monkeypatch.setattr(setup, "_works", lambda: True)
    monkeypatch.setattr(sys, "argv", ["build.py"])
    assert setup.main() == 3
    assert "online" in capsys.readouterr().err
    assert not setup.is_ready("build")


def test_a_file_deep_inside_a_package_that_is_missed_is_noticed_when_it_is_needed(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def needs_it() -> None:
        raise ModuleNotFoundError("No module named 'alpha.deep.inside'")

    asked: list[list[str]] = []
    monkeypatch.setattr("leafcast.commands.cli.main", needs_it)
    monkeypatch.setattr(setup, "start_again", lambda arguments: asked.append(arguments) or 0)
    monkeypatch.setenv(setup.MENDED, "")
    assert setup.run(["build", "--why"]) == 0
    assert asked == [["build", "--why"]]
    assert not setup.is_ready("build")
    with pytest.raises(ModuleNotFoundError):  # once is enough
        setup.run(["build", "--why"])


# ---------------------------------------------------------------- what a processor can do

WITH_BFLOAT16 = "processor\t: 0\nmodel name\t: One\nflags\t\t: fpu sse2 avx512_bf16 amx_tile\n"
WITHOUT = "processor\t: 0\nmodel name\t: One\nflags\t\t: fpu sse2 avx2 bf16ish\n"
ARM = "processor\t: 0\nFeatures\t: fp asimd bf16 i8mm\n"


def machine(setup: ModuleType, monkeypatch: pytest.MonkeyPatch, told: str = WITH_BFLOAT16) -> None:
    """A machine with Linux on an Intel or AMD processor that tells this of itself."""
    monkeypatch.setattr(setup.sys, "platform", "linux")
    monkeypatch.setattr(setup.os, "uname", lambda: SimpleNamespace(machine="x86_64"), raising=False)
    setup.CPUINFO.write_text(told)


@pytest.mark.parametrize(
    ("told", "system", "kind", "lock"),
    [
        (WITH_BFLOAT16, "linux", "x86_64", "fast"),
        (WITH_BFLOAT16.replace("avx512_bf16", "amx_bf16"), "linux", "x86_64", "fast"),
        (WITHOUT, "linux", "x86_64", "build"),
        (ARM, "linux", "aarch64", "build"),
        (WITH_BFLOAT16, "linux", "aarch64", "build"),
        (WITH_BFLOAT16, "darwin", "x86_64", "build"),
        (WITH_BFLOAT16, "win32", "AMD64", "build"),
        (None, "linux", "x86_64", "build"),
    ],
    ids=["avx512", "amx", "without", "arm", "other kind", "macOS", "Windows", "nothing told"],
)
def test_openvino_is_installed_where_the_processor_multiplies_bfloat16(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, told: str | None, system: str, kind: str,
    lock: str,
) -> None:  # fmt: skip
    machine(setup, monkeypatch, told or "")
    if told is None:
        setup.CPUINFO.unlink()
    monkeypatch.setattr(setup.sys, "platform", system)
    monkeypatch.setattr(setup.os, "uname", lambda: SimpleNamespace(machine=kind), raising=False)
    assert setup.lock_for_building() == lock


@pytest.mark.parametrize("told", [WITH_BFLOAT16, WITHOUT])
def test_the_voice_takes_the_form_that_was_installed_for_it(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    machine(setup, monkeypatch, told)
    flags = frozenset(told.rpartition(":")[2].split())
    monkeypatch.setattr(variants, "processor", lambda: ("One", flags))
    assert setup.multiplies_bfloat16() == variants.has_bfloat16()
    assert setup.BFLOAT16 == variants.BFLOAT16_FLAGS


def test_it_is_added_to_an_environment_that_lacks_it_and_then_known(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine(setup, monkeypatch)
    monkeypatch.setattr(setup, "_works", lambda: True)
    monkeypatch.setattr(setup, "install", lambda lock: package(setup, "openvino"))
    assert not setup.is_ready("fast")
    setup.make_environment("fast")
    assert "60 MB" in capsys.readouterr().err
    assert setup.is_ready("fast") and setup.is_ready("build") and not setup.is_ready("test")


def test_both_locks_are_installed_and_each_decides(setup: ModuleType) -> None:
    assert [path.name for path in setup.lock_files("fast")] == ["build.txt", "fast.txt"]
    setup.stamp_file("fast").write_text(setup.stamp("fast"), "utf-8")
    (setup.ROOT / "requirements/fast.txt").write_text("fast==2\n")
    assert not setup.is_ready("fast") and setup.is_ready("build")


@pytest.mark.parametrize("finished", [True, False])
def test_where_it_cannot_be_had_the_build_goes_on_and_does_not_try_at_each_start(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, finished: bool
) -> None:
    tried: list[str] = []

    def install(lock: str) -> None:
        tried.append(lock)
        if lock == "fast":
            raise subprocess.CalledProcessError(1, "pip install")

    machine(setup, monkeypatch)
    monkeypatch.setattr(setup, "_works", lambda: True)
    monkeypatch.setattr(setup, "install", install)
    if not finished:
        setup.stamp_file("build").unlink()
    setup.make_environment(setup.lock_for_building())
    assert tried == (["fast"] if finished else ["fast", "build"])
    assert setup.is_ready("build") and setup.lock_for_building() == "build"
    (setup.ROOT / "requirements/fast.txt").write_text("fast==2\n")
    assert setup.lock_for_building() == "fast"


# ---------------------------------------------------------------- run

posix_only = pytest.mark.skipif(os.name == "nt", reason="run is for POSIX shells")


@posix_only
def test_run_works_from_any_folder_and_needs_no_network(tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "run", "--version"], cwd=tmp_path, capture_output=True, text=True,
        env=os.environ | {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_NO_INDEX": "1"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "leafcast, version" in done.stdout


@posix_only
def test_a_machine_without_anything_is_told_what_to_install(tmp_path: Path) -> None:
    """A PATH with no Python and no package manager on it, and no environment yet."""
    for name in ("run", "build.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("dirname", "sh", "id"):
        found = next(p for p in (Path("/bin"), Path("/usr/bin")) if (p / tool).exists()) / tool
        (tools / tool).symlink_to(found)
    done = subprocess.run(
        [tools / "sh", tmp_path / "run", "build"], env={"PATH": str(tools)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert "Please install" in done.stderr
    assert "python3-venv" in done.stderr


PYTHON = """#!/bin/sh
# A Python that knows which libraries are there by the files in {there}.
case $1 in
-c) exit 0 ;;
-) if grep -q lou_checkTable; then test -f {there}/wanted; else test -f {there}/needed; fi ;;
*) echo "build.py $2" ;;
esac
"""
APT = """#!/bin/sh
# An apt-get that has what its second argument names.
[ "$1" = install ] || exit 0
case "$*" in
*libpango*) touch {there}/needed ;;
*liblouis*) [ -n "$NO_BRAILLE" ] && exit 100; touch {there}/wanted ;;
esac
echo "$@" >>{there}/asked
"""


@posix_only
@pytest.mark.parametrize(
    ("there", "refused", "asked", "told"),
    [
        ("", "", ["libpangoft2-1.0-0", "liblouis20"], ""),
        ("needed", "", ["liblouis20"], ""),
        ("wanted", "", ["libpangoft2-1.0-0"], ""),
        ("needed wanted", "", [], ""),
        ("needed", "yes", [], "no braille is made"),
    ],
)
def test_run_installs_only_what_is_missing_and_goes_on_without_braille(
    tmp_path: Path, there: str, refused: str, asked: list[str], told: str
) -> None:
    (tmp_path / "run").write_bytes((ROOT / "run").read_bytes())
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("dirname", "sh", "grep", "touch", "test", "env"):
        found = next(p for p in (Path("/bin"), Path("/usr/bin")) if (p / tool).exists()) / tool
        (tools / tool).symlink_to(found)
    for name, program in {"python3": PYTHON, "apt-get": APT, "id": "#!/bin/sh\necho 0\n"}.items():
        (tools / name).write_text(program.format(there=tmp_path))
        (tools / name).chmod(0o755)
    for name in there.split():
        (tmp_path / name).touch()
    done = subprocess.run(
        [tools / "sh", tmp_path / "run", "build"], capture_output=True, text=True, check=False,
        env={"PATH": str(tools), "NO_BRAILLE": refused},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "build.py build\n"), done.stderr
    lines = (tmp_path / "asked").read_text().splitlines() if (tmp_path / "asked").exists() else []
    assert len(lines) == len(asked)
    assert all(name in line for name, line in zip(asked, lines, strict=True))
    assert told in done.stderr


NEVER_USED = {"docopt", "openvino-telemetry"}
"""What packages name and leafcast never uses; see requirements/lock.py."""


def test_the_lock_of_a_build_holds_all_that_its_packages_need() -> None:
    """It is installed without looking at what they need, and the tests' own packages hide a gap."""
    lock = "".join((ROOT / f"requirements/{n}.txt").read_text("utf-8") for n in ("build", "fast"))
    there = {canonicalize_name(name) for name in re.findall(r"(?m)^([\w.-]+)==", lock)}
    needed: dict[str, str] = {}
    for name in there:
        with suppress(metadata.PackageNotFoundError):
            for line in metadata.requires(name) or ():
                wanted = Requirement(line)
                if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                    needed[canonicalize_name(wanted.name)] = name
    assert len(needed) > 10
    assert {each: by for each, by in needed.items() if each not in there | NEVER_USED} == {}


def test_openvino_starts_without_what_tells_its_makers_how_it_is_used() -> None:
    code = (
        "import sys\n"
        "class No:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.startswith('openvino_telemetry'): raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, No())\n"
        "import openvino\n"
        "print(openvino.Core().available_devices)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "['CPU']\n"), done.stderr


# ---------------------------------------------------------------- what is run


@pytest.mark.parametrize(
    ("arguments", "tools", "failing", "code"),
    [
        (["lint"], ["ruff", "ruff", "mypy"], "", 0),
        (["lint"], ["ruff", "ruff", "mypy"], "ruff", 1),
        (["test"], ["ruff", "ruff", "mypy", "pytest"], "", 0),
        (["test"], ["ruff", "ruff", "mypy", "pytest"], "mypy", 1),
        (["test"], ["ruff", "ruff", "mypy", "pytest"], "pytest", 1),
        (["test", "tests/test_days.py"], ["pytest"], "", 0),
    ],
)
def test_style_and_types_are_a_step_of_their_own_before_all_tests(
    setup: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    tools: list[str],
    failing: str,
    code: int,
) -> None:
    called: list[str] = []

    def call(command: list[str], cwd: Path) -> int:
        called.append(command[2])
        return int(command[2] == failing)

    monkeypatch.setattr(setup.subprocess, "call", call)
    assert setup.run(arguments) == code
    assert called == tools
