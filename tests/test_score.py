"""The command `score` as a user runs it, and every input that must not stop it."""

import csv
import gzip
import io
import json
import time

import pytest

from data.schema import Article, Axis, Finding, Severity
from experiments import inputs, pages, scoring
from experiments.detect import UNKNOWN, detect
from experiments.errors import UsageError
from experiments.notes import GERMAN, in_language
from experiments.output import csv_lines, flat, text_view, visible
from experiments.scoring import FEWEST_WORDS, LONGEST, ArticleScorer, AxisModel, by_rules
from experiments.settings import Settings, parse

GERMAN_TEXT = (
    "Die Regierung hat am Montag ein Programm für die Gemeinden beschlossen. Laut Ministerin Eva Kern sollen zwölf "
    "Millionen Euro in neue Schulen fließen. „Das ist ein wichtiger Schritt“, sagte Kern in Ulm. Die Opposition "
    "kritisierte die Pläne und forderte mehr Geld für die Städte, die seit Jahren auf Hilfe warten."
)
ENGLISH_TEXT = "The council said on Monday that it will not close the library, and that the mayor had been told of it."


def article(body=GERMAN_TEXT, language="de", **fields):
    return Article(fields.pop("id", "a"), language, fields.pop("headline", None), body, **fields)


def scored(body=GERMAN_TEXT, language="de", settings=None, **fields):
    return ArticleScorer(None, settings).score([article(body, language, **fields)])[0]


@pytest.fixture(autouse=True)
def insider(monkeypatch):
    """One fault that does not depend on what the checks find today: the word Insider."""
    real = scoring.findings_of

    def found(analysis):
        at = analysis.article.body.find("Insider")
        own = Finding(Axis.ATTRIBUTION, "vague-source", "body", at, at + 7, note="who?", check="vague_source")
        return [f for f in real(analysis) if f.start != at] + [own] * (at >= 0)

    monkeypatch.setattr(scoring, "findings_of", found)


def read(*names, **options):
    problems = []
    found = list(inputs.read([str(n) for n in names], problems.append, **options))
    return found, [str(p).replace(str(p.place), p.place.rpartition("/")[2]) for p in problems]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN_TEXT, "de"),
        (ENGLISH_TEXT, "en"),
        ("Le gouvernement a annoncé lundi que les communes des Alpes recevront des fonds pour les écoles.", UNKNOWN),
        ("De regering heeft maandag een plan voor de gemeenten in het land aangenomen, zegt de minister.", UNKNOWN),
        (
            "Il sindaco ha detto che la biblioteca della città non chiuderà, e che i fondi sono già trovati.",
            UNKNOWN,
        ),
        ("1 2 3", UNKNOWN),
        ("", UNKNOWN),
        (f"{ENGLISH_TEXT} {GERMAN_TEXT}", UNKNOWN),
    ],
)
def test_detect(text, language):
    assert detect(text) == language


@pytest.mark.parametrize(
    ("text", "headline", "body"),
    [
        ("Titel\n\nText.", "Titel", "Text."),
        ("Titel\r\n\r\nText.", "Titel", "Text."),
        ("Ein Satz.\n\nNoch einer.", None, "Ein Satz.\n\nNoch einer."),
        ("Zeile\nZeile\n\nText.", None, "Zeile\nZeile\n\nText."),
        ("Nur eine Zeile", None, "Nur eine Zeile"),
    ],
)
def test_plain_text_has_a_headline_where_a_short_line_stands_alone(text, headline, body):
    assert pages.plain(text) == {"headline": headline, "body": body}


def test_markdown_loses_its_marks_and_gives_its_front_matter():
    text = '---\ntitle: "Titel"\nauthor: Eva Kern\nmood: good\n---\n\n## Zwischen'
    text += "\nEr sagte *ja* zu **allem** [hier](http://x.example).\n- eins\n> zwei_drei"
    assert pages.markdown(text) == {
        "headline": "Titel",
        "byline": "Eva Kern",
        "body": "Zwischen\nEr sagte ja zu allem hier.\neins\nzwei_drei",
    }
    assert pages.markdown("# Titel\n\nText")["headline"] == "Titel"


