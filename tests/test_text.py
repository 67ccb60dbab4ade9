"""The analysis of an article: sentences, quotations, figures and dates, with their places."""

import datetime
from itertools import pairwise

import pytest
from conftest import de, en
from hypothesis import given
from hypothesis import strategies as st

from data.schema import Article
from features.languages import LANGUAGES
from features.text import Text, analyse


def shown(text, spans):
    return [text.raw[s.start : s.end] for s in spans]


@pytest.mark.parametrize(
    ("raw", "sentences"),
    [
        ("Er kam. Sie ging.", ["Er kam.", "Sie ging."]),
        ("Das sagte Dr. Kern am Abend.", ["Das sagte Dr. Kern am Abend."]),  # abbreviation
        ("Es gibt z. B. Äpfel. Und Birnen.", ["Es gibt z. B. Äpfel.", "Und Birnen."]),
        ("Am 9. April fiel Schnee.", ["Am 9. April fiel Schnee."]),  # ordinal
        ("Es waren 1992. Danach kam nichts.", ["Es waren 1992.", "Danach kam nichts."]),  # four digits: no ordinal
        ("Er fragte: „Wirklich?“ Sie nickte.", ["Er fragte: „Wirklich?“", "Sie nickte."]),
        ("„Wirklich?“, fragte er.", ["„Wirklich?“, fragte er."]),  # goes on in lower case
        ("Na ja… Gut.", ["Na ja…", "Gut."]),
        ("Titel ohne Punkt\nErster Satz.", ["Titel ohne Punkt", "Erster Satz."]),
        ("Nur 3.5 Prozent.", ["Nur 3.5 Prozent."]),
        ("  \n ", []),
    ],
)
def test_sentences_of_german(raw, sentences):
    text = de(raw).body
    assert shown(text, text.sentences) == sentences


@pytest.mark.parametrize(
    ("raw", "sentences"),
    [
        ("Mr. Kern met the U.S. envoy. It rained.", ["Mr. Kern met the U.S. envoy.", "It rained."]),
        ("He was 9. April came.", ["He was 9.", "April came."]),  # no dotted ordinals in English
        ('"Really?" she asked. "Yes."', ['"Really?" she asked.', '"Yes."']),
    ],
)
def test_sentences_of_english(raw, sentences):
    text = en(raw).body
    assert shown(text, text.sentences) == sentences


@pytest.mark.parametrize(
    ("raw", "quotations"),
    [
        ("Er sagt: „Ja.“ Dann geht er.", [("„Ja.“", "„", "“")]),
        ('Er sagt: "Ja." Dann.', [('"Ja."', '"', '"')]),
        ("Er sagt: “Ja.” Dann.", [("“Ja.”", "“", "”")]),
        ("Er sagt: »Ja.« Dann.", [("»Ja.«", "»", "«")]),
        ("Er sagt: «Ja.» Dann.", [("«Ja.»", "«", "»")]),
        ("Er sagt: „Ja.\" Dann.", [('„Ja."', "„", '"')]),
        ("„Eins“ und „Zwei“", [("„Eins“", "„", "“"), ("„Zwei“", "„", "“")]),
        ("Er sagt: „Ja.\nNeuer Absatz.", [("„Ja.", "„", "")]),  # open until the end of the paragraph
        ("„Eins „Zwei“", [("„Eins ", "„", ""), ("„Zwei“", "„", "“")]),
        ("Kein Zitat, Eva’s Haus.", []),
    ],
)  # fmt: skip
def test_quotations_of_all_glyph_styles(raw, quotations):
    text = de(raw).body
    assert [(raw[q.start : q.end], q.opener, q.closer) for q in text.quotations] == quotations


def test_quoted_tells_the_inside_of_a_quotation_from_its_outside():
    raw = "Er: „Ja.“ Sie: „Nein.“"
    text = de(raw).body
    assert [text.quoted(raw.index(word)) for word in ("Er", "Ja", "Sie", "Nein")] == [False, True, False, True]


