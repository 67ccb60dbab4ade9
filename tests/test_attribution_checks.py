"""Checks of the attribution axis: a fault and its nearest innocent, the evidence compared."""

import pytest

from data.schema import Article
from features.checks import CHECKS
from features.quotes import quotes_of
from features.text import analyse


def _evidence(name: str, body: str, language: str = "de", **fields: str) -> list[str]:
    analysis = analyse(Article("a", language, body=body, **fields))
    check = CHECKS[name]
    assert check.applies(analysis)
    return [analysis.article.text(f.part)[f.start : f.end] for f in check(analysis)]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Er rief „Ja“ und »Nein«.", ["„Ja“", "»Nein«"]),
        ('Er rief "Ja" und “no”.', ['"Ja"', "“no”"]),
        ("«Ja», sagte er.", ["«Ja»"]),
        ("'We will not,' he said. 'Never.'", ["'We will not,'", "'Never.'"]),
        ("It's the dogs' bowl.", []),  # apostrophes
        ('Ein 24" Rad', []),  # an inch mark
        ("Ein „langes\nWort“ hier", ["„langes\nWort“"]),  # a line that breaks in mid-sentence
        ('"We go, he said. "Now."', ['"We go, he said. ', '"Now."']),  # the first is never closed
    ],
)
def test_quotations_in_every_style_of_marks(text, quotes):
    analysis = analyse(Article("a", "en", body=text))
    assert [text[q.start : q.end] for q in quotes_of(analysis)] == quotes


@pytest.mark.parametrize(
    ("language", "body", "evidence"),
    [
        ("de", "Die Halle war voll. „So laut war es hier noch nie.“", ["„So laut war es hier noch nie.“"]),
        ("de", "Meyer sagte viel. „So laut war es hier noch nie.“", []),  # the sentence before speaks
        ("de", "Meyer strahlte: „So laut war es hier noch nie.“", []),  # a colon
        ("de", "„So laut war es hier noch nie“, schwärmte Meyer.", []),  # inside a sentence
        ("de", "„So laut war es noch nie.“ Das sagte Meyer am Abend.", []),  # pointed back to
        ("de", "„Toll“, sagte Meyer. „So laut war es hier noch nie.“", []),  # goes on
        ("de", "Die Halle sei voll gewesen. „So laut war es hier noch nie.“", []),  # reported speech before
        ("de", "Er las „Der alte Mann.“", []),  # a title
        ("en", "The hall was full. “It has never been so loud.”", ["“It has never been so loud.”"]),
        ("en", "Hill said so. “It has never been so loud.”", []),
    ],
)
def test_orphan_quotation(language, body, evidence):
    assert _evidence("orphan_quotation", body, language) == evidence


@pytest.mark.parametrize(
    ("language", "body", "evidence"),
    [
        ("de", "Er sagte: „Das ist gut. Dann ging er.", ["„Das ist gut."]),
        ("de", "Er sagte: „Das ist gut.“ Dann ging er.", []),
        ("de", "„Das ist gut.\n\n„Und das auch“, sagte er.", []),  # runs on in the next paragraph
        ("en", '"We go, he said. "Now."', ['"We go']),  # ends where it is given to somebody
        ("en", "We go,” he said.", ["We go,”"]),  # nothing opens it
    ],
)
def test_unclosed_quotation(language, body, evidence):
    assert _evidence("unclosed_quotation", body, language) == evidence


@pytest.mark.parametrize(
    ("language", "body", "evidence"),
    [
        ("de", "Experten rechnen mit mehr.", ["Experten"]),
        ("de", "Die Experten des Instituts Alba rechnen mit mehr.", []),
        ("de", "Einer Studie zufolge steigt der Preis.", ["Einer Studie zufolge"]),
        ("de", "Laut einer Studie der Universität Bonn steigt der Preis.", []),
        ("de", "Laut einer Studie steigt der Preis.", ["Laut einer Studie"]),
        ("de", "Wie es heißt, kommt er.", ["Wie es heißt"]),
        ("de", "„Das gilt“, heißt es in der Mitteilung.", []),
        ("de", "60 Beobachter wachen über die Wahl.", []),
        ("de", "Er sagte: „Experten rechnen mit mehr.“", []),  # the speaker's affair
        ("en", "Experts expect more.", ["Experts"]),
        ("en", "According to a survey, prices rise.", ["According to a survey"]),
        ("en", "According to a survey by Alba, prices rise.", []),
    ],
)
def test_vague_source(language, body, evidence):
    assert _evidence("vague_source", body, language) == evidence