PAGE = f"""<!DOCTYPE html><html lang="de"><head><title>Titel – Blatt</title><meta property="og:title" content="Titel">
<meta name="author" content="Eva Kern"><meta property="article:published_time" content="2024-03-04T10:00:00+01:00">
<meta property="og:site_name" content="Blatt"><script>var a = "<p>böse</p>";</script><style>p {{}}</style></head>
<body><nav><a href="/">Start</a></nav><article><h1>Titel</h1><p>{GERMAN_TEXT}</p><p>{GERMAN_TEXT}</p></article>
</body></html>"""


@pytest.mark.parametrize("extra", [True, False])
def test_a_page_gives_title_text_byline_and_date(extra, monkeypatch):
    if not extra:
        monkeypatch.setattr(pages, "_trafilatura", lambda text, url: {})
    fields = pages.html(PAGE)
    assert (fields["headline"], fields["byline"], fields["outlet"]) == ("Titel", "Eva Kern", "Blatt")
    assert fields["published"].startswith("2024-03-04")
    assert fields["body"].startswith("Die Regierung")
    assert "böse" not in fields["body"]


def test_a_page_without_byline_and_date_is_known_to_lack_them():
    fields = pages.html(f"<html><body><p>{GERMAN_TEXT}</p></body></html>")
    assert (fields["byline"], fields["published"]) == ("", "")


@pytest.mark.parametrize("unit", ["<div>", "<", "<a href=", "<p>x", "</p>", "<!--", "<script>", "&", "<![", "<!"])
def test_odd_markup_is_read_in_linear_time(unit):
    def timed(size):
        started = time.process_time()
        pages.html("<html><body>" + unit * size)
        return time.process_time() - started

    timed(100)
    short, long = timed(5_000), timed(20_000)
    assert long < 12 * max(short, 0.05)


@pytest.mark.parametrize("unit", ["[", "[a](", "**", "_a", "# ", "> ", "`", "---\n", "![x]", "* "])
def test_odd_markdown_is_read_in_linear_time(unit):
    def timed(size):
        started = time.process_time()
        pages.markdown(unit * size)
        return time.process_time() - started

    short, long = timed(20_000), timed(80_000)
    assert long < 12 * max(short, 0.05)


def test_files_of_all_kinds_become_articles(tmp_path):
    (tmp_path / "a.txt").write_text(f"Titel\n\n{GERMAN_TEXT}", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"# Titel\n\n{GERMAN_TEXT}", encoding="utf-8")
    (tmp_path / "c.html").write_text(PAGE, encoding="utf-8")
    record = {"id": "d", "body": GERMAN_TEXT, "headline": "Titel"}
    (tmp_path / "d.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    with gzip.open(tmp_path / "e.txt.gz", "wt", encoding="utf-8") as file:
        file.write(f"Titel\n\n{GERMAN_TEXT}")
    with (tmp_path / "f.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "headline", "body"], ["f", "Titel", GERMAN_TEXT]])
    (tmp_path / "g.odt").write_text("not taken from a folder", encoding="utf-8")
    found, problems = read(tmp_path)
    assert problems == []
    assert [(a.headline, a.language, a.body[:13]) for a in found] == [("Titel", "de", "Die Regierung")] * 6


def test_a_bad_record_is_told_with_its_line_and_the_rest_goes_on(tmp_path):
    lines = ['{"id": "a", "language": "de", "body": "x"}', "{", '{"id": "b"}', '{"id": "a", "body": "x"}',
             '{"id": "c", "language": "de", "body": "y"}']  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found, problems = read(tmp_path / "a.jsonl")
    assert [a.id for a in found] == ["a", "c"]
    assert [p.split(": ")[0] for p in problems] == ["a.jsonl:2", "a.jsonl:3", "a.jsonl:4"]


def test_wrong_bytes_are_replaced_and_told(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Ein Gru\xdf an\x00alle. " + GERMAN_TEXT.encode())
    (tmp_path / "b.jsonl").write_bytes(b'{"id": "b", "language": "de", "body": "Gru\xdf\\u0000"}\n')
    found, problems = read(tmp_path / "a.txt", tmp_path / "b.jsonl")
    assert [a.body[:15] for a in found] == ["Ein Gru\ufffd an\ufffdall", "Gru\ufffd\ufffd"]
    assert problems == [
        "a.txt: 2 byte(s) that are no UTF-8 text were replaced by U+FFFD",
        "b.jsonl:1: field 'body': 2 byte(s) that are no UTF-8 text were replaced by U+FFFD",
    ]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", b"", "holds no text"),
        ("a.txt", b"\x7fELF" + bytes(500), "is binary, no text"),
        ("a.txt.gz", b"no gz at all", "cannot be unpacked"),
        ("a.txt.gz", gzip.compress(b"x" * 9999)[:-9], "cannot be unpacked"),
        ("a.jsonl.gz", gzip.compress(b'{"id": "a", "body": "x"}\n' * 99)[:-9], "not jsonl"),
        ("a.parquet", b"PAR1 and nothing", "not parquet"),
        ("a.html", b"<html><body></body></html>", "holds no text"),
    ],
)
def test_what_cannot_be_read_is_told(name, data, problem, tmp_path):
    (tmp_path / name).write_bytes(data)
    assert any(problem in p for p in read(tmp_path / name)[1])


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "MOST_BYTES", 1 << 20)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a" * (2 << 20)))
    assert read(tmp_path / "a.txt.gz") == ([], ["a.txt.gz: cannot be unpacked: unpacks to more than 1 MB"])


