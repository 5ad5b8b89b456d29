"""Which ffmpeg is used, what it is known by, and that another one makes everything anew."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from leafcast.build.keys import Keys
from leafcast.document.errors import SoundError, ToolMissing
from leafcast.editions.table import EDITIONS
from leafcast.narration.sound import ffmpeg
from leafcast.narration.sound import wave as sound
from leafcast.narration.sound.levels import Form, measured
from leafcast.practice.project import Practice, Project
from leafcast.state.cache import Cache
from leafcast.state.store import State

POSIX = pytest.mark.skipif(os.name == "nt", reason="programs are written as shell scripts")
pytestmark = POSIX
LOCKED = ffmpeg.chosen()


def program(folder: Path, version: str = "5.1.9", *, starts: bool = True) -> Path:
    """An ffmpeg that says its version and works as the locked one, or does not start."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "ffmpeg"
    said = f'[ "$1" = -version ] && echo "ffmpeg version {version}" && exit\n'
    broken = 'echo "error while loading shared libraries: libblas.so.3" >&2; exit 127\n'
    body = f'{said}exec {LOCKED.path} "$@"\n' if starts else broken
    path.write_text(f"#!/bin/sh\n{body}", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("user")


@pytest.fixture(autouse=True)
def _own_folders(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg, "user_folder", lambda: user)
    monkeypatch.delenv(ffmpeg.VARIABLE, raising=False)
    ffmpeg._chosen.cache_clear()


def on_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def nothing_locked(monkeypatch: pytest.MonkeyPatch, path: Path | None = None) -> None:
    """As if the package were not installed, or held `path`."""
    found = [("imageio_ffmpeg", str(path))] if path else []
    monkeypatch.setattr(ffmpeg, "_locked", lambda: iter(found))


# ---------------------------------------------------------------- which one


def test_the_locked_one_comes_before_that_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_path(program(tmp_path / "bin").parent, monkeypatch)
    assert ffmpeg.chosen().source == ffmpeg.PACKAGE
    assert "imageio_ffmpeg" in ffmpeg.chosen().path
    assert ffmpeg.chosen().passed_over == ()


def test_the_one_that_the_owner_names_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = program(tmp_path / "own")
    monkeypatch.setenv(ffmpeg.VARIABLE, str(named))
    assert (ffmpeg.chosen().path, ffmpeg.chosen().source) == (str(named), ffmpeg.VARIABLE)
    monkeypatch.delenv(ffmpeg.VARIABLE)
    assert ffmpeg.chosen().source == ffmpeg.PACKAGE


@pytest.mark.parametrize("fault", ["no such file", "does not start", "no program", "another"])
def test_one_that_does_not_start_is_passed_over_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    named = program(tmp_path / "own", starts=False)
    if fault == "no such file":
        named.unlink()
    elif fault == "no program":
        named.write_bytes(b"\x7fELF cut short")
    elif fault == "another":
        named.write_text("#!/bin/sh\necho some other program 1.0\n", encoding="utf-8")
    monkeypatch.setenv(ffmpeg.VARIABLE, str(named))
    assert ffmpeg.chosen().source == ffmpeg.PACKAGE
    assert ffmpeg.chosen().passed_over == ((ffmpeg.VARIABLE, str(named)),)


def test_that_of_the_machine_is_used_where_the_locked_one_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = program(tmp_path / "locked", starts=False)
    nothing_locked(monkeypatch, broken)
    machine = program(tmp_path / "bin")
    on_path(machine.parent, monkeypatch)
    assert ffmpeg.chosen().path == str(machine)
    assert ffmpeg.chosen().passed_over == ((ffmpeg.PACKAGE, str(broken)),)


def test_without_any_it_is_said_what_would_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_locked(monkeypatch)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(ffmpeg.VARIABLE, str(program(tmp_path / "own", starts=False)))
    with pytest.raises(ToolMissing) as raised:
        ffmpeg.chosen()
    assert str(tmp_path / "own") in raised.value.message
    assert "imageio-ffmpeg" in raised.value.hint
    assert ffmpeg.identity() == ""


def test_one_that_is_gone_in_the_midst_is_an_error_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = program(tmp_path / "own")
    monkeypatch.setenv(ffmpeg.VARIABLE, str(named))
    assert ffmpeg.chosen().path == str(named)
    named.unlink()
    with pytest.raises(SoundError, match="cannot be started"):
        sound.run_ffmpeg(["-version"])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such policy")
@pytest.mark.parametrize("allowed", [True, False])
def test_it_works_on_until_it_has_to_wait_where_the_system_allows_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    told = tmp_path / "ffmpeg"
    asks = "import os; print(os.sched_getscheduler(0))"
    told.write_text(f"#!/bin/sh\nexec '{sys.executable}' -S -c '{asks}'\n", encoding="utf-8")
    told.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "chosen", lambda: ffmpeg.Ffmpeg(str(told), "PATH", "1"))
    before, set_policy = os.sched_getscheduler(0), os.sched_setscheduler

    def denied(*_given: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "sched_setscheduler", set_policy if allowed else denied)
    batch = allowed and before == os.SCHED_OTHER
    assert int(sound.run_ffmpeg([])) == (os.SCHED_BATCH if batch else before)
    assert os.sched_getscheduler(0) == before


