"""Checks of the factual axis: a fault and its nearest innocent, with the evidence compared."""

from __future__ import annotations

import pytest

import features.checks  # noqa: F401
from data.schema import Article
from features.registry import get_check
from features.text import analyse


def evidence(
    check: str, body: str, *, lang: str = "de", headline: str | None = None, source: str | None = None
) -> list:
    """What a check marks, as text."""
    article = Article("a", lang, headline, body, source=source, published="2024-03-14")
    found = list(get_check(check)(analyse(article)))
    return [article.text(f.part)[f.start : f.end] for f in found]


@pytest.mark.parametrize(
    ("check", "body", "marked"),
    [
        ("share_against_parts", "Von 40 Firmen machten 26 von ihnen mit, also 80 Prozent.", ["80 Prozent"]),
        ("share_against_parts", "Es kamen 26 von 40 Schülern, also 80 Prozent.", ["80 Prozent"]),
        ("share_against_parts", "Es kamen 26 von 40 Schülern, also 65 Prozent.", []),
        ("share_against_parts", "Es kamen 26 von 40 Schülern, also gut die Hälfte.", ["Hälfte"]),
        (
            "change_against_figures",
            "Der Umsatz sank um 30 Prozent auf 90 Millionen, nach 150 Millionen.",
            ["30 Prozent"],
        ),
        ("change_against_figures", "Der Umsatz sank um 40 Prozent auf 90 Millionen, nach 150 Millionen.", []),
        ("change_against_figures", "Es waren 18 Tonnen, ein Drittel weniger als die 24 Tonnen davor.", ["ein Drittel"]),
        ("change_against_figures", "Es waren 18 Tonnen, ein Viertel weniger als die 24 Tonnen davor.", []),
        # A target is no change, nor is a share of something.
        ("change_against_figures", "Der Beitrag stieg von 9 auf 13 Prozent, das sind 40 Euro statt 15 Euro.", []),
        ("fraction_against_amount", "Von 1800 Euro zahlt jede Seite die Hälfte, jeweils 1100 Euro.", ["1100 Euro"]),
        ("fraction_against_amount", "Von 1800 Euro zahlt jede Seite die Hälfte, jeweils 900 Euro.", []),
        ("direction_against_figures", "Die Ladung stieg von 1,9 auf 1,6 Millionen Tonnen.", ["stieg"]),
        ("direction_against_figures", "Die Ladung fiel von 1,9 auf 1,6 Millionen Tonnen.", []),
        ("direction_against_figures", "Die Prognose wurde von 74 auf 70 Millionen gesenkt.", []),
        ("more_against_fewer", "Es starteten 1140 Läufer, 60 mehr als die 1200 Angemeldeten.", ["mehr"]),
        ("more_against_fewer", "Es starteten 1140 Läufer, 60 weniger als die 1200 Angemeldeten.", []),
        (
            "limit_against_value",
            "Es waren 112 Mikrogramm, knapp unter dem erlaubten Wert von 50.",
            ["unter dem erlaubten Wert von 50"],
        ),
        ("limit_against_value", "Es waren 112 Mikrogramm, deutlich über dem erlaubten Wert von 50.", []),
        ("rest_against_total", "14 der 32 Stände sind zerstört, die übrigen 20 verrußt.", ["die übrigen 20"]),
        ("rest_against_total", "14 der 32 Stände sind zerstört, die übrigen 18 verrußt.", []),
        (
            "parts_against_total",
            "Es gab 2300 Funde: 1450 in Häusern, 600 auf Feldern und 350 in Schulen.",
            ["1450 in Häusern, 600 auf Feldern und 350 in Schulen"],
        ),
        ("parts_against_total", "Es gab 2300 Funde: 1450 in Häusern, 600 auf Feldern und 250 in Schulen.", []),
        # Parts that overlap make far more, parts that are incomplete far less.
        ("parts_against_total", "Es gab 100 Verletzte, davon 90 leicht, 70 beim Sturz.", []),
        ("parts_against_total", "Es gab 100 Verletzte, davon 30 schwer und 12 am Kopf.", []),
        (
            "total_against_parts",
            "Das eine wiegt 4,3 Kilogramm, das andere 1,1 Kilogramm, zusammen also acht Kilogramm.",
            [],
        ),
        (
            "total_against_parts",
            "Das eine wiegt 4,3 Kilogramm, das andere 1,7 Kilogramm, zusammen also acht Kilogramm.",
            ["acht Kilogramm"],
        ),
        (
            "total_against_parts",
            "Das eine wiegt 4,3 Kilogramm, das andere 1,7 Kilogramm, zusammen also sechs Kilogramm.",
            [],
        ),
        ("more_of_them_than_there_are", "Sie berichtete von neun Meldungen; zwölf hätten sich bestätigt.", ["zwölf"]),
        ("more_of_them_than_there_are", "Sie berichtete von neun Meldungen; sechs hätten sich bestätigt.", []),
        ("average_against_total", "Von 23 Bewerbern kassierte er 41.400 Euro, im Schnitt 2800 Euro.", ["2800 Euro"]),
        ("average_against_total", "Von 23 Bewerbern kassierte er 41.400 Euro, im Schnitt 1800 Euro.", []),
        (
            "shares_above_whole",
            "Schweden trägt 60 Prozent der Kosten, Lettland 50 Prozent.",
            ["60 Prozent der Kosten, Lettland 50 Prozent"],
        ),
        ("shares_above_whole", "Schweden trägt 60 Prozent der Kosten, Lettland 40 Prozent.", []),
        ("shares_above_whole", "Die Preise stiegen um 60 Prozent, in Riga um 50 Prozent.", []),
        (
            "product_against_factors",
            "Sie erhält 9600 Pfund, acht Monatslöhne zu je 1600 Pfund.",
            ["acht Monatslöhne zu je 1600 Pfund"],
        ),
        ("product_against_factors", "Sie erhält 9600 Pfund, sechs Monatslöhne zu je 1600 Pfund.", []),
        ("two_ages", "Weber (34) kam. Später ging Weber, 36, wieder.", ["36"]),
        ("two_ages", "Weber (34) kam. Später ging Weber, 34, wieder.", []),
        ("two_ages", "Am Montag, 12. Mai, kam er. Am Montag, 19. Mai, ging er.", []),
        ("age_against_birth", "Meier, 57, kam. Meier, Jahrgang 1957, lehnte ab.", ["1957"]),
        ("age_against_birth", "Meier, 57, kam. Meier, Jahrgang 1966, lehnte ab.", []),
        ("two_roles", "Das sagt die Biologin Jana Krol. Später schreibt die Tierärztin Krol.", []),
        ("two_roles", "Das sagt der Chauffeur Jan Krol. Später schreibt der Staatsanwalt Krol.", ["Staatsanwalt Krol"]),
        ("two_roles", "Das sagt Finanzminister Jan Krol. Später schreibt Minister Krol.", []),
        ("apposition_of_another_class", "Der Verband, eine Mutter zweier Söhne, klagte.", ["eine Mutter zweier Söhne"]),
        ("apposition_of_another_class", "Die Klägerin, eine Mutter zweier Söhne, klagte.", []),
        (
            "figure_transposed",
            "Es waren 212.000 Reisende. Sie verwies auf die 221.000 Kontrollen.",
            ["221.000 Kontrollen"],
        ),
        ("figure_transposed", "Es waren 212.000 Reisende, nicht 221.000 Reisende, wie zunächst gemeldet.", []),
        ("caption_year_absent", "Gebaut wurde es um 1770.\nBildunterschrift: Das Haus von 1870", ["1870"]),
        ("caption_year_absent", "Gebaut wurde es um 1770.\nBildunterschrift: Das Haus von 1770", []),
        ("impossible_date", "Die Frist läuft bis zum 31. September.", ["31. September"]),
        ("impossible_date", "Die Frist läuft bis zum 30. September.", []),
    ],
)
def test_within_the_article(check, body, marked):
    assert evidence(check, body) == marked


