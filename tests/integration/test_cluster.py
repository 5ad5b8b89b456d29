"""A build on a real cluster of two processes, with a store that speaks S3, and a worker that dies."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner

from leafcast.build import pipeline
from leafcast.build.cluster import on_cluster
from leafcast.build.elsewhere import Elsewhere
from leafcast.commands.cli import leafcast
from leafcast.document.errors import LeafcastError, UsageError
from leafcast.document.report import Report
from leafcast.execution.request import Request, Silent
from leafcast.practice.project import load_project
from leafcast.state.blobs import keep_blob, open_store, read_blob
from tests.conftest import TODAY
from tests.test_elsewhere import EDITIONS, make, write_two
from tests.test_pipeline import everything

moto_server = pytest.importorskip("moto.server")
dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")

SECONDS = 120


class Teller(Silent):
    """Remembers what it is told; says when work is under way."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.busy = Event()

    def step(self, words: str) -> None:
        self.told.append(words)
        if words.startswith("Making"):
            self.busy.set()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a store in memory that speaks S3."""
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (
            ("AWS_ACCESS_KEY_ID", "jo"), ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_REGION", "eu-west-2"), ("AWS_ENDPOINT", f"http://{host}:{port}"),
            ("SOURCE_DATE_EPOCH", TODAY),
        ):  # fmt: skip
            patch.setenv(name, value)
        import boto3

        boto3.client("s3", endpoint_url=f"http://{host}:{port}").create_bucket(
            Bucket="leaflets", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
        )
        yield "s3://leaflets/build"
    server.stop()


def test_a_store_by_its_address_keeps_what_it_is_given(s3: str) -> None:
    store = open_store(s3)
    assert store.read("x/y") is None and not store.has("x/y")
    store.write("x/y", b"words")
    assert store.read("x/y") == b"words" and store.has("x/y")
    assert read_blob(open_store(s3), keep_blob(store, b"more")) == b"more"
    nowhere = open_store("s3://no-such-bucket/x")
    with pytest.raises(LeafcastError, match="does not answer"):
        nowhere.write("x", b"x")
    with pytest.raises(UsageError, match="no address of a store"):
        open_store("carrier-pigeon://home")


def kill_a_worker(there: Elsewhere, busy: Event) -> None:
    """Kill one of the cluster's processes once work is under way."""
    assert busy.wait(SECONDS)
    pids = there.executor._client.run(os.getpid)  # type: ignore[attr-defined]
    os.kill(next(iter(pids.values())), signal.SIGKILL)


def setting() -> tuple[bool, int]:
    """Whether a worker is looked into for Dask's dashboard, and the least that it says itself."""
    looked_into = dask.config.get("distributed.worker.profile.enabled")
    return looked_into, logging.getLogger("distributed").level


def settings(there: Elsewhere) -> list[tuple[bool, int]]:
    """The setting of each worker."""
    return list(there.executor._client.run(setting).values())  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name == "nt", reason="processes are killed by POSIX's signals")
def test_a_worker_that_dies_costs_nothing_and_the_bytes_are_the_same(
    s3: str, tmp_path: Path
) -> None:
    practice, teller = write_two(tmp_path / "practice"), Teller()
    project, report = load_project(practice), Report()
    request = Request(editions=EDITIONS, jobs=2)
    with on_cluster(project, "local", s3, 2, teller) as there:
        assert set(settings(there)) == {(False, logging.CRITICAL)}
        killer = Thread(target=kill_a_worker, args=(there, teller.busy))
        killer.start()
        pipeline.build(project, request, teller, report, there)
        killer.join(SECONDS)
    assert report.exit_code == 0, report.findings
    assert any("dashboard is at http://127.0.0.1" in words for words in teller.told)
    here = write_two(tmp_path / "here")
    make(here)
    assert everything(practice / "dist") == everything(here / "dist")


def test_where_no_cluster_answers_the_owner_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leafcast.build.cluster.ANSWERS_WITHIN_SECONDS", 1)
    practice = write_two(tmp_path / "practice")
    asked = ["build", "--cluster", "tcp://127.0.0.1:9", "--project", str(practice)]
    done = CliRunner().invoke(leafcast, asked)
    assert done.exit_code == 1
    assert "No cluster answers at tcp://127.0.0.1:9" in done.output
    assert "docs/cluster.md" in done.output
    alone = CliRunner().invoke(leafcast, ["build", "--store", "x", "--project", str(practice)])
    assert alone.exit_code == 2 and "--cluster ADDRESS" in alone.output