# ---------------------------------------------------------------- its identity


def identity_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(ffmpeg.VARIABLE, str(path))
    ffmpeg._chosen.cache_clear()
    return ffmpeg.identity()


def test_another_version_or_another_file_is_another_identity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = identity_of(program(tmp_path / "a", "5.1.9"), monkeypatch)
    same = identity_of(program(tmp_path / "b", "5.1.9"), monkeypatch)
    other = identity_of(program(tmp_path / "c", "5.1.10"), monkeypatch)
    assert one == same
    assert len({one, other, LOCKED.identity}) == 3


def test_one_replaced_in_its_place_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = identity_of(program(tmp_path / "a", "5.1.9"), monkeypatch)
    os.utime(tmp_path / "a/ffmpeg", ns=(1, 1))
    assert identity_of(tmp_path / "a/ffmpeg", monkeypatch) == before
    assert identity_of(program(tmp_path / "a", "9.0.2"), monkeypatch) != before


def test_one_that_is_known_is_neither_started_nor_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = identity_of(program(tmp_path / "a"), monkeypatch)
    monkeypatch.setattr(ffmpeg, "_version_of", None)
    assert identity_of(tmp_path / "a/ffmpeg", monkeypatch) == before


@pytest.mark.parametrize("kept", [b"", b"{}", b"[]", b'{"identity": 5}', b"\xff"])
def test_what_is_kept_and_cannot_be_read_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bytes
) -> None:
    monkeypatch.setattr(ffmpeg, "user_folder", lambda: tmp_path / "user")
    before = identity_of(program(tmp_path / "a"), monkeypatch)
    (stored,) = (tmp_path / "user/ffmpeg").iterdir()
    stored.write_bytes(kept)
    assert identity_of(tmp_path / "a/ffmpeg", monkeypatch) == before


def test_a_folder_that_cannot_be_written_costs_time_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = identity_of(program(tmp_path / "a"), monkeypatch)
    (tmp_path / "a file").write_bytes(b"")
    monkeypatch.setattr(ffmpeg, "user_folder", lambda: tmp_path / "a file")
    assert identity_of(tmp_path / "a/ffmpeg", monkeypatch) == before


@pytest.mark.parametrize("edition", ["sections", "episode", "slower"])
def test_another_ffmpeg_makes_an_edition_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edition: str
) -> None:
    keys = [Keys(Project(tmp_path, Practice("", "")), State(None)) for _ in range(2)]
    before = keys[0].of(EDITIONS[edition].writer)
    monkeypatch.setenv(ffmpeg.VARIABLE, str(program(tmp_path / "own")))
    after = keys[1].of(EDITIONS[edition].writer)
    assert {name for name in after if after[name] != before[name]} == {"packages"}


def test_what_one_decoder_measured_another_measures_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Cache(tmp_path / "cache")
    tone = tmp_path / "tone.wav"
    sound.run_ffmpeg(["-f", "lavfi", "-i", "sine=d=1", str(tone)])
    measured(tone, "tone", Form(1, -1.0), kept)
    monkeypatch.setattr("leafcast.narration.sound.levels.measure", None)
    measured(tone, "tone", Form(1, -1.0), kept)
    monkeypatch.setenv(ffmpeg.VARIABLE, str(program(tmp_path / "own")))
    with pytest.raises(TypeError):
        measured(tone, "tone", Form(1, -1.0), kept)
