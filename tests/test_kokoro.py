"""Kokoro's forms: which one a machine takes, how that is remembered, and what it must sound like."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from leafcast.document.errors import VoiceUnavailable
from leafcast.narration.model import VoiceSpec
from leafcast.narration.voices import fingerprint
from leafcast.narration.voices.kokoro import form, ingredients, preparing, variants
from leafcast.narration.voices.kokoro.engines import session
from leafcast.narration.voices.kokoro.gates import GATES, fault, likeness
from leafcast.narration.voices.kokoro.trial import too_slow, weigh
from leafcast.narration.voices.kokoro.variants import Verdict, candidate, checked_files, chosen
from leafcast.narration.voices.outputs import with_output
from leafcast.state.cache import write_beside
from tests.conftest import ROOT

pytest.importorskip("onnx")
VOICES = ROOT / "audio/voices"
Sound = npt.NDArray[np.float32]


def spec(**settings: str) -> VoiceSpec:
    return VoiceSpec("kokoro", "kokoro", tuple(sorted(settings.items())), (str(VOICES),))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, on a processor with bfloat16 where everything is installed."""
    monkeypatch.setattr(variants, "folder", lambda: tmp_path / "voices")
    monkeypatch.setattr(preparing, "folder", lambda: tmp_path / "voices")
    monkeypatch.setattr(variants, "has", lambda package: True)
    monkeypatch.setattr(variants, "has_bfloat16", lambda: True)
    return tmp_path / "voices"


def remember(voice: VoiceSpec, verdict: Verdict) -> Path:
    path = variants.verdict_path(candidate(voice).variant, forced=variants.is_forced(voice))
    write_beside(path, variants.pack_verdict(verdict))
    return path


