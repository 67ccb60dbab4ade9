"""A third language is one data file: what is known of Spanish holds in the analysis and the checks."""

import pytest

from data.schema import Article
from features.checks import CHECKS, findings_of
from features.languages import LANGUAGES
from features.stylometry import Stylometry
from features.text import analyse


def spanish(body: str, headline: str = "") -> Article:
    return Article("a", "es", headline, body)


@pytest.mark.parametrize(
    ("body", "figures"),
    [
        ("El plan cuesta 1.200 euros.", [(1200.0, "euros")]),
        ("Creció un 3,5 % este año.", [(3.5, "%")]),
        ("Costó 40 millones de euros.", [(40e6, "de")]),
        ("Una mesa y un libro.", []),  # the article is no figure
    ],
)
def test_spanish_figures(body, figures):
    assert [(f.value, f.unit) for f in analyse(spanish(body)).body.figures] == figures


@pytest.mark.parametrize(
    ("body", "dates"),
    [
        ("Ocurrió el 14 de marzo de 2024.", [(14, 3, 2024, None)]),
        ("Será el lunes 14 de marzo.", [(14, 3, 0, 0)]),
        ("Fue el 3 de septiembre del 2019.", [(3, 9, 2019, None)]),
        ("Compró 14 de ellos.", []),
    ],
)
def test_spanish_dates(body, dates):
    assert [(d.day, d.month, d.year, d.weekday) for d in analyse(spanish(body)).body.dates] == dates


@pytest.mark.parametrize(
    ("check", "body", "evidence"),
    [
        ("vague_source", "Se rumorea que el alcalde dimite.", ["Se rumorea que"]),
        ("vague_source", "El alcalde dimite, según su portavoz.", []),
        ("calque", "La boda tomará lugar el sábado.", ["tomará lugar"]),
        ("calque", "La boda tendrá lugar el sábado.", []),
        ("foreign_spaces", "¿Quién lo dijo? ¡Nadie!", []),
        ("orphan_quotation", 'Hubo un debate largo. "No vamos a dimitir ni a callar nunca más", dijo Ana Ruiz.', []),
    ],
)
def test_spanish_checks(check, body, evidence):
    analysis = analyse(spanish(body))
    assert [body[f.start : f.end] for f in findings_of(analysis) if f.check == check] == evidence


def test_abbreviations_end_no_sentence():
    assert len(analyse(spanish("El Sr. Ruiz llegó. La Dra. Gil se fue.")).body.sentences) == 2


def test_spanish_has_rates_of_its_own_words():
    block = Stylometry().fit(None)
    row = dict(zip(block.columns_, block.transform([spanish("Dijo que no y que sí.")])[0], strict=True))
    assert row["word_que"] == pytest.approx(2000 / 6)
    assert row["word_und"] == 0.0


def test_most_checks_read_spanish():
    read = [name for name, check in CHECKS.items() if "es" in check.langs]
    assert len(read) >= 10, read


def test_no_spanish_cue_verb_is_a_function_word():
    language = LANGUAGES["es"]
    assert not language.say_verbs & language.function_words