@pytest.mark.parametrize(
    ("check", "headline", "body", "marked"),
    [
        ("headline_figure_absent", "181 Wohnungen geplant", "Sie baut 118 Wohnungen.", ["181 Wohnungen"]),
        ("headline_figure_absent", "118 Wohnungen geplant", "Sie baut 118 Wohnungen.", []),
        (
            "headline_figure_absent",
            "Zwölf Sprachen sterben",
            "Neun Sprachen sprechen nur noch Alte.",
            ["Zwölf Sprachen"],
        ),
        ("headline_figure_absent", "Neun Sprachen sterben", "9 Sprachen sprechen nur noch Alte.", []),
        ("headline_figure_absent", "260 Plätze fallen weg", "Von 300 Plätzen bleiben 40 Plätze.", []),
        (
            "headline_against_body",
            "Hagel nördlich von Colmar",
            "Der Hagel südlich von Colmar traf Reben.",
            ["nördlich"],
        ),
        ("headline_against_body", "Hagel südlich von Colmar", "Der Hagel südlich von Colmar traf Reben.", []),
        ("headline_country_absent", "Lettland und Finnland einig", "Lettland und Schweden sind einig.", ["Finnland"]),
        (
            "headline_country_absent",
            "Lettland und Schweden einig",
            "Das lettische Parlament und Schweden sind einig.",
            [],
        ),
    ],
)
def test_headline_against_body(check, headline, body, marked):
    assert evidence(check, body, headline=headline) == marked


_NAMES = "Die Verteidigung (Rechtsanwältin Carola Imhoff) sprach, Richterin Ulrike Behr hörte zu."
_SOURCE_DE = "Der Verein hat 412 Mitglieder und zahlt 6,5 Millionen Euro. Die Sitzung war am 14. Oktober 2019 in Ulm."


