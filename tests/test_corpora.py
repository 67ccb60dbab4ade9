"""The registry of corpora, their lists of files, and the Arrow cache."""

import re
import sys
import types
from concurrent.futures import ThreadPoolExecutor

import pytest
from real_corpora import MIRROR, mirror_as_cache

from data import arrow, corpus
from data.arrow import articles, features, fingerprint, load_corpus
from data.cache import File, Files, MissingCorpus
from data.corpora import CORPORA, get_corpus
from data.corpus import FILES, Corpus, read_files
from data.download import fetch
from data.schema import Article, Axis, Finding, Related, Severity

COLUMNS = {"score": "float64", "raters": "list<string>", "flag": "bool", "note": "string", "offsets": "list<int32>"}
FULL = Article(
    id="neu/1",
    language="de",
    headline="",
    body="Öl „teuer“",
    group="g",
    label=0.5,
    findings=(
        Finding(
            *(Axis.ATTRIBUTION, "direct", "body", 3, 10),
            severity=Severity.MAJOR,
            note="SW",
            related=(Related("speaker", "source", 0, 2), Related("cue", "body", 0, 1)),
        ),
    ),
    extra={"score": 0.1, "raters": ["a", "b"], "flag": True, "note": None, "offsets": []},
)
BARE = Article("neu/2", "de", extra={"score": None, "raters": None, "flag": None, "note": "", "offsets": [1, 2]})


def test_there_are_corpora():
    assert len(CORPORA) >= 25


@pytest.mark.parametrize("name", sorted(CORPORA))
def test_every_corpus_has_pinned_files_a_loader_and_typed_columns(name):
    entry = get_corpus(name)
    assert entry.name == name
    assert callable(entry.module.load)
    assert set(entry.extra) < set(features(entry))
    assert entry.files
    assert len({file.path for file in entry.files}) == len(entry.files)
    for file in entry.files:
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
        assert re.fullmatch(r"[0-9a-f]{40}", file.commit)
        assert file.bytes >= 0  # one annotation of PolNeAR is empty
        assert ".." not in file.relative.parts


def test_every_list_of_files_belongs_to_a_corpus():
    assert {path.stem for path in FILES.glob("*.tsv")} == set(CORPORA)


def test_only_official_test_splits_are_optional():
    optional = {name: sum(file.optional for file in entry.files) for name, entry in CORPORA.items()}
    assert {name: n for name, n in optional.items() if n}.items() <= {
        "wikinews-quotations-de": 148,
        "polnear": 178,
    }.items()


@pytest.mark.parametrize(
    ("given", "nearest"), [("defacot", "defacto"), ("wikinews-quotation", "wikinews-quotations-de")]
)
def test_an_unknown_corpus_names_the_nearest_one(given, nearest):
    with pytest.raises(KeyError, match=f"No corpus '{given}'. Did you mean '{nearest}'"):
        get_corpus(given)


def test_a_list_with_other_columns_is_refused(tmp_path):
    (tmp_path / "x.tsv").write_text("repo\tpath\n")
    with pytest.raises(ValueError, match=r"x\.tsv: expected the columns .* got 'repo\\tpath'"):
        read_files(tmp_path / "x.tsv")


