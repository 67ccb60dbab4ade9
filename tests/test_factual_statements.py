"""Quantities, years, the language and facts of a source, alignment."""

from __future__ import annotations

import pytest

from data.schema import Article
from features.alignment import Reference, align, stems
from features.crosslingual_facts import language_of, source_facts
from features.factual.words import words_of
from features.languages import LANGUAGES
from features.statements import parse_digits, statements_of
from features.text import Span, Text, analyse


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("1.200", ",", 1200.0),
        ("3,5", ",", 3.5),
        ("600,000", ",", 600_000.0),  # foreign separators in German copy
        ("0,125", ",", 0.125),
        ("1.234.567", ",", 1_234_567.0),
        ("1,820.50", ".", 1820.5),
        ("14.3.24", ",", None),
    ],
)
def test_digits(written, decimal, value):
    assert parse_digits(written, decimal) == value


@pytest.mark.parametrize(
    ("code", "raw", "found"),
    [
        ("de", "Es kosten 41 Millionen Euro.", [(41e6, "€", "")]),
        ("de", "Es sind dreieinhalb Kilometer.", [(3500.0, "m", "")]),
        ("de", "Rund 5200 Einwohner kochen ab.", [(5200.0, "", "einwoh")]),
        ("de", "Gut zwei Drittel der Leute.", [(66.66, "%", "")]),
        ("de", "Im Jahr 2020 kam es am 14. März so.", []),
        ("de", "Um 18:30 stand es 2:1.", []),
        ("de", "Es sind 100 000 Euro.", [(1e5, "€", "")]),
        ("en", "It cost $4.30 or £3.1m.", [(4.3, "$", ""), (3.1e6, "£", "")]),
        ("en", "Twenty-one per cent of them.", [(21.0, "%", "")]),
        ("en", "Some 2,300 people left.", [(2300.0, "", "people")]),
    ],
)
def test_quantities(code, raw, found):
    statements = statements_of(Text(raw, LANGUAGES[code]))
    assert [(q.value, q.dimension, q.noun) for q in statements.quantities] == found


def test_years_are_kept_apart():
    statements = statements_of(Text("Seit 1971 bauten 1800 Leute, am 3. Mai 2019 war Schluss.", LANGUAGES["de"]))
    assert [y.value for y in statements.years] == [1971, 2019]
    assert [q.value for q in statements.quantities] == [1800.0]


def test_a_language_without_words_has_no_statements():
    assert words_of("xx") is None


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("Das ist nicht mit der Stadt und den Leuten so.", "de"),
        ("The city of Ulm was in the hands of its people.", "en"),
        ("La ville est dans les mains de la commune pour un an.", "fr"),
        ("В зале останется 412 мест, и это не всё.", "ru"),
        ("412", ""),
    ],
)
def test_language_of_a_source(raw, code):
    assert language_of(raw) == code


def test_facts_of_a_french_source():
    article = Article(
        "a", "de", body="x", source="Le vote : trois voix sur cinq, le 23 août 2024, pour 2,4 millions d'euros."
    )
    facts = source_facts(analyse(article))
    assert facts.language == "fr"
    assert {3.0, 5.0, 2.4, 2.4e6} <= {m.value for m in facts.marks}
    assert (23, 8) in facts.days
    assert 2024 in facts.years


def test_rare_words_decide_the_alignment():
    reference = Reference(Text("Der Rat tagt heute. Der Rat kauft ein Orgelpedal. Der Rat isst.", LANGUAGES["de"]))
    text = Text("Ein Orgelpedal will der Rat.", LANGUAGES["de"])
    (aligned,) = align(text, reference)
    assert aligned.reference == 1
    assert stems(text, Span(0, len(text.raw))) == ["orgelp", "will", "rat"]
