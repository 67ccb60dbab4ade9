"""Taggers of quotations and sources, learnt from a handful of made-up articles."""

import numpy as np
import pytest

from data.schema import Article, Axis, Finding, Related
from features.attribution.chain import Chain
from features.attribution.reading import read
from features.attribution.token_names import token_names
from features.text import analyse
from models.attribution.quotation_tagger import (
    Grid,
    NearestName,
    QuotationTagger,
    SpeakerTagger,
    labels_of,
    stretches,
)
from models.attribution.source_tagger import SourceTagger
from models.persistence import load_skops
from models.taggers import make_tagger

NAMES = ("Anna Berg", "Ole Hahn", "Eva Kranz", "Max Lang", "Ina Moor", "Udo Nord")


def _article(k: int, name: str, kind: str = "indirect") -> Article:
    body = f"Es regnet in der Stadt. {name} sagte gestern, das Wasser steige weiter. Am Abend schien die Sonne."
    start, cue, quote = body.index(name), body.index("sagte"), body.index("das Wasser")
    related = (
        Related("speaker", "body", start, start + len(name)),
        Related("cue", "body", cue, cue + 5),
        Related("frame", "body", start, quote - 1),
    )
    finding = Finding(Axis.ATTRIBUTION, kind, "body", quote, body.index(". Am"), related=related)
    return Article(f"a{k}", "de", body=body, group=f"g{k}", findings=(finding,))


@pytest.fixture(scope="module")
def train():
    return [analyse(_article(k, name)) for k, name in enumerate(NAMES * 3)]


@pytest.fixture(scope="module")
def tagger(train):
    return QuotationTagger("attribution").fit(train)


def _roles(article, finding):
    return {r.role: article.body[r.start : r.end] for r in finding.related}


def test_quotation_with_its_roles(tagger):
    article = _article(0, "Kim Vogt")
    [[found]] = tagger.find([analyse(article)])
    assert (found.kind, article.body[found.start : found.end]) == ("indirect", "das Wasser steige weiter")
    roles = _roles(article, found)
    assert (roles["speaker"], roles["cue"]) == ("Kim Vogt", "sagte")


def test_an_article_without_words_has_no_quotation(tagger):
    assert tagger.find([analyse(Article("a", "de", body=""))]) == [[]]


def test_findings_depend_on_their_own_article_alone(tagger, train):
    together = tagger.find(train[:4])
    assert [tagger.find([analysis])[0] for analysis in train[:4]] == together


def test_a_stored_tagger_finds_the_same(tagger, train, tmp_path):
    import skops.io

    path = tmp_path / "model.skops"
    skops.io.dump({"scorer": tagger}, path)
    assert load_skops(path)["scorer"].find(train[:3]) == tagger.find(train[:3])


def test_speaker_of_a_given_quotation(train):
    speakers = SpeakerTagger("attribution").fit(train)
    article = _article(0, "Kim Vogt")
    [[found]] = speakers.find([analyse(article)])
    assert _roles(article, found) == {"speaker": "Kim Vogt"}


def test_nearest_name_reads_no_gold_role():
    article = _article(0, "Kim Vogt")
    [[found]] = NearestName("attribution").fit([]).find([analyse(article)])
    assert _roles(article, found) == {"speaker": "Abend"}


def test_sources_of_contents(train):
    english = SourceTagger("attribution").fit([analyse(_article(k, n, "content")) for k, n in enumerate(NAMES * 3)])
    article = _article(0, "Kim Vogt", "content")
    [[found]] = english.find([analyse(article)])
    assert _roles(article, found) == {"speaker": "Kim Vogt", "cue": "sagte"}


def test_direct_quotations_inside_another_form_belong_to_both():
    body = "Er sagte, das sei „sehr gut“ gewesen."
    reading = read(body, "de")
    grid = Grid(reading)
    outer = Finding(Axis.ATTRIBUTION, "indirect", "body", body.index("das"), len(body) - 1)
    inner = Finding(Axis.ATTRIBUTION, "direct", "body", body.index("„"), body.index("“") + 1)
    labels = labels_of(grid, [outer, inner])
    found = {form: grid.places(tokens) for form, tokens in stretches(reading, labels)}
    assert found == {"indirect": [(outer.start, outer.end)], "direct": [(inner.start, inner.end)]}


def test_chain_gives_probabilities_that_sum_to_one(train):
    names = [token_names(read(a.article.body, "de")) for a in train[:3]]
    chain = Chain(5).fit(names, [["A" if k % 2 else "B" for k in range(len(own))] for own in names])
    assert np.allclose(chain.marginals(names[0]).sum(axis=1), 1)
    assert chain.marginals([]).shape == (0, 2)


@pytest.mark.parametrize("name", ["quotations", "speakers", "sources", "nearest-name", "marks"])
def test_taggers_are_made_by_name(name):
    assert make_tagger(name, "", "attribution").axis == "attribution"
