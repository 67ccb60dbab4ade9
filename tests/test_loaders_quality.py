"""Loaders of the quality corpora: made-up files, then the counts of the cards in the real files."""

import hashlib
import json
import zipfile
from collections import Counter

import pytest
from real_corpora import real

from data.cache import Files, MissingCorpus
from data.corpora import get_corpus
from data.loaders import fang_covid
from data.loaders.fake_es import read_row
from data.loaders.fake_pairs import split_headline
from data.loaders.spreadsheets import rows

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Head\n\nBody one.\nBody two.\n", ("Head", "Body one.\nBody two.")),
        ("\n\nHead\nBody.", ("Head", "Body.")),
        ("Body alone.\n", ("", "Body alone.")),
    ],
)
def test_the_first_line_with_text_is_the_headline(text, parts):
    assert split_headline(text) == parts


@pytest.mark.parametrize(("category", "label"), [("Fake", 1.0), ("True", 0.0), ("0", 1.0), ("1", 0.0)])
def test_the_category_is_a_word_in_v1_and_says_genuine_in_v2(category, label):
    row = {"id": "1", "category": category, "source": "", "headline": "", "text": "T", "link": "", "topics": "x"}
    article = read_row(row, "test")
    assert (article.label, article.outlet, article.group) == (label, None, "fake-es/test/1")


def test_an_unknown_category_is_an_error():
    with pytest.raises(ValueError, match="fake-es test 1: expected a category of FAKE, TRUE, 0, 1, got 'MAYBE'"):
        read_row({"id": "1", "category": "maybe", "source": ""}, "test")


def sheet(tmp_path, shared, cells):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst {NS}>{shared}</sst>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {NS}><sheetData>{cells}</sheetData></worksheet>")
    return path


def test_a_sheet_is_read_by_its_header_and_empty_cells_stay_empty(tmp_path):
    shared = "<si><t>Id</t></si><si><t>Text</t></si><si><r><t>a</t></r><r><t>b_x000D_</t></r><rPh><t>z</t></rPh></si>"
    flag = '<c r="B1" t="inlineStr"><is><t>Flag</t></is></c>'
    head = f'<row><c r="A1" t="s"><v>0</v></c>{flag}<c r="C1" t="s"><v>1</v></c></row>'
    body = '<row><c r="A2"><v>7</v></c><c r="C2" t="s"><v>2</v></c></row><row><c r="B3" t="b"><v>1</v></c></row>'
    assert list(rows(sheet(tmp_path, shared, head + body))) == [
        {"Id": "7", "Flag": "", "Text": "ab\r"},
        {"Id": "", "Flag": "1", "Text": ""},
    ]


def test_a_sheet_with_a_document_type_is_refused(tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(ValueError, match="declares a document type"):
        list(rows(path))


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A made-up clone of upstream: 1,400 articles of a real outlet, 2 of a fake one."""
    monkeypatch.setenv("NEWSPROOF_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "clone" / "articles"
    folder.mkdir(parents=True)
    for number in range(1402):
        label, source = ("real", "a.de") if number < 1400 else ("fake", "b.de")
        row = {"url": "u", "date": "2020-11-13T16:31:47+01:00", "source": source, "label": label, "header": "H"}
        row |= {"article": f"Text {number}", "twitter-history": "[]"}
        (folder / f"{number}.json").write_text(json.dumps(row))
    return tmp_path / "clone"


def test_a_clone_is_converted_once_into_the_pinned_sample(clone, monkeypatch):
    chosen = sorted(range(1400), key=lambda n: hashlib.sha256(str(n).encode()).hexdigest())[:1344]
    monkeypatch.setattr(fang_covid, "SIZES", {"real": 1344, "fake": 450})
    expected = fang_covid.digest(fang_covid.choose([fang_covid._read(p) for p in (clone / "articles").iterdir()]))
    path = fang_covid.convert(clone, expected)
    articles = list(fang_covid._articles(path))
    assert [a.id for a in articles] == [f"fang-covid/{n}" for n in [*sorted(chosen), 1400, 1401]]
    assert (articles[0].published, articles[-1].label, articles[-1].outlet) == ("2020-11-13", 1.0, "b.de")
    for article in (clone / "articles").iterdir():
        article.unlink()
    assert fang_covid.convert(clone, expected) == path


def test_another_clone_is_refused(clone, tmp_path):
    with pytest.raises(ValueError, match="gives another sample: expected 3259de37"):
        fang_covid.convert(clone)
    with pytest.raises(FileNotFoundError, match="has no folder 'articles'"):
        fang_covid.convert(tmp_path)


def test_without_sample_and_clone_the_error_names_both_ways(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSPROOF_CACHE", str(tmp_path))
    monkeypatch.delenv(fang_covid.VARIABLE, raising=False)
    with pytest.raises(MissingCorpus, match=r"python -m data\.download fang-covid .*NEWSPROOF_FANG_COVID"):
        fang_covid.load(Files(get_corpus("fang-covid")))


@pytest.mark.parametrize(("name", "pairs"), [("fakenews-amt", 240), ("celebrity", 250)])
def test_pairs_counts(name, pairs):
    articles = real(name)["all"]
    assert Counter(a.label for a in articles) == {0.0: pairs, 1.0: pairs}
    assert set(Counter(a.group for a in articles).values()) == {2}
    assert len({a.body for a in articles}) == len(articles)
    if name == "fakenews-amt":
        assert set(Counter(a.extra["domain"] for a in articles).values()) == {80}


def test_fake_es_counts():
    splits = real("fake-es")
    counts = {split: (len(articles), sum(a.label for a in articles)) for split, articles in splits.items()}
    assert counts == {"train": (676, 338), "dev": (295, 142), "test": (572, 286)}
    assert sum(not a.headline for a in splits["test"]) == 72
    assert sum(a.outlet is None for a in splits["test"]) == 7
    assert not any("*NUMBER*" in a.body for a in splits["test"])
    masked = [a for a in splits["train"] if "*NUMBER*" in a.body]
    assert 0.74 < len(masked) / 676 < 0.8
    train = {a.body for a in splits["train"]}
    assert sum(a.body in train for a in splits["dev"]) == 4
    assert len(splits["dev"]) - len({a.body for a in splits["dev"]}) == 1


def test_fang_covid_counts():
    articles = real("fang-covid")["all"]
    outlets = Counter(a.outlet for a in articles)
    assert len(articles) == 8065
    assert sorted(outlets.values()) == [204, 229, *[450] * 8, *[1344] * 3]
    assert Counter(a.label for a in articles) == {0.0: 4032, 1.0: 4033}
    assert len(articles) - len({a.body for a in articles}) == 12
    months = [a.published[:7] for a in articles]
    assert (min(months), max(months)) == ("2020-01", "2021-03")
