"""Downloads against a real web server of this machine; every file here is made up."""

import hashlib
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
import requests
from typer.testing import CliRunner

from data import corpora, corpus
from data.cache import File, raw_path
from data.corpus import Corpus
from data.download import GIVE_UP, app, fetch
from data.transfer import Origin, TransferError, transfer

ROOT = Path(__file__).resolve().parent.parent
REPO, COMMIT = "jemand/nachrichten", "c" * 40
UMLAUT = "data/50 - Ärzte gegen „Öl“: Was nun? 100% (2008-09-25).json"
BODY = bytes(range(256)) * 300


def file(path, content, optional=False):
    return File(REPO, COMMIT, path, len(content), hashlib.sha256(content).hexdigest(), optional)


class Server:
    """A web server of a few files that remembers what it was asked."""

    def __init__(self, files, ranges=True, cut=None):
        self.asked, self.cut = [], cut
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                wanted = self.headers.get("Range", "")
                outer.asked.append((self.path, wanted))
                content = files.get(unquote(self.path).split(COMMIT + "/")[-1])
                if content is None:
                    self.send_error(404)
                    return
                start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and ranges else 0
                self.send_response(206 if start else 200)
                if start:
                    self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
                self.send_header("Content-Length", str(len(content) - start))
                self.end_headers()
                self.wfile.write(content[start : outer.cut])

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def enter(tmp_path, monkeypatch):
    """A function that enters made-up corpora, each with its files, and points the cache to a new folder."""
    monkeypatch.setenv("NEWSPROOF_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("NEWSPROOF_MIRROR", raising=False)
    monkeypatch.setattr(corpus, "FILES", tmp_path)
    monkeypatch.setattr(corpora, "CORPORA", entries := {})
    monkeypatch.setattr("data.download.CORPORA", entries)

    def add(name, files, derived=""):
        entries[name] = Corpus(name, name, "none", "no", ("de",), "https://example.org", "defacto", derived=derived)
        rows = [f"{f.repo}\t{f.commit}\t{f.path}\t{f.bytes}\t{f.sha256}\t{int(f.optional)}\n" for f in files]
        (tmp_path / f"{name}.tsv").write_text(
            "repo\tcommit\tpath\tbytes\tsha256\toptional\n" + "".join(rows), encoding="utf-8"
        )
        corpus.read_files.cache_clear()

    yield add
    corpus.read_files.cache_clear()


@pytest.fixture
def mirror(tmp_path):
    """A function that writes a file into a mirror folder."""

    def put(path, content):
        target = tmp_path / "mirror" / REPO / COMMIT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return str(tmp_path / "mirror")

    return put


def command(*arguments):
    return CliRunner().invoke(app, arguments)


def left_over(folder):
    return [path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


def test_upstream_is_the_raw_file_of_the_pinned_commit_percent_encoded():
    assert Origin().place(file(UMLAUT, b"")) == (
        f"https://raw.githubusercontent.com/{REPO}/{COMMIT}/data/50%20-%20%C3%84rzte%20gegen%20"
        "%E2%80%9E%C3%96l%E2%80%9C%3A%20Was%20nun%3F%20100%25%20%282008-09-25%29.json"
    )


def test_a_path_with_umlauts_and_a_question_mark_comes_over_http(enter):
    enter("neu", [file(UMLAUT, BODY)])
    with Server({UMLAUT: BODY}) as server:
        report = fetch(["neu"], server.url)
    assert (report.fetched, report.ok) == (1, True)
    assert raw_path(file(UMLAUT, BODY)).read_bytes() == BODY
    assert "%C3%84rzte" in server.asked[0][0]


def test_an_empty_file_is_a_file(enter):
    enter("neu", [file("leer", b"")])
    with Server({"leer": b""}) as server:
        assert fetch(["neu"], server.url).fetched == 1
    assert raw_path(file("leer", b"")).read_bytes() == b""


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_a_folder_can_be_the_mirror(enter, mirror, scheme):
    enter("neu", [file(UMLAUT, BODY)])
    assert fetch(["neu"], scheme + mirror(UMLAUT, BODY)).fetched == 1


def test_a_second_run_fetches_nothing_and_repairs_what_was_damaged(enter, mirror):
    enter("neu", [file("a", BODY), file("b", b"b")])
    folder = mirror("a", BODY) and mirror("b", b"b")
    assert fetch(["neu"], folder).fetched == 2
    assert fetch(["neu"], folder).present == 2
    raw_path(file("b", b"b")).write_bytes(b"x")
    report = fetch(["neu"], folder)
    assert (report.fetched, report.present) == (1, 1)


def test_another_hash_is_an_error_with_both_hashes_and_nothing_is_kept(enter, mirror, tmp_path):
    good, bad = b"Haus", b"Maus"
    enter("neu", [file("a", good)])
    result = command("neu", "--mirror", mirror("a", bad))
    assert result.exit_code == 2
    for expected in (hashlib.sha256(good).hexdigest(), hashlib.sha256(bad).hexdigest(), "Nothing was kept"):
        assert expected in result.output
    assert left_over(tmp_path / "cache") == []


def test_no_more_than_the_pinned_bytes_are_kept(enter, tmp_path):
    enter("neu", [file("a", b"kurz")])
    with Server({"a": BODY}) as server:
        report = fetch(["neu"], server.url)
    assert "is longer than the pinned 4 bytes" in report.errors[0]
    assert left_over(tmp_path / "cache") == []


def test_a_partial_download_is_continued_with_a_range_request(tmp_path):
    target = tmp_path / "a"
    (tmp_path / "a.part").write_bytes(BODY[:1000])
    with Server({"a": BODY}) as server:
        transfer(file("a", BODY), target, Origin(server.url))
    assert target.read_bytes() == BODY
    assert [wanted for _, wanted in server.asked] == ["bytes=1000-"]
    assert not (tmp_path / "a.part").exists()


def test_a_server_without_ranges_sends_it_all_again(tmp_path):
    (tmp_path / "a.part").write_bytes(BODY[:1000])
    with Server({"a": BODY}, ranges=False) as server:
        transfer(file("a", BODY), tmp_path / "a", Origin(server.url))
    assert (tmp_path / "a").read_bytes() == BODY


@pytest.mark.parametrize("old", [b"#" * 1000, b"#" * len(BODY), b"#" * (len(BODY) + 1)])
def test_a_wrong_beginning_is_thrown_away_once(tmp_path, old):
    (tmp_path / "a.part").write_bytes(old)
    with Server({"a": BODY}) as server:
        transfer(file("a", BODY), tmp_path / "a", Origin(server.url))
    assert (tmp_path / "a").read_bytes() == BODY


def test_a_broken_connection_keeps_the_beginning_for_the_next_run(tmp_path):
    with Server({"a": BODY}, cut=70_000) as server:
        with pytest.raises(TransferError, match="Run the command again"):
            transfer(file("a", BODY), tmp_path / "a", Origin(server.url))
        assert not (tmp_path / "a").exists()
        assert (tmp_path / "a.part").read_bytes() == BODY[:70_000][: (tmp_path / "a.part").stat().st_size]
        server.cut = None
        transfer(file("a", BODY), tmp_path / "a", Origin(server.url))
    assert (tmp_path / "a").read_bytes() == BODY


def test_missing_test_files_are_counted_missing_required_ones_fail(enter, mirror):
    enter("neu", [file("a", b"a"), file("test/b", b"b", optional=True)])
    folder = mirror("a", b"a")
    result = command("neu", "--mirror", folder)
    assert result.exit_code == 0
    assert "1 optional files (official test splits) not at this source" in result.output
    enter("alt", [file("c", b"c")])
    result = command("alt", "--mirror", folder)
    assert result.exit_code == 2
    assert "does not exist. The corpus needs it" in result.output


def test_an_address_that_cannot_be_reached_is_named_with_the_way_out(enter):
    enter("neu", [file("a", b"a")])
    with Server({}) as server:
        gone = server.url
    origin = Origin(gone)
    origin._session().adapters.clear()
    origin._session().mount("http://", requests.adapters.HTTPAdapter(max_retries=0))
    with pytest.raises(
        TransferError, match=r"cannot be reached \(ConnectionError\)\. Check the network, or name a mirror"
    ):
        origin.open(file("a", b"a"), 0)


def test_after_some_failures_the_rest_is_not_tried(enter, mirror):
    enter("neu", [file(f"{n}", b"x") for n in range(40)])
    report = fetch(["neu"], mirror("other", b""), jobs=1)
    assert (len(report.errors), report.not_tried, report.ok) == (GIVE_UP, 40 - GIVE_UP, False)


def test_two_downloads_at_once_both_end_well(enter):
    enter("neu", [file(f"{n}", BODY) for n in range(10)])
    with Server({f"{n}": BODY for n in range(10)}) as server, ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: fetch(["neu"], server.url), range(2)))
    assert sorted(report.fetched for report in reports) == [0, 10]


