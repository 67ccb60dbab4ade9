"""Blocks of the article tasks: craft, skeleton, and dense columns beside n-grams."""

import math

import numpy as np
import pytest

from data.schema import Article
from features.blocks import build_features
from features.craft import Craft, Evened
from features.skeleton import skeleton
from features.text import analyse


def craft(body: str, headline: str | None = None, language: str = "en") -> dict[str, float]:
    block = Craft().fit(None)
    return dict(zip(block.columns_, block.transform([Article("a", language, headline, body)])[0], strict=True))


@pytest.mark.parametrize(
    ("column", "more", "less"),
    [
        ("weekdays", "He left on Monday evening.", "He left in the evening."),
        ("named_sayings", "It rained, said Mary Jones.", "It rained, said the woman."),
        ("attributed_quotations", '"We will not go," he said.', '"We will not go." It rained on and on.'),
        ("source_frames", "It failed according to Smith.", "It failed in front of Smith."),
        ("vague_sources", "It failed, insiders say.", "It failed, doctors write."),
        ("exclamations", "It failed!", "It failed."),
        ("hyphens", "A well-known man came.", "A famous man came."),
        ("shouted", "They LIED again.", "They lied again."),
        ("figures", "It cost 40 euros.", "It cost many euros."),
        ("dates", "It began on 4 May 2021.", "It began on a day in spring."),
    ],
)
def test_craft_counts(column, more, less):
    assert craft(more)[column] > craft(less)[column]


def test_craft_does_not_see_how_a_text_was_typed():
    typed = craft('He came. "We will not go," he said.\n\nThey left.')
    typeset = craft("He came.  “We will not go,” he said.\nThey left.")
    assert typed == pytest.approx(typeset, nan_ok=True)


def test_headline_columns_are_not_known_without_a_headline():
    assert math.isnan(craft("He came.")["headline_words"])
    assert craft("He came.", "He came")["headline_in_body"] == 1.0


def test_an_unknown_language_has_no_craft():
    assert all(math.isnan(v) for v in craft("Hij kwam.", language="nl").values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The committee rejected it.", "the _tee _ted it ."),
        ("Mary paid 40 euros", "_X _aid _0 _ros"),
        ("NATO met", "_XX _met"),
    ],
)
def test_skeleton(text, expected):
    assert skeleton(analyse(Article("a", "en", "", text)).body) == expected


def test_skeletons_of_two_topics_are_equal():
    one = skeleton(analyse(Article("a", "en", "", "Mary Jones rejected 3 offers.")).body)
    other = skeleton(analyse(Article("b", "en", "", "Peter Smith collected 7 writers.")).body)
    assert one == other


def test_evened_rows_do_not_grow_with_the_number_of_columns():
    rng = np.random.default_rng(0)
    lengths = [np.linalg.norm(Evened().fit_transform(rng.normal(size=(200, k))), axis=1).mean() for k in (4, 400)]
    assert lengths[0] == pytest.approx(lengths[1], rel=0.1)


def test_a_recorded_field_is_a_column():
    rows = [Article("a", "en", None, "x", extra={"masked": 1.0}), Article("b", "en", None, "x", extra={"masked": 3.0})]
    assert build_features("recorded:masked").fit_transform(rows)[:, 0] == pytest.approx([-1.0, 1.0])