@pytest.fixture
def neu(tmp_path, monkeypatch):
    """A made-up corpus of two articles whose loader counts its calls."""
    monkeypatch.setenv("NEWSPROOF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(corpus, "FILES", tmp_path)
    row = "\t".join(["x/y", "c" * 40, "a b.txt", "3", "0" * 64, "0"])
    (tmp_path / "neu.tsv").write_text("repo\tcommit\tpath\tbytes\tsha256\toptional\n" + row + "\n")
    module = types.ModuleType("data.loaders.neu")
    module.EXTRA = COLUMNS
    module.calls, module.stream = [], lambda: iter([FULL, BARE])
    module.load = lambda files: module.calls.append(files.path("a b.txt")) or {"train": lambda: module.stream()}
    monkeypatch.setitem(sys.modules, "data.loaders.neu", module)
    monkeypatch.setattr(arrow, "_sources", lambda module: [module.version])
    module.version = "1"
    entry = Corpus("neu", "Neu", "none", "no", ("de",), "https://example.org", "neu")
    monkeypatch.setitem(CORPORA, "neu", entry)
    corpus.read_files.cache_clear()
    yield module
    corpus.read_files.cache_clear()


@pytest.fixture
def here(tmp_path, neu):
    """The same with its file in the cache."""
    path = tmp_path / "cache" / "raw" / "x" / "y" / ("c" * 40) / "a b.txt"
    path.parent.mkdir(parents=True)
    path.write_text("abc")
    return neu


def test_a_missing_corpus_names_the_command(neu):
    expected = r"Corpus 'neu' is not here \(1 of 1 files missing\)\. Run: python -m data\.download neu"
    for call in (lambda: load_corpus("neu"), lambda: Files(get_corpus("neu")).all()):
        with pytest.raises(MissingCorpus, match=expected):
            call()


def test_files_are_found_by_their_upstream_path(here):
    files = Files(get_corpus("neu"))
    assert files.read("a b.txt") == "abc"
    assert (files.has("a b.txt"), files.has("b"), files.all(), files.all("x")) == (True, False, ["a b.txt"], [])
    with pytest.raises(KeyError, match="lists no file 'b'"):
        files.path("b")


def test_articles_come_back_from_arrow_as_they_were(here):
    assert articles("neu", "train") == [FULL, BARE]


def test_a_corpus_is_built_once_and_again_after_a_change_of_its_loader(here):
    load_corpus("neu")
    load_corpus("neu")
    assert len(here.calls) == 1
    here.version = "2"
    load_corpus("neu")
    assert len(here.calls) == 2


def test_a_build_that_fails_leaves_nothing(here, tmp_path):
    def broken():
        yield FULL
        raise RuntimeError("no more")

    here.stream = broken
    with pytest.raises(RuntimeError, match="no more"):
        load_corpus("neu")
    assert list((tmp_path / "cache" / "arrow" / "neu").iterdir()) == []


def test_two_builds_at_once_both_end_well(here, tmp_path):
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: articles("neu", "train"), range(4)))
    assert results == [[FULL, BARE]] * 4
    assert len(list((tmp_path / "cache" / "arrow" / "neu").iterdir())) == 1


def test_extra_columns_must_be_those_of_the_corpus(here):
    here.stream = lambda: iter([Article("neu/3", "de", extra={"score": 1.0})])
    with pytest.raises(ValueError, match=r"neu/3: expected the extra columns .*, got \['score'\]"):
        load_corpus("neu")


def test_an_extra_column_may_not_hide_a_field(neu):
    neu.EXTRA = {"label": "float64"}
    with pytest.raises(ValueError, match=r"\['label'\] are fields of Article; rename them"):
        features(get_corpus("neu"))


def test_an_unknown_split_names_those_there_are(here):
    with pytest.raises(KeyError, match="Corpus 'neu' has no split 'test' here; it has train"):
        articles("neu", "test")


def test_the_fingerprint_follows_files_and_readers(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSPROOF_CACHE", str(tmp_path))
    entry = get_corpus("newstest2020-mqm")
    before = fingerprint(entry)
    monkeypatch.setattr(Files, "present", lambda self: [File("x/y", "c", "p", 1, "s")])
    assert fingerprint(entry) != before
    sources = "".join(arrow._sources(entry.module))
    for part in ("def read_unit", "def untag", "def unquote_spans", "def read_member", "class Article"):
        assert part in sources


def test_a_real_corpus_comes_from_the_mirror_and_is_loaded(tmp_path, monkeypatch):
    with mirror_as_cache("falke19"):  # skips where there is no mirror
        pass
    monkeypatch.setenv("NEWSPROOF_CACHE", str(tmp_path))
    assert fetch(["falke19"], str(MIRROR)).fetched == 2
    assert sum(article.label for article in articles("falke19", "all")) == 370