@pytest.mark.parametrize(
    ("raw", "figures"),
    [
        ("Es sind 1.200 Euro.", [("1.200", 1200.0, "euro")]),
        ("Es sind 3,5 Prozent.", [("3,5", 3.5, "prozent")]),
        ("Es sind 3,5 Millionen Euro.", [("3,5 Millionen", 3.5e6, "euro")]),
        ("Es sind 1.32 Meter.", [("1.32", 1.32, "meter")]),  # the foreign decimal sign
        ("Zwölf Tote, 40 % mehr", [("Zwölf", 12.0, "tote"), ("40", 40.0, "%")]),
        ("Im Jahr 2024 war es so.", []),  # a bare year
        ("Es ist 14:30 Uhr.", []),
        ("Am 14.03.2024", []),
    ],
)
def test_figures_of_german(raw, figures):
    text = de(raw).body
    assert [(raw[f.start : f.end], f.value, f.unit) for f in text.figures] == figures


@pytest.mark.parametrize(
    ("raw", "figures"),
    [
        ("It cost 1,200 dollars.", [("1,200", 1200.0, "dollars")]),
        ("It rose 3.5 percent.", [("3.5", 3.5, "percent")]),
        ("It cost 2 billion dollars.", [("2 billion", 2e9, "dollars")]),
    ],
)
def test_figures_of_english(raw, figures):
    text = en(raw).body
    assert [(raw[f.start : f.end], f.value, f.unit) for f in text.figures] == figures


@pytest.mark.parametrize(
    ("analysis", "dates"),
    [
        (de("Am Donnerstag, dem 14. März 2024 war es so weit."), [(14, 3, 2024, 3)]),
        (de("Am 14. März war es so weit."), [(14, 3, 0, None)]),
        (de("Am 14.03.2024 war es so weit."), [(14, 3, 2024, None)]),
        (de("Am 40.03.2024 war es nie."), []),
        (de("Auf Seite 14 im März"), []),
        (en("On Thursday, March 14, 2024 it was."), [(14, 3, 2024, 3)]),
        (en("On 14 March 2024 it was."), [(14, 3, 2024, None)]),
        (en("On March 14th it was."), [(14, 3, 0, None)]),
    ],
)
def test_dates(analysis, dates):
    assert [(d.day, d.month, d.year, d.weekday) for d in analysis.body.dates] == dates


def test_a_date_includes_its_weekday():
    text = de("Es war Donnerstag, der 14. März 2024, früh.").body
    assert shown(text, text.dates) == ["Donnerstag, der 14. März 2024"]


@pytest.mark.parametrize(
    ("published", "day"),
    [("2024-03-14", datetime.date(2024, 3, 14)), ("2024-03-14T10:00", datetime.date(2024, 3, 14)), ("14.3.", None),
     ("", None), (None, None)],
)  # fmt: skip
def test_the_day_of_publication_is_none_where_it_is_no_date(published, day):
    assert de("T", published=published).published == day


def test_tokens_keep_numbers_hyphens_and_abbreviations_whole():
    tokens = [t.text for t in de("Ein 3,5-Zimmer-Haus, sagt's O’Neil: 1.200 Euro!").body.tokens]
    assert tokens == ["Ein", "3,5", "-", "Zimmer-Haus", ",", "sagt's", "O’Neil", ":", "1.200", "Euro", "!"]


def test_tokens_in_a_span_are_those_that_begin_in_it():
    text = de("Der neue Hafen").body
    assert [text.tokens[i].text for i in text.tokens_in(3, 9)] == ["neue"]


def test_the_source_is_read_in_its_own_language():
    article = Article("a", "de", body="T", source="It cost 1,200 dollars.", extra={"source_language": "en"})
    assert [f.value for f in analyse(article).source.figures] == [1200.0]


def test_a_language_without_a_file_is_marked_as_such():
    assert not analyse(Article("a", "xx", body="T")).known_language


@given(st.text(st.sampled_from("aA1 .,:„“\"»«!?\n-–'’%€ä"), max_size=120), st.sampled_from(sorted(LANGUAGES)))
def test_everything_found_lies_inside_the_text_in_order(raw, code):
    text = Text(raw, LANGUAGES[code])
    for found in (text.tokens, text.paragraphs, text.sentences, text.quotations, text.figures, text.dates):
        assert all(0 <= s.start < s.end <= len(raw) for s in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
    assert [raw[t.start : t.end] for t in text.tokens] == [t.text for t in text.tokens]
    assert "".join(raw.split()) == "".join("".join(raw[s.start : s.end].split()) for s in text.sentences)
