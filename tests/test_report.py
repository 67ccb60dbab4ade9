"""The HTML report: what it shows, what it must not run, and how it answers in a real browser."""

import json
import shutil
import tempfile

import pytest

from data.records import article_from_record
from data.schema import Article, Axis, Finding, Related, Severity
from experiments.errors import UsageError
from experiments.report.article import article_page, index_page, line_of
from experiments.report.board import Bar, bar, board_page
from experiments.report.page import json_data, texts
from experiments.report.segments import Segment, segments
from experiments.report.write import file_name, write_reports
from experiments.scoring import AxisScore, Scored

EVIL = '</script><script>document.title="run"</script><img src=x onerror=alert(1)>'
BODY = f"Insider sagen {EVIL} es waren zwölf. Später waren es 21 Opfer."


def finding(start, end, axis=Axis.FACTUAL, severity=Severity.MINOR, related=(), note="two figures"):
    return Finding(axis, "number", "body", start, end, severity, note, related, "some_check")


def result(body=BODY, found=None, headline="Titel", **fields):
    at = body.find("zwölf")
    if found is None:
        there = Related("contradicts", "body", body.find("21"), body.find("21") + 2)
        found = (finding(0, 7, Axis.ATTRIBUTION, note=f"who? {EVIL}"), finding(at, at + 5, related=(there,)))
    axes = {str(axis): AxisScore(0.7, "suspicious", 3.0, "model") for axis in Axis}
    return Scored(Article("a", "de", headline, body, **fields), found, axes, 88.0, 12, False, 0.01)


A, B, C = finding(0, 4), finding(2, 6, severity=Severity.MAJOR), finding(3, 3)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), [Segment("abcdefgh")]),
        ((A,), [Segment("abcd", (0,), (), (0,)), Segment("efgh")]),
        ((A, B), [Segment("ab", (0,), (), (0,)), Segment("cd", (1, 0), (), (1,)), Segment("ef", (1,)), Segment("gh")]),
        ((C,), [Segment("abcdefgh")]),
        (
            (finding(0, 2, related=(Related("evidence", "body", 4, 5),)),),
            [Segment("ab", (0,), (), (0,)), Segment("cd"), Segment("e", (), (0,)), Segment("fgh")],
        ),
        (
            (finding(0, 2, related=(Related("cue", "body", 0, 3), Related("cue", "body", 1, 3))),),
            [Segment("a", (0,), (0,), (0,)), Segment("b", (0,), (0,)), Segment("c", (), (0,)), Segment("defgh")],
        ),
    ],
)
def test_overlapping_spans_become_flat_stretches(found, expected):
    assert segments("abcdefgh", "body", found) == expected


def test_stretches_are_the_text_also_of_many_nested_findings():
    text = "x" * 3000
    found = tuple(finding(i, 3000) for i in range(2000))
    parts = segments(text, "body", found)
    assert "".join(s.text for s in parts) == text
    assert max(len(s.findings) for s in parts) == 8


def test_no_markup_of_an_article_reaches_the_page():
    page = article_page(result(headline=EVIL, byline=EVIL, outlet=EVIL, source=EVIL))
    assert "<img" not in page
    assert page.count("<script") == 2
    assert page.count("</script") == 2


def test_json_inside_a_script_cannot_end_it():
    text = json_data({"a": EVIL + "\u2028"})
    assert "<" not in text
    assert json.loads(text) == {"a": EVIL + "\u2028"}


def test_a_report_loads_nothing_from_elsewhere():
    page = article_page(result()).replace("http-equiv", "")
    assert "http" not in page.replace("data-en", "")
    assert "src=" not in page.replace(" src=x", "")


def test_every_text_has_two_languages():
    assert all(len(pair) == 2 and all(pair) for pair in texts().values())
    assert ">Befunde<" in article_page(result(), "de").replace("</span>", "<")


def test_an_article_that_could_not_be_judged_has_a_page_and_a_line():
    axes = {str(axis): AxisScore(None, "cannot tell", None) for axis in Axis}
    odd = Scored(Article("a", "und", None, ""), (), axes, None, 0, True, 0.0, "ZeroDivisionError: <b>")
    assert "ZeroDivisionError: &lt;b&gt;" in article_page(odd)
    page = index_page([line_of(odd, "a.html"), line_of(result(), "b.html")])
    assert page.index("b.html") < page.index("a.html")


@pytest.mark.parametrize("identity", ["../../etc/passwd", "/x/y.txt", "", "…", "a" * 500, "CON", "a/b\0c"])
def test_a_file_name_stays_in_its_folder(identity):
    name = file_name(identity)
    assert name.endswith(".html")
    assert not set("/\\\0") & set(name)
    assert len(name) < 100


def test_ids_that_differ_have_files_that_differ():
    assert file_name("a/x") != file_name("b/x")


