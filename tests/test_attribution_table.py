"""The table of sources and the measures of sourcing."""

import pytest

from data.schema import Article
from features.attribution.table import Sourcing, sources_of
from features.text import analyse


def _sources(body: str, language: str = "de") -> list[tuple[str, str, int]]:
    return [(s.kind, s.name, len(s.places)) for s in sources_of(analyse(Article("a", language, body=body)))]


@pytest.mark.parametrize(
    ("language", "body", "sources"),
    [
        ("de", "„Gut so“, sagte Anna Berg. Berg sagte noch mehr.", [("person", "Anna Berg", 2)]),
        ("de", "Anna Berg hat gesagt, es regne. Sie sagte es.", [("person", "Anna Berg", 1), ("pronoun", "Sie", 1)]),
        ("de", "Laut Innenministerium steigt der Preis.", [("organisation", "Innenministerium", 1)]),
        ("de", "Der Regen fiel am Abend.", []),
        ("de", "Er las: „Anna Berg sagte nein.“", []),  # inside a quotation
        ("en", "“Fine,” said Ann Hill. Hill said it twice.", [("person", "Ann Hill", 2)]),
        ("en", "According to the Health Ministry, it rains.", [("organisation", "the Health Ministry", 1)]),
        ("de", "", []),
    ],
)  # fmt: skip
def test_sources_with_class_and_number(language, body, sources):
    assert _sources(body, language) == sources


def test_places_are_those_of_the_names():
    analysis = analyse(Article("a", "de", body="„Gut so“, sagte Anna Berg."))
    [source] = sources_of(analysis)
    assert [analysis.body.raw[p.start : p.end] for p in source.places] == ["Anna Berg"]


def test_measures_of_an_article_without_any_source():
    block = Sourcing().fit([])
    [row] = block.transform([Article("a", "de", body="Es regnet. Es schneit.")])
    values = dict(zip(block.get_feature_names_out(), row, strict=True))
    assert values["sources"] == 0
    assert values["longest_unsourced"] == 1


def test_measures_of_an_article_with_one_source():
    block = Sourcing().fit([])
    [row] = block.transform([Article("a", "de", body="„Gut so“, sagte Anna Berg. Es regnet.")])
    values = dict(zip(block.get_feature_names_out(), row, strict=True))
    assert (values["share_of_first_source"], values["longest_unsourced"]) == (1, 0.5)
    assert values["source_person"] > 0