@pytest.mark.parametrize(
    ("check", "body", "source", "marked"),
    [
        ("figure_not_in_source", "Der Verein hat 421 Mitglieder.", _SOURCE_DE, ["421 Mitglieder"]),
        ("figure_not_in_source", "Der Verein hat 412 Mitglieder.", _SOURCE_DE, []),
        # A number in words of another language, and a sum of two neighbours.
        (
            "figure_not_in_source",
            "Er behält 412 Plätze.",
            "В зале останется 412 мест, две сцены, 3 ложи и буфет, и на этом всё.",
            [],
        ),
        (
            "figure_not_in_source",
            "Er behält 421 Plätze.",
            "В зале останется 412 мест, две сцены, 3 ложи и буфет, и на этом всё.",
            ["421 Plätze"],
        ),
        ("figure_not_in_source", "Es kamen 30 Leute.", "Es kamen 10 Frauen, 20 Männer und 5 Kinder in das Haus.", []),
        ("date_not_in_source", "Unterzeichnet wird am 4. Oktober.", _SOURCE_DE, ["4. Oktober"]),
        ("date_not_in_source", "Unterzeichnet wird am 14. Oktober.", _SOURCE_DE, []),
        ("year_not_in_source", "Das war im Jahr 2017 so.", _SOURCE_DE, ["2017"]),
        ("year_not_in_source", "Das war im Jahr 2019 so.", _SOURCE_DE, []),
        (
            "country_not_in_source",
            "Das Konto lag in Lettland.",
            "The account was in Lithuania, they said.",
            ["Lettland"],
        ),
        ("country_not_in_source", "Das Konto lag in Litauen.", "The account was in Lithuania, they said.", []),
        (
            "polarity_against_source",
            "Der hohe Schornstein der Brauerei wird abgetragen.",
            "Der hohe Schornstein der Brauerei bleibt, er wird nicht verkauft.",
            [],
        ),
        (
            "polarity_against_source",
            "Der hohe Schornstein der Brauerei wird abgetragen.",
            "Der hohe Schornstein der Brauerei bleibt und wird saniert.",
            ["abgetragen"],
        ),
        (
            "sentence_not_in_source",
            "Es war gut. Mehrere Mitglieder wurden heimlich von Konzernen gekauft.",
            _SOURCE_DE,
            ["Mehrere Mitglieder wurden heimlich von Konzernen gekauft."],
        ),
        ("first_name_against_source", "Das sagte Ulrike Imhoff.", _NAMES, ["Ulrike Imhoff"]),
        ("first_name_against_source", "Das sagte Carola Imhoff.", _NAMES, []),
        ("first_name_against_source", "Das sagte Anwältin Imhoff.", _NAMES, []),
        (
            "role_against_source",
            "Das sagt die Apothekerin Krol.",
            "Das sagt die Richterin Jana Krol, wie es in der Mitteilung heißt.",
            ["Apothekerin Krol"],
        ),
        (
            "role_against_source",
            "Das sagt die Richterin Krol.",
            "Das sagt die Richterin Jana Krol, wie es in der Mitteilung heißt.",
            [],
        ),
    ],
)
def test_against_the_source(check, body, source, marked):
    assert evidence(check, body, source=source) == marked


@pytest.mark.parametrize(
    ("check", "body", "marked"),
    [
        ("direction_against_figures", "Gusts have picked up to 52 miles from 78 this morning.", ["picked up"]),
        ("direction_against_figures", "Gusts have dropped to 52 miles from 78 this morning.", []),
        ("change_against_figures", "Exxon fell $1.25, or 1.4 percent, to $88.95.", []),
        (
            "factor_against_figures",
            "A pound cost $4.30, three times as much as a year earlier, when it was $2.15.",
            ["three times as"],
        ),
        ("factor_against_figures", "A pound cost $4.30, twice as much as a year earlier, when it was $2.15.", []),
        ("rest_against_total", "Of the 94 people 34 died. The other 63 were rescued.", ["The other 63"]),
        ("rest_against_total", "Of the 94 people 34 died. The other 60 were rescued.", []),
        (
            "apposition_of_another_class",
            "The Builders' Exchange, a retired bus driver, would accept it.",
            ["a retired bus driver"],
        ),
        ("apposition_of_another_class", "Denise Farrow, a retired bus driver, would accept it.", []),
        ("two_roles", "The geneticist Hemi Ratahi spoke. Later trader Ratahi agreed.", ["trader Ratahi"]),
    ],
)
def test_english(check, body, marked):
    assert evidence(check, body, lang="en") == marked


def test_a_finding_names_both_places():
    article = Article("a", "de", None, "14 der 32 Stände sind zerstört, die übrigen 20 verrußt.")
    (found,) = get_check("rest_against_total")(analyse(article))
    assert [article.body[r.start : r.end] for r in found.related] == ["14", "32 Stände"]
    assert {r.role for r in found.related} == {"contradicts"}