def test_utf_16_is_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(GERMAN_TEXT.encode("utf-16"))
    assert read(tmp_path / "a.txt")[0][0].body == GERMAN_TEXT


def test_a_record_has_the_fields_of_the_contract():
    record = scored(GERMAN_TEXT + " Das sei gut, so Insider.", headline="Titel").record()
    assert set(record) >= {"id", "overall", "axes", "findings", "truncated", "seconds"}
    assert set(record["axes"]) == set(Axis)
    found = next(f for f in record["findings"] if f["kind"] == "vague-source")
    assert (found["text"], found["check"] != "") == ("Insider", True)
    assert 0 <= record["axes"]["translation"]["score"] <= 1
    assert 0 <= record["overall"] < 100


@pytest.mark.parametrize(
    ("body", "language", "verdict", "told"),
    [
        (GERMAN_TEXT, "de", "ok", True),
        (GERMAN_TEXT, "und", "cannot tell", False),
        ("Kurz und gut.", "de", "cannot tell", True),
        ("", "de", "cannot tell", True),
        (GERMAN_TEXT, "fr", "cannot tell", False),
    ],
)
def test_verdicts_are_not_given_where_nothing_is_known(body, language, verdict, told):
    axes = scored(body, language).axes
    assert {axis.verdict for axis in axes.values()} == {verdict}
    assert {axis.score is not None for axis in axes.values()} == {told}


MINOR = Finding(Axis.FACTUAL, "date", "body", 0, 1)
MAJOR = Finding(Axis.FACTUAL, "date", "body", 0, 1, Severity.MAJOR)


@pytest.mark.parametrize(
    ("found", "penalty", "score", "suspicious"),
    [([], 0.0, 0.0, False), ([MINOR], 1.0, 0.181, False), ([MINOR] * 2, 2.0, 0.330, True), ([MAJOR], 5.0, 0.632, True)],
)
def test_rules_alone(found, penalty, score, suspicious):
    assert by_rules(found, penalty) == (pytest.approx(score, abs=1e-3), suspicious)


class Raw:
    """A scorer that gives the number of words, and fails on a marked article."""

    def score(self, found):
        if any("boom" in a.article.body for a in found):
            raise ArithmeticError("boom")
        return [0.9 if "however" in a.article.body else 0.2 for a in found]


def test_a_model_gives_the_probability_and_its_threshold_the_verdict():
    scorer = ArticleScorer({"factual": AxisModel(Raw(), 0.5, (1.0, 0.0))})
    low, high = scorer.score([article(), article(GERMAN_TEXT + " however")])
    assert [r.axes["factual"].verdict for r in (low, high)] == ["ok", "suspicious"]
    assert [round(r.axes["factual"].score, 3) for r in (low, high)] == [0.2, 0.9]


def test_a_failing_model_flags_its_article_only():
    scorer = ArticleScorer({"factual": AxisModel(Raw(), 0.5, (1.0, 0.0))})
    first, second = scorer.score([article(), article(GERMAN_TEXT + " boom")])
    assert (first.error, first.axes["factual"].score) == ("", pytest.approx(0.2))
    assert second.error == "the model of factual failed, rules decide (ArithmeticError: boom)"