def test_an_unknown_name_gets_the_nearest_one(enter):
    enter("defacto", [])
    result = command("defacot")
    assert result.exit_code == 2
    assert "No corpus 'defacot'. Did you mean 'defacto'?" in result.output


def test_a_mirror_that_is_not_there_is_an_error(enter):
    enter("neu", [])
    result = command("neu", "--mirror", "/no/such/folder")
    assert result.exit_code == 2
    assert "neither a folder nor" in result.output


def test_what_does_not_exist_upstream_is_left_out_or_refused(enter, mirror):
    enter("neu", [file("a", b"a")], derived="Clone it and set VARIABLE.")
    result = command()
    assert (result.exit_code, "Left out: neu. Clone it" in result.output) == (0, True)
    result = command("neu")
    assert (result.exit_code, "cannot be fetched from upstream. Clone it" in result.output) == (2, True)
    assert command("neu", "--mirror", mirror("a", b"a")).exit_code == 0


def test_the_list_names_state_and_size(enter, mirror):
    enter("neu", [file("a", BODY), file("test/b", b"b", optional=True)])
    assert "not here" in command("--list").output
    fetch(["neu"], mirror("a", BODY))
    assert "without 1 test files" in command("--list").output


def test_the_list_loads_no_heavy_library():
    code = (
        "import sys; from data.download import app\n"
        "try: app(['--list'])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "print(*sorted({'datasets', 'torch', 'pandas', 'numpy', 'requests'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""
    assert "defacto" in done.stdout


def test_a_pinned_path_cannot_leave_the_cache():
    with pytest.raises(ValueError, match="leaves the raw folder"):
        raw_path(file("../../../etc/passwd", b""))