@pytest.mark.parametrize(
    ("language", "body", "evidence"),
    [
        ("de", "Ein Lotse sagte, das Wasser steige.", ["Ein Lotse"]),
        ("de", "Ein Lotse, der anonym bleiben will, sagte, das Wasser steige.", []),
        ("de", "Ein Lotse namens Ole Berg sagte, das Wasser steige.", []),
        ("de", "Ein Sprecher sagte, das Wasser steige.", []),  # speaks for a house
        ("de", "Das Wasser stieg, sagt eine Anwohnerin.", ["eine Anwohnerin"]),
        ("de", "Er half einem Lotsen. Ein Gewitter kam.", []),
        ("en", "A juror said it was sad.", ["A juror"]),
        ("en", "A juror who asked not to be named said it was sad.", []),
        ("en", "Ann Hill, a juror, said it was sad.", []),  # an apposition
    ],
)
def test_anonymous_source(language, body, evidence):
    assert _evidence("anonymous_source", body, language) == evidence


@pytest.mark.parametrize(
    ("language", "body", "evidence"),
    [
        ("de", "Es regnete. Der Kassierer hat Geld veruntreut.", ["Der Kassierer hat Geld veruntreut"]),
        ("de", "Der Kassierer hat laut Anklage Geld veruntreut.", []),
        ("de", "Der Kassierer habe Geld veruntreut.", []),  # reported
        ("de", "Hat der Kassierer Geld veruntreut?", []),
        ("de", "Der Kassierer wurde verurteilt, weil er Geld veruntreut hat.", []),
        ("de", "„Er hat Geld veruntreut“, sagt Berg.", []),
        ("en", "The clerk embezzled the money.", ["The clerk embezzled the money"]),
        ("en", "The clerk is accused of having embezzled the money.", []),
    ],
)
def test_harm_without_source(language, body, evidence):
    assert _evidence("harm_without_source", body, language) == evidence


@pytest.mark.parametrize(
    ("body", "evidence"),
    [
        ("Text.\n\nQuelle: Internet", ["Quelle: Internet"]),
        ("Text (via bikes.example).", ["via bikes.example"]),
        ("Text.\n\nQuelle: www.hafen.example", ["Quelle: www.hafen.example"]),
        ("Text.\n\nQuelle: Mitteilung der Stadt", []),
        ("Die Quelle des Flusses ist kalt.", []),
    ],
)
def test_bare_domain(body, evidence):
    assert _evidence("bare_domain", body) == evidence


@pytest.mark.parametrize(
    ("body", "evidence"),
    [
        ("Wie diese Zeitung berichtete, stimmt das.", ["Wie diese Zeitung berichtete"]),
        ("Das sagte er dieser Zeitung.", []),  # an interview
        ("Text.\n\nQuelle: Hafenblatt", ["Quelle: Hafenblatt"]),
        ("Text.\n\nQuelle: hafenblatt.example", ["Quelle: hafenblatt.example"]),
        ("Text.\n\nQuelle: Stadtblatt", []),
    ],
)
def test_self_reference(body, evidence):
    fields = {"outlet": "Hafenblatt", "url": "https://www.hafenblatt.example/a"}
    assert _evidence("self_reference", body, **fields) == evidence


@pytest.mark.parametrize(
    ("body", "evidence"),
    [
        ("Aalen spart.\n\nQuelle: Stadtverwaltung Weimar", ["Quelle: Stadtverwaltung Weimar"]),
        ("Aalen spart.\n\nQuelle: Stadtverwaltung Aalen", []),
        ("Aalen spart.\n\nQuelle: dpa", []),  # an agency needs no mention
        ("Aalen spart.\n\nQuelle: Pressestelle", []),  # nothing to look for
    ],
)
def test_source_mismatch(body, evidence):
    assert _evidence("source_mismatch", body) == evidence


SOURCE = (
    "Amtsarzt Hinrich Falck: „Masern sind nicht harmlos für Kinder.“ Leiterin Birgit Kuhl: „Wir lehren zu Hause mit.“"
)


@pytest.mark.parametrize(
    ("body", "evidence"),
    [
        ("„Wir lehren zu Hause mit“, sagt Hinrich Falck.", ["Hinrich Falck"]),
        ("„Wir lehren zu Hause mit“, sagt Birgit Kuhl.", []),
        ("„Wir lehren zu Hause mit“, sagt sie.", []),  # nobody is named
        ("„Wir lehren zu Hause mit“, sagt Ole Berg.", []),  # the source does not know him
        ("„Alles wird ganz anders kommen“, sagt Hinrich Falck.", []),  # the source lacks the words
    ],
)
def test_other_speaker(body, evidence):
    assert _evidence("other_speaker", body, source=SOURCE) == evidence


def test_page_fields_are_judged_only_where_they_are_known():
    unknown = analyse(Article("a", "de", body="Text."))
    assert not CHECKS["missing_byline"].applies(unknown)
    absent = analyse(Article("a", "de", body="Text.", byline="", published=""))
    assert [f.kind for name in ("missing_byline", "missing_date") for f in CHECKS[name](absent)] == [
        "missing-byline",
        "missing-date",
    ]