def test_a_folder_gets_an_index_and_one_file_takes_one_article(tmp_path):
    write_reports(iter([result(), result()]), tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [file_name("a"), "index.html"]
    write_reports(iter([result()]), tmp_path / "one.html")
    with pytest.raises(UsageError, match="takes one article; give --out FOLDER"):
        write_reports(iter([result(), result()]), tmp_path / "two.html")


def row(system, score, tie="1", beats="yes", task="seeds/factual", metric="roc_auc", **fields):
    low, high = (f"{float(score) - 0.1:.2f}", f"{float(score) + 0.1:.2f}") if score else ("", "")
    cells = {"task": task, "axis": task.partition("/")[2], "split": "cv", "system": system, "features": "checks",
             "metric": metric, "score": score, "ci_low": low, "ci_high": high, "best_control": "length",
             "beats_control": beats, "tie_group": tie, "n_items": "9"}  # fmt: skip
    return {**cells, **fields}


ROWS = [
    row("checks / logistic", "0.80"), row("outside", "0.80", features="outside"), row("weak", "0.60", "2", "no"),
    row("control: length", "0.50", "2", ""), row("checks / logistic", "0.70", metric="f1"),
    row("chars", "0.9", task="seeds/translation")]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (row("a", "0.80"), Bar(70.0, 80.0, 90.0, 50.0)),
        (row("a", "0.0", metric="spearman"), Bar(45.0, 50.0, 55.0, 50.0)),
        (row("a", "0.95", metric="f1"), Bar(85.0, 95.0, 100.0, 0.0)),
        (row("a", ""), None),
    ],
)
def test_a_figure_is_drawn_at_its_place(cells, expected):
    assert bar(cells) == expected


def test_the_board_marks_controls_peers_and_what_does_not_beat_its_control():
    page = board_page(ROWS)
    assert [k in page for k in ('class="control"', 'class="peer"', 'class="model first weak"')] == [True] * 3
    assert page.count('data-main="yes"') == 5


def test_the_board_of_the_same_rows_is_the_same_bytes():
    assert board_page(ROWS) == board_page(ROWS)


@pytest.mark.slow
def test_in_a_browser_the_board_is_sorted_and_filtered(browser, tmp_path):
    path = tmp_path / "board.html"
    path.write_text(board_page(ROWS), encoding="utf-8")
    browser.get(path.as_uri())

    def names():
        rows = [r for r in browser.find_elements("css selector", "tbody tr") if r.is_displayed()]
        return [r.find_element("css selector", ".name").text.split(" /")[0].split("\n")[0] for r in rows]

    assert names() == ["checks", "outside peer", "weak", "control: length control", "chars"]
    browser.find_elements("css selector", "th button")[4].click()
    assert names() == ["control: length control", "weak", "checks", "outside peer", "chars"]
    browser.find_elements("css selector", "th button")[4].click()
    assert names()[0] == "chars"
    browser.find_element("css selector", "select[data-filter=axis]").send_keys("translation")
    assert names() == ["chars"]
    assert browser.get_log("browser") == []


@pytest.fixture(scope="module")
def browser():
    webdriver = pytest.importorskip("selenium.webdriver")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (chromium and driver):
        pytest.skip("no Chromium here")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in ("headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-sync",
                 "disable-background-networking", "disable-component-update"):  # fmt: skip
        options.add_argument(f"--{flag}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options.add_argument(f"--user-data-dir={profile}")
        made = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        yield made
        made.quit()


@pytest.mark.slow
def test_in_a_browser_marks_answer_and_nothing_of_the_article_runs(browser, tmp_path):
    path = tmp_path / "a.html"
    path.write_text(article_page(result(headline=EVIL)), encoding="utf-8")
    browser.get(path.as_uri())
    find, run = browser.find_elements, browser.execute_script
    assert browser.title.startswith("</script>")
    assert EVIL in browser.find_element("css selector", ".headline").text
    note = browser.find_element("id", "note")
    assert not note.is_displayed()
    marks = find("css selector", "mark")
    assert [m.text for m in marks] == ["Insider", "zwölf"]
    marks[1].click()
    assert (note.is_displayed(), note.text) == (True, "two figures")
    assert browser.find_element("css selector", ".related").get_attribute("class") == "related linked"
    body = browser.find_element("css selector", "body")
    body.send_keys("\ue00c")
    assert not note.is_displayed()
    browser.get(path.as_uri())
    browser.find_element("css selector", "body").send_keys("nf")
    alarms = find("css selector", "button.alarm")
    assert [a.get_attribute("aria-pressed") for a in alarms] == ["true", "false"]
    run("URL.createObjectURL = (b) => { b.text().then((t) => { window.saved = t; }); return '#'; };")
    browser.find_element("id", "export").click()
    saved = json.loads(run("return new Promise((r) => setTimeout(() => r(window.saved), 200));"))
    assert ([f["start"] for f in saved["false_alarms"]], len(saved["reviewed"])) == ([0], 1)
    assert article_from_record(saved).body == BODY
    browser.find_element("id", "language").click()
    assert browser.find_element("css selector", "aside h2").text == "Befunde (2)"
    assert browser.get_log("browser") == []


_CONTRAST = """
const lum = (c) => { const v = c.match(/[\\d.]+/g).slice(0, 3).map((x) => { x /= 255;
  return x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
const back = (e) => { for (; e; e = e.parentElement) { const b = getComputedStyle(e).backgroundColor;
  if (!/, 0\\)$/.test(b) && b !== "transparent") { return b; } } return "rgb(255, 255, 255)"; };
return Array.from(document.querySelectorAll("body *")).filter((e) => e.offsetParent && Array.from(e.childNodes).some(
  (n) => n.nodeType === 3 && n.textContent.trim())).map((e) => {
  const [a, b] = [lum(getComputedStyle(e).color), lum(back(e))];
  return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.tagName + "." + e.className]; })
  .sort((x, y) => x[0] - y[0])[0];
"""


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_at_least_that_of_wcag_aa(browser, tmp_path, scheme):
    path = tmp_path / "a.html"
    path.write_text(article_page(result()), encoding="utf-8")
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.get(path.as_uri())
    ratio, where = browser.execute_script(_CONTRAST)
    assert ratio >= 4.5, where