def test_a_failing_check_flags_its_article_only(monkeypatch):
    real = scoring.findings_of
    monkeypatch.setattr(scoring, "findings_of", lambda a: 1 / 0 if a.article.id == "b" else real(a))
    results = ArticleScorer().score([article(), article(id="b"), article(id="c")])
    assert [r.error for r in results] == ["", "ZeroDivisionError: division by zero", ""]
    assert results[1].record()["overall"] is None


def test_the_stream_gives_the_first_result_before_it_reads_the_second_article():
    read = []

    def articles():
        for i in range(200):
            read.append(i)
            yield article(id=str(i))

    stream = ArticleScorer().stream(articles())
    assert (next(stream).article.id, len(read)) == ("0", 1)
    assert [r.article.id for r in stream] == [str(i) for i in range(1, 200)]


def test_a_long_text_is_cut_and_that_is_told():
    result = scored("Er kam. " * (LONGEST // 8 + 1))
    assert (result.truncated, len(result.article.body)) == (True, LONGEST)
    assert scored().truncated is False


@pytest.mark.parametrize("body", ["a" * 1_000_000, "Wort " * 2_000_000, "„" * 300_000, "\0" * 1000, "1" * 300_000])
def test_huge_and_odd_texts_take_no_time_to_speak_of(body):
    started = time.process_time()
    result = scored(body)
    assert result.error == ""
    assert len(json.dumps(result.record())) < 40_000_000
    assert len(list(text_view(result))) < 2100
    assert time.process_time() - started < 30


def test_settings_hide_terms_and_checks_and_move_thresholds():
    body = GERMAN_TEXT + " Das sei gut, so Insider."
    check = next(f.check for f in scored(body).findings if f.kind == "vague-source")
    assert "vague-source" not in {f.kind for f in scored(body, settings=parse({"ignore": ["insider"]})).findings}
    assert check not in {f.check for f in scored(body, settings=parse({"off": [check]})).findings}
    strict = Settings(thresholds={"factual": 0.0})
    assert scored(settings=strict).axes["factual"].verdict == "suspicious"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"ignored": []}, "unknown setting 'ignored'"),
        ({"ignore": "x"}, "ignore must be a list of texts"),
        ({"notes": "fr"}, "notes must be one of en, de"),
        ({"thresholds": {"truth": 0.5}}, "thresholds need an axis"),
        ({"thresholds": {"factual": 2}}, r"must lie in 0\.\.1"),
        ({"thresholds": 0.5}, "thresholds need an axis"),
    ],
)
def test_a_wrong_setting_is_named(table, message):
    with pytest.raises(UsageError, match=message):
        parse(table)


def test_every_kind_has_a_german_line():
    from data.schema import KINDS

    assert {kind for axis in Axis for kind in KINDS[axis]} - set(GERMAN) == set()


def test_german_notes_open_with_the_kind():
    (result,) = in_language([scored(GERMAN_TEXT + " Das sei gut, so Insider.")], "de")
    assert result.findings[-1].note.startswith("eine Quelle, die niemand finden kann (")


def test_csv_neutralises_formulas():
    rows = list(csv.DictReader(io.StringIO("".join(csv_lines([scored(id="=cmd|'/c calc'!A1")])))))
    assert [(r["id"], r["factual_verdict"]) for r in rows] == [("'=cmd|'/c calc'!A1", "ok")]
    assert set(flat(scored())) == set(rows[0])


def test_the_terminal_view_carries_no_orders_of_the_article():
    result = scored(GERMAN_TEXT + " Das sei \x1b[31mgut\x07, so Insider.", headline="a\u202eb")
    lines = "\n".join(line.plain for line in text_view(result))
    assert "\x1b" not in lines
    assert "\u202e" not in lines
    assert visible("a\nb\tc") == "a\nb\tc"


def test_a_text_of_few_words_has_no_verdict_but_its_findings():
    result = scored("Das sei gut, so Insider.")
    assert result.words < FEWEST_WORDS
    assert "vague-source" in {f.kind for f in result.findings}
