"""What is read of a sentence and its neighbours: marks of every style, mood, likeness to a cue."""

import pytest

from data.schema import Article
from data.sentences import ENGLISH, sentence_spans
from data.tasks.attribution import GLYPHS, sentences_of, with_context, with_other_glyphs
from features.attribution.reading import read
from features.attribution.saying_signs import SayingSigns, names_of
from features.attribution.words import lemma, mood, word
from features.text import Span, analyse


def _sentence(text: str, *around: str) -> Article:
    rows = [Article(f"a#{k}", "de", body=body, group="a") for k, body in enumerate([text, *around])]
    return with_context(rows)[0]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Er sagte: „Ja, gern.“", ["", "", "", "(", "in", "in", "in", "in", ")"]),
        ("Er sagte: »Ja« heute", ["", "", "", "(", "in", ")", ""]),
        ("Er sagte: «Ja» heute", ["", "", "", "(", "in", ")", ""]),
        ('Er sagte: "Ja" heute', ["", "", "", "(", "in", ")", ""]),
        ("Er sagte: ‚Ja‘ heute", ["", "", "", "(", "in", ")", ""]),
        ("Er mag Paul’ Haus", ["", "", "", "", ""]),  # an apostrophe opens nothing
        ("Er sagte: „Ja", ["", "", "", "(", "in"]),  # never closed
    ],
)
def test_quotation_states_do_not_depend_on_the_style_of_the_marks(text, states):
    assert read(text, "de", (Span(0, len(text)),)).state == states


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("sei", "K"),
        ("stünden", "K"),
        ("handele", "k"),
        ("gehe", "k"),
        ("soll", "S"),
        ("geht", ""),
        ("große", ""),  # an adjective: there is no verb "großt"
        ("haus", ""),
    ],
)
def test_mood_of_german_words(form, expected):
    assert mood(form, "de") == expected


def test_mood_is_not_looked_for_in_english():
    assert mood("were", "en") == ""


def test_words_of_saying_are_likelier_cues_than_others():
    assert word("sagte", "de").likeness > 50 > word("haus", "de").likeness
    assert word("said", "en").likeness > 50 > word("house", "en").likeness
    assert word("qqqq", "de") == (-1, 0)


def test_lemma_leaves_signs_and_numbers():
    assert [lemma(w, "de") for w in ("sagte", "12", "„")] == ["sagen", "12", "„"]


def test_names_read_the_neighbours_of_the_same_article():
    alone = set(names_of(analyse(_sentence("Das sei falsch."))))
    led = with_context([Article("a#0", "de", body="Er sagte viel.", group="a"),
                        Article("a#1", "de", body="Das sei falsch.", group="a")])  # fmt: skip
    assert set(names_of(analyse(led[1]))) - alone >= {"s:p:say", "s:moodK&p:say"}


def test_names_are_the_same_for_every_style_of_quotation_marks():
    row = _sentence("„Das ist gut“, sagte sie.")
    expected = names_of(analyse(row))
    for pair in GLYPHS[:-1]:
        turned = with_context([with_other_glyphs(row, pair)])[0]
        assert names_of(analyse(turned)) == expected, pair


def test_block_gives_rows_of_known_length_and_none_for_strange_words():
    rows = [_sentence("Er sagte, das sei gut."), _sentence("Er sagte, das sei gut."), _sentence("Es regnet.")]
    block = SayingSigns().fit(rows)
    matrix = block.transform(rows)
    assert matrix.shape == (3, len(block.get_feature_names_out()))
    assert matrix[0].multiply(matrix[0]).sum() == pytest.approx(1.5**2 + 1 + 1)
    assert block.transform([_sentence("")]).shape == (1, matrix.shape[1])


def test_a_sentence_is_positive_if_any_piece_of_a_finding_touches_it():
    from data.schema import Axis, Finding, Related

    body = "Er sagte nein. Es regnet. Sie schwieg."
    finding = Finding(Axis.ATTRIBUTION, "indirect", "body", 9, 13, related=(Related("continuation", "body", 26, 29),))
    absent = Finding(Axis.ATTRIBUTION, "indirect", "body", 0, 0)
    article = Article("a", "de", body=body, findings=(absent, finding))
    rows = list(sentences_of(article, sentence_spans(body, frozenset())))
    assert [(r.body, r.label, r.extra["form"]) for r in rows] == [
        ("Er sagte nein.", 1.0, "indirect"),
        ("Es regnet.", 0.0, "none"),
        ("Sie schwieg.", 1.0, "indirect"),
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Hill came. He left.", ["Mr. Hill came.", "He left."]),
        ("The U.S. said so. Fine!", ["The U.S. said so.", "Fine!"]),
        ("One\nTwo.  ", ["One", "Two."]),
        ("", []),
    ],
)
def test_english_sentences(text, sentences):
    assert [text[a:b] for a, b in sentence_spans(text, ENGLISH)] == sentences
