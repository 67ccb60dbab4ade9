"""WMT documents and HT-vs-MT: made-up documents, then the counts of the cards in the real files."""

from collections import Counter

import pytest
from real_corpora import real

from data.loaders.ht_vs_mt import join_cut
from data.loaders.wmt import Document, document_article, locate, read_xml
from data.loaders.wmt_documents import blocks

XML = """<?xml version='1.0' encoding='utf-8'?>
<dataset id="x"><collection id="general"><doc origlang="fr" id="d1" domain="social">
<src lang="fr"><p><seg id="1">Oui</seg></p><p><seg id="2"/></p></src>
<ref lang="de" translator="A"><p><seg id="1">Ja</seg></p><p><seg id="2"> gut </seg></p></ref>
<hyp system="Online-A" lang="de"><p><seg id="1">Jawohl</seg></p><p><seg id="2">g</seg></p></hyp>
</doc></collection></dataset>"""


def test_xml_documents_have_parallel_lines():
    [document] = read_xml(XML.encode())
    assert document == Document("d1", "social", ["Oui", ""], {"ref.A": ["Ja", "gut"], "Online-A": ["Jawohl", "g"]})


def test_xml_with_entities_is_refused():
    with pytest.raises(ValueError, match="declares entities"):
        read_xml(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')


@pytest.mark.parametrize(
    ("documents", "lines", "starts"),
    [
        ({"a": ["1", "2"], "b": ["3"]}, ["3", "1", "2"], {"a": 1, "b": 0}),
        ({"a": ["1", "zwei", "3"], "b": ["4"]}, ["1", "2", "3", "4"], {"a": 0, "b": 3}),  # one line is spelt otherwise
        ({"short": ["2"], "long": ["1", "2"]}, ["1", "2", "2"], {"short": 2, "long": 0}),  # not inside the long one
        ({"a": ["ja"], "b": ["ja"]}, ["ja", "ja"], {"a": 0, "b": 1}),  # the same text twice
    ],
)
def test_documents_are_located_by_their_lines(documents, lines, starts):
    assert {name: place.start for name, place in locate(documents, lines).items()} == starts


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ({"a": ["1"], "b": ["9"]}, "'b' finds no free place in the 2 lines"),
        ({"a": ["1"]}, r"leave 1 of 2 lines over, e\.g\. line 1"),
    ],
)
def test_what_cannot_be_located_is_an_error(documents, message):
    with pytest.raises(ValueError, match=message):
        locate(documents, ["1", "2"])


def test_blocks_keep_their_place_and_drop_known_lines():
    lines = [str(n) for n in range(45)]
    made = list(blocks(lines, {str(n) for n in range(20, 40)}))
    assert [(block.name, len(block.lines)) for block in made] == [("lines-0", 20), ("lines-40", 5)]


def test_versions_of_a_document_share_group_and_item():
    document = Document("d", "news", ["Oui"], {})
    original, human, machine = (
        document_article("c", "fr-de", document, system, ["Ja"]) for system in ("", "ref.A", "Online-A")
    )
    assert {a.group for a in (original, human, machine)} == {"c/fr-de/d"}
    assert [a.extra["kind"] for a in (original, human, machine)] == ["original", "human", "machine"]
    assert (original.source, human.source, original.system) == (None, "Oui", None)


def test_a_document_that_was_cut_in_two_is_joined():
    lines = [str(n) for n in range(16)]
    joined = join_cut(lines, "experiments/10/data/deepl/train/org_de_wmt10.deepl.en")
    assert (len(joined), joined[13], joined[14]) == (15, "13 14", "15")
    assert join_cut(lines, "experiments/10/data/deepl/train/org_de_wmt11.deepl.en") == lines


def versions(articles, pair):
    own = [a for a in articles if a.extra["pair"] == pair]
    return len({a.group for a in own}), Counter(a.system for a in own)


def test_wmt21_counts():
    articles = real("wmt21-documents")["all"]
    documents, systems = versions(articles, "en-de")
    assert (documents, len(systems), set(systems.values())) == (68, 23, {68})
    assert {system for system in systems if system.startswith("ref")} == {"ref.A", "ref.C", "ref.D"}
    documents, systems = versions(articles, "fr-de")
    assert (documents, len(systems), set(systems.values())) == (74, 10, {74})
    assert versions(articles, "de-fr") == (61, {None: 61})
    loose = [line for a in articles if a.extra["pair"] == "de-en" for line in a.body.split("\n")]
    assert len(loose) == 1000 - 45
    lines = sum(len(a.body.split("\n")) for a in articles if a.id.endswith("/ref.A") and a.extra["pair"] == "en-de")
    assert lines == 1002
    assert {a.extra["doc"] for a in articles if a.extra["pair"] == "en-de"} == {
        a.extra["doc"] for a in real("newstest2021-mqm")["all"]
    }


def test_wmt22_counts():
    articles = real("wmt22-documents")["all"]
    originals = Counter(a.extra["domain"] for a in articles if a.extra["kind"] == "original")
    assert originals == {"news": 44, "conversation": 161, "social": 37, "ecommerce": 29}
    assert sum(len(a.body.split("\n")) for a in articles if a.extra["kind"] == "original") == 1984
    news = [a for a in articles if a.extra["domain"] == "news"]
    documents, systems = versions(news, "en-de")
    assert (documents, len(systems), sum(s.startswith("ref") for s in systems)) == (31, 11, 2)
    documents, systems = versions(news, "fr-de")
    assert (documents, len(systems), sum(s.startswith("ref") for s in systems)) == (36, 8, 1)
    machine, human = (
        sum(a.extra["kind"] == k and a.extra["pair"] == "en-de" for a in news) for k in ("machine", "human")
    )
    assert (machine, human) == (279, 62)
    lines = [a.body.count("\n") + 1 for a in articles if a.system == "ref.B"]
    assert sum(lines) == 2037


def test_no_english_source_line_of_one_year_stands_in_another():
    years = [
        {a.source for a in real(name)["all"]} for name in ("newstest2020-mqm", "newstest2021-mqm", "wmt23-mqm")
    ] + [{line for a in real("wmt22-documents")["all"] if a.extra["pair"] == "en-de" for line in a.source.split("\n")}]
    assert all(len(year) > 400 for year in years)
    assert [len(a & b) for n, a in enumerate(years) for b in years[n + 1 :]] == [0] * 6


def test_ht_vs_mt_counts():
    splits = real("ht-vs-mt")
    german = [a for articles in splits.values() for a in articles if a.language == "de"]
    assert sum(len(a.body.split("\n")) for a in german) == 9740
    assert {a.extra["kind"] for a in german} == {"original"}
    for split, documents in (("train", 366), ("dev", 69), ("test", 145)):
        english = Counter(a.system for a in splits[split] if a.language == "en")
        assert english == {"ref.A": documents, "DeepL": documents, "Google": documents}
