"""With little memory a build ends, and says why; it never waits for what nobody will ever do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from leafcast.build import pipeline
from leafcast.commands import running
from leafcast.commands.cli import leafcast
from leafcast.commands.running import lacks_memory
from leafcast.document.errors import LeafcastError
from tests.conftest import ROOT
from tests.test_interrupted import posix_only

LACKS = [
    MemoryError(),
    MemoryError("Unable to allocate 8.23 MiB for an array"),
    RuntimeError("can't start new thread"),
    OSError(12, "Cannot allocate memory"),
    ImportError("libgfortran.so.5: failed to map segment from shared object"),
]
OTHERS = [RuntimeError("odd"), OSError(28, "No space left on device"), ImportError("No module x")]


@pytest.mark.parametrize("error", LACKS, ids=repr)
def test_a_lack_of_memory_is_told_in_a_line(
    practice: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[int] = []

    def build(*given: object) -> None:
        raise error

    def leave(code: int) -> None:
        left.append(code)
        raise SystemExit(code)

    monkeypatch.setattr(pipeline, "build", build)
    monkeypatch.setattr(running, "_leave_at_once", leave)
    done = CliRunner().invoke(leafcast, ["build", "--project", str(practice)])
    assert left == [1]
    assert "There is not enough memory for this" in done.output
    assert len(done.output.splitlines()) == 2


@pytest.mark.parametrize("error", OTHERS, ids=repr)
def test_nothing_else_is_taken_for_it(
    practice: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(*given: object) -> None:
        raise error

    assert not lacks_memory(error)
    monkeypatch.setattr(pipeline, "build", build)
    done = CliRunner().invoke(leafcast, ["build", "--project", str(practice)])
    assert done.exception is error


def test_an_error_of_ours_is_told_as_it_is() -> None:
    assert not lacks_memory(LeafcastError("The disk is full"))


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) << 20,) * 2)
from leafcast.commands.cli import main
if __name__ == "__main__":
    sys.argv = ["leafcast", "build", "--edition", "a4", "--edition", "sections", "--jobs", "2",
                "--project", sys.argv[1]]
    main()
"""


@posix_only
@pytest.mark.parametrize("megabytes", [400])
def test_a_build_with_little_memory_ends(practice: Path, tmp_path: Path, megabytes: int) -> None:
    script = tmp_path / "limited.py"
    script.write_text(LIMITED)
    command = [sys.executable, str(script), str(practice), str(megabytes)]
    done = subprocess.run(
        command, cwd=practice, capture_output=True, text=True, check=False, timeout=120,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "1795478400"},
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode in (0, 1), said
    assert done.returncode == 0 or "memory" in said.lower(), said
    assert "leafcast itself made a mistake" not in said