def kept(folder: Path, variant: str = "ovbf16") -> Verdict:
    """A verdict for `variant`, with three files that are as they should be."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for part in ("before", "decoder", "after"):
        files[part] = f"{sha256(part.encode()).hexdigest()}.onnx"
        (folder / files[part]).write_bytes(part.encode())
    return Verdict(variant, "", files)


# ---------------------------------------------------------------- which form


@pytest.mark.parametrize(
    ("bfloat16", "installed", "expected"),
    [
        (True, {"onnx", "openvino"}, "ovbf16"),
        (True, {"onnx"}, "f32k"),
        (False, {"onnx", "openvino"}, "f32k"),
        (True, {"openvino"}, "int8"),
        (False, set(), "int8"),
    ],
)
def test_the_form_to_try_follows_the_processor_and_the_packages(
    monkeypatch: pytest.MonkeyPatch, bfloat16: bool, installed: set[str], expected: str
) -> None:
    monkeypatch.setattr(variants, "has_bfloat16", lambda: bfloat16)
    monkeypatch.setattr(variants, "has", lambda package: package in installed)
    assert candidate(spec()).variant == expected


def test_voices_toml_may_name_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    assert candidate(spec(variant="int8")) == Verdict("int8")
    assert candidate(spec(variant="f32k")).variant == "f32k"
    assert "no form called quick" in form(spec(variant="quick"))
    monkeypatch.setattr(variants, "has", lambda package: package == "onnx")
    assert form(spec(variant="ovbf16")) == (
        "int8: ovbf16 needs openvino (pip install leafcast[fast])"
    )


def test_another_model_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "own.onnx").write_bytes(b"a model")
    own = VoiceSpec("own", "kokoro", (("model", "own.onnx"),), (str(tmp_path), str(VOICES)))
    assert chosen(own).variant == "int8"
    assert "another" in form(own)


def test_without_a_verdict_the_model_is_as_shipped() -> None:
    assert form(spec()) == "int8: ovbf16 is made at the next build"


def test_a_verdict_is_followed_and_is_in_the_fingerprint(folder: Path) -> None:
    before = fingerprint(spec())
    remember(spec(), kept(folder))
    assert form(spec()) == "ovbf16"
    assert "ovbf16" in ingredients(spec())
    assert fingerprint(spec()) != before
    assert chosen(spec(variant="f32k")).variant == "int8"  # of which there is none yet


def test_a_reason_is_told() -> None:
    remember(spec(), Verdict("int8", "ovbf16 is not quicker here"))
    assert form(spec()) == "int8: ovbf16 is not quicker here"


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"variant": 1, "colour": 2}', b"\xff"])
def test_a_verdict_that_cannot_be_read_is_none(content: bytes) -> None:
    path = remember(spec(), Verdict())
    path.write_bytes(content)
    assert chosen(spec()).variant == "int8"
    assert "at the next build" in form(spec())


def test_a_form_whose_file_is_gone_is_made_again(folder: Path) -> None:
    verdict = kept(folder)
    remember(spec(), verdict)
    (folder / verdict.files["decoder"]).unlink()
    assert form(spec()) == "int8: ovbf16 is made again at the next build"


def test_a_damaged_file_is_never_opened(folder: Path) -> None:
    verdict = kept(folder)
    assert set(checked_files(verdict)) == {"before", "decoder", "after"}
    (folder / verdict.files["decoder"]).write_bytes(b"decoder, but not quite")
    with pytest.raises(VoiceUnavailable, match="damaged") as caught:
        checked_files(verdict)
    assert "again" in caught.value.hint
    assert not (folder / verdict.files["decoder"]).exists()


def test_saying_what_decides_the_sound_opens_nothing() -> None:
    code = (
        "import sys\n"
        "from leafcast.narration.model import VoiceSpec\n"
        "from leafcast.narration.voices import fingerprint\n"
        "fingerprint(VoiceSpec('k', 'kokoro', (), (sys.argv[1],)))\n"
        "print(sorted({'numpy', 'onnx', 'onnxruntime', 'openvino', 'hibari'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(VOICES)], cwd=ROOT, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


# ---------------------------------------------------------------- getting it ready


JUDGES = {
    "slow": "import time; time.sleep(1); write('ovbf16')",
    "crash": "import os, signal; os.kill(os.getpid(), signal.SIGILL)",
    "fail": "raise MemoryError('no room for it')",
    "refuse": "write('int8', 'its level is off')",
}


@pytest.fixture
def judge(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A judge that does what JUDGE says, and leaves a line in a log for each time it is called."""
    log = tmp_path / "log"
    path = variants.verdict_path("ovbf16", forced=False)
    (tmp_path / "a_judge.py").write_text(
        "import json, os, pathlib\n"
        f"with open({str(log)!r}, 'a') as file: file.write('called\\n')\n"
        "def write(variant, why=''):\n"
        f"    verdict = dict(variant=variant, why=why)\n"
        f"    pathlib.Path({str(path)!r}).write_text(json.dumps(verdict))\n"
        "exec(os.environ['JUDGE'])\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(preparing, "JUDGE", "a_judge")
    return log


def test_two_builds_at_once_make_it_once(judge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGE", JUDGES["slow"])
    told: list[float] = []
    with ThreadPoolExecutor(2) as builds:
        both = [
            builds.submit(preparing.prepare, spec(), lambda: told.append(time.time()))
            for _ in range(2)
        ]
    assert [each.result() for each in both] == [True, True]
    assert (judge.read_text(), len(told)) == ("called\n", 1)
    assert not preparing.prepare(spec())
    assert judge.read_text() == "called\n"


@pytest.mark.parametrize(
    ("fault", "words"),
    [("crash", "could not be made"), ("fail", "no room for it"), ("refuse", "its level is off")],
)
def test_a_form_that_cannot_be_made_is_not_tried_again(
    judge: Path, monkeypatch: pytest.MonkeyPatch, fault: str, words: str
) -> None:
    monkeypatch.setenv("JUDGE", JUDGES[fault])
    assert not preparing.prepare(spec())
    assert form(spec()).startswith("int8: ")
    assert words in form(spec())
    preparing.prepare(spec())
    assert judge.read_text() == "called\n"


def test_where_nothing_can_be_kept_the_model_is_as_shipped(
    judge: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_text("a file where the folder should be")
    assert not preparing.prepare(spec())
    assert chosen(spec()).variant == "int8"
    assert not judge.exists()


def test_a_form_that_is_not_wanted_is_not_made(judge: Path) -> None:
    assert not preparing.prepare(spec(variant="int8"))
    assert not judge.exists()


# ---------------------------------------------------------------- what it must sound like


def speech() -> Sound:
    """Two seconds of a voice-like sound: a buzz that comes and goes, and breath."""
    times = np.arange(48_000) / 24_000
    buzz = sum(np.sin(2 * np.pi * 140 * n * times) / n for n in range(1, 40))
    loud = np.clip(np.sin(2 * np.pi * 1.5 * times), 0, 1)
    breath = np.random.default_rng(2).standard_normal(len(times))
    return (0.1 * buzz * loud + 0.005 * breath).astype(np.float32)


def noise(share: float) -> Sound:
    return (share * np.random.default_rng(1).standard_normal(48_000)).astype(np.float32)


def test_the_same_sound_passes_every_gate() -> None:
    for gate in GATES.values():
        assert fault(gate, speech(), speech()) == ""
    assert fault(GATES["ovbf16"], speech(), speech() * (1 + noise(0.03))) == ""
    assert fault(GATES["f32k"], speech(), speech() * (1 + noise(1e-6))) == ""


@pytest.mark.parametrize(
    ("sound", "words"),
    [
        (speech()[:-600], "another length"),
        (speech() * np.float32(1.06), "level is off by +0.5 dB"),
        (speech() * np.float32(0.94), "level is off by -0.5 dB"),
        (speech() + noise(0.008), "differs by"),
        (np.roll(speech(), 300), "differs by"),
        (-speech(), "error is only"),
        (np.full(48_000, np.nan, np.float32), "not sound"),
        (np.zeros(48_000, np.float32), "level is off"),
    ],
)
def test_another_sound_is_refused(sound: Sound, words: str) -> None:
    assert words in fault(GATES["ovbf16"], speech(), sound)
    assert fault(GATES["f32k"], speech(), sound)


def test_what_passes_for_bfloat16_is_too_far_off_for_32_bits() -> None:
    assert fault(GATES["f32k"], speech(), speech() * (1 + noise(0.01)))


def test_likeness_is_in_decibels() -> None:
    alike = likeness(speech(), speech() * np.float32(1.1))
    assert alike.snr_db == pytest.approx(20, abs=0.01)
    assert alike.level_db == pytest.approx(0.83, abs=0.01)


def test_a_form_is_weighed_by_sound_then_by_cost() -> None:
    exact, shipped = [speech()], ([speech()], 0.5)
    assert weigh("f32k", exact, shipped, (exact, 0.4)).variant == "f32k"
    assert "last otherwise" in weigh("f32k", exact, ([speech()[:-600]], 0.5), (exact, 0.4)).why
    assert "level" in weigh("f32k", exact, shipped, ([speech() * np.float32(1.1)], 0.4)).why
    assert too_slow(weigh("f32k", exact, shipped, (exact, 0.4))) == ""
    assert "0.49 against 0.50" in too_slow(weigh("f32k", exact, shipped, (exact, 0.49)))


# ---------------------------------------------------------------- one more output


def test_a_model_gains_an_output_without_the_package_onnx() -> None:
    from onnx import TensorProto, helper

    nodes = [
        helper.make_node("Add", ["x", "x"], ["twice"]),
        helper.make_node("Add", ["twice", "x"], ["thrice"]),
    ]
    x, thrice = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in ("x", "thrice")
    )
    model = helper.make_model(
        helper.make_graph(nodes, "sums", [x], [thrice]),
        ir_version=9,
        opset_imports=[helper.make_opsetid("", 20)],
    ).SerializeToString()
    told = session(with_output(model, "twice"))
    assert [each.name for each in told.get_outputs()] == ["thrice", "twice"]
    thrice_made, twice_made = told.run(None, {"x": np.array([7], np.float32)})
    assert (thrice_made[0], twice_made[0]) == (21, 14)
    assert with_output(model, "fourfold") == model


def test_a_verdict_survives_being_stored(folder: Path) -> None:
    verdict = Verdict("f32k", "", {"before": "a.onnx"}, {"snr db": 107.5})
    assert Verdict(**json.loads(variants.pack_verdict(verdict))) == verdict
