"""Pages from a server on this machine, and from WARC files, whole and broken."""

import contextlib
import gzip
import io
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from experiments import fetch, inputs

TEXT = (
    "Die Regierung hat am Montag ein Programm für die Gemeinden beschlossen. Laut Ministerin Eva Kern sollen zwölf "
    "Millionen Euro in neue Schulen fließen, und das soll auch für die Städte im Norden des Landes gelten."
)
PAGE = f"<html><head><title>Titel</title></head><body><p>{TEXT}</p></body></html>"


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        answers = {
            "/page": (200, "text/html; charset=utf-8", PAGE.encode()),
            "/latin": (200, "text/html; charset=iso-8859-1", PAGE.encode("latin-1")),
            "/meta": (200, "text/html", PAGE.replace("<head>", '<head><meta charset="latin-1">').encode("latin-1")),
            "/odd": (200, "text/html; charset=nonsense", PAGE.encode()),
            "/image": (200, "image/png", b"\x89PNG"),
            "/big": (200, "text/html", b"x" * 200_000),
            "/evil": (302, "text/html", b""),
        }
        code, kind, data = answers.get(self.path, (404, "text/html", b""))
        self.send_response(code)
        self.send_header("Content-Type", kind)
        if self.path == "/evil":
            self.send_header("Location", "file:///etc/passwd")
        self.end_headers()
        if self.path == "/big":
            with contextlib.suppress(OSError):  # the reader has had enough
                for i in range(0, len(data), 1000):
                    self.wfile.write(data[i : i + 1000])
                    time.sleep(0.01)
        else:
            self.wfile.write(data)

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def read(name):
    problems = []
    return list(inputs.read([name], problems.append)), [p.message for p in problems]


@pytest.mark.parametrize("path", ["/page", "/latin", "/meta", "/odd"])
def test_a_page_is_fetched_in_its_charset(server, path):
    (article,), problems = read(server + path)
    assert (article.body, article.language, article.url, article.byline) == (TEXT, "de", server + path, "")
    assert problems == (["unknown charset 'nonsense'; read as UTF-8"] if path == "/odd" else [])


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/none", "the server answers 404 Not Found"),
        ("/image", "is image/png, no page"),
        ("/evil", "the server answers 302 Found - Redirection to url 'file:///etc/passwd' is not allowed"),
    ],
)
def test_what_is_no_page_is_told(server, path, problem):
    assert read(server + path) == ([], [problem])


def test_size_and_time_have_a_limit(server):
    with pytest.raises(fetch.FetchError, match="larger than 5000 bytes"):
        fetch.fetch(server + "/big", most=5000)
    with pytest.raises(fetch.FetchError, match=r"took longer than 0\.2 seconds"):
        fetch.fetch(server + "/big", deadline=0.2)


def test_nobody_answers():
    assert "cannot be fetched" in read("http://127.0.0.1:1/x")[1][0]


def warc(*pages, packed=True):
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    parts = []
    for number, page in enumerate(pages):
        out = io.BytesIO()
        writer = WARCWriter(out, gzip=packed)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
        url = f"http://x.example/{number}"
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(page.encode()), http_headers=headers)
        )
        parts.append(out.getvalue())
    return parts


@pytest.mark.parametrize(("packed", "name"), [(True, "a.warc.gz"), (False, "a.warc")])
def test_the_pages_of_a_warc_become_articles(tmp_path, packed, name):
    (tmp_path / name).write_bytes(b"".join(warc(PAGE, PAGE.replace("Montag", "Freitag"), packed=packed)))
    found, problems = read(str(tmp_path / name))
    assert problems == []
    assert [(a.url, a.headline, a.language) for a in found] == [
        ("http://x.example/0", "Titel", "de"),
        ("http://x.example/1", "Titel", "de"),
    ]


@pytest.mark.parametrize(("packed", "name"), [(True, "a.warc.gz"), (False, "a.warc")])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8, 0.99])
def test_a_broken_record_is_told_with_its_place_and_the_rest_goes_on(tmp_path, packed, name, share):
    first, second, third = warc(PAGE, PAGE, PAGE, packed=packed)
    (tmp_path / name).write_bytes(first + second[: int(len(second) * share)] + third)
    found, problems = read(str(tmp_path / name))
    assert [a.url for a in found] == ["http://x.example/0", "http://x.example/2"]
    assert problems
    assert all(p.startswith("broken record: ") for p in problems)


def test_a_file_that_is_no_warc_is_told(tmp_path):
    pytest.importorskip("warcio")
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(b"no records"))
    found, problems = read(str(tmp_path / "a.warc.gz"))
    assert (found, len(problems)) == ([], 1)
