"""Checks of the translation axis: each fault beside its nearest innocent."""

from __future__ import annotations

import pytest

from data.schema import Article
from features.checks import get_check
from features.text import analyse
from features.translation.nouns import cells, genders
from features.translation.phrasebook import TABLES, table
from features.translation.spellings import sound
from features.translation.verbs import is_finite
from features.translation.words import words

GERMAN = [
    ("determiner_and_noun", "Die Ausbau beginnt.", ["Die Ausbau"]),
    ("determiner_and_noun", "Der Ausbau beginnt.", []),
    ("determiner_and_noun", "Er sah ein Regierung.", ["ein Regierung"]),
    ("determiner_and_noun", "Es sind Leute, die Angst haben, und solche, das Geld.", []),
    ("determiner_and_noun", "Am häufigsten litten Kinder.", []),
    ("determiner_and_noun", "Ein Fleisch verarbeitender Betrieb schloss.", []),
    ("adjective_and_noun", "Sie zahlt einen neues Vertrag.", ["einen neues Vertrag"]),
    ("adjective_and_noun", "Sie zahlt einen neuen Vertrag.", []),
    ("adjective_and_noun", "Es war eine größer angelegte Prüfung.", []),
    ("case_after_preposition", "Das gilt durch diesem Beschluss.", ["durch diesem Beschluss"]),
    ("case_after_preposition", "Das gilt durch diesen Beschluss.", []),
    ("case_after_preposition", "Das ist ein Haus, in der Menschen leben.", []),
    ("singular_after_number", "Sie zählten 61 Schiff im Kanal.", ["61 Schiff"]),
    ("singular_after_number", "Sie zählten 61 Schiffe im Kanal.", []),
    ("singular_after_number", "Das sind 30 Prozent der Fälle.", []),
    ("title_of_other_gender", "Das sagte Sprecherin Ralf Domeyer.", ["Sprecherin Ralf Domeyer"]),
    ("title_of_other_gender", "Das sagte Sprecher Ralf Domeyer.", []),
    ("title_of_other_gender", "Das sagte Leiter Dr. Karin Dohrmann.", ["Leiter Dr. Karin Dohrmann"]),
    ("speaker_in_wrong_case", "Das sagte der Sprecherin am Montag.", ["der Sprecherin"]),
    ("speaker_in_wrong_case", "Das sagte die Sprecherin am Montag.", []),
    ("subject_before_verb", "Seither der Pegel fällt.", ["Seither der Pegel fällt"]),
    ("subject_before_verb", "Seither fällt der Pegel.", []),
    ("subject_before_verb", "Nach Angaben der Bahn ist die Strecke frei.", []),
    ("subject_before_verb", "Seit Weihnachten das Team ist stark.", ["Seit Weihnachten das Team ist"]),
    ("comma_after_opening", "Im nächsten Jahr, sollen Tiere folgen.", ["Im nächsten Jahr, sollen"]),
    ("comma_after_opening", "Im nächsten Jahr sollen Tiere folgen.", []),
    ("comma_after_opening", "In Berlin, sagte er, ist es kalt.", []),
    ("verb_second_in_subordinate_clause", "Sie sagt, dass es sind 68 Leute.", ["dass es sind 68"]),
    ("verb_second_in_subordinate_clause", "Sie sagt, dass es 68 Leute sind.", []),
    ("verb_second_in_subordinate_clause", "Sie weiß, dass er hätte kommen sollen.", []),
    ("subject_first_after_clause", "Wird die Sperre bestätigt, er rückt vor.", ["er rückt"]),
    ("subject_first_after_clause", "Wird die Sperre bestätigt, rückt er vor.", []),
    ("progressive", "Die Schiffe sind fahrend.", ["sind fahrend"]),
    ("progressive", "Das ist entscheidend.", []),
    ("perfect_with_haben", "Sie haben dort gewesen.", ["haben dort gewesen"]),
    ("perfect_with_haben", "Sie sind dort gewesen.", []),
    ("compound_in_two_words", "Der Schul Bus kam.", ["Schul Bus"]),
    ("compound_in_two_words", "Der Schulbus kam Ende März.", []),
    ("compound_in_two_words", "Ermittlungs Behörden suchten.", ["Ermittlungs Behörden"]),
    ("compound_in_two_words", "Sie flogen mit dem Flugzeug Richtung Süden.", []),
    ("small_month_or_day", "Er kam am sonntag.", ["am sonntag"]),
    ("small_month_or_day", "Er kommt sonntags.", []),
    ("small_month_or_day", "Ein Katalog auf serbisch erscheint.", ["auf serbisch"]),
    ("small_noun", "Es spielt das orchester der Stadt.", ["orchester"]),
    ("small_noun", "Es spielt das beste Orchester der Stadt.", []),
    ("misspelt_word", "Er hat grundsetzlich recht.", ["grundsetzlich"]),
    ("misspelt_word", "Er lobte den Rhythmus auf der Strasse.", []),
    ("foreign_noun", "Er wurde wegen Embezzlement verurteilt.", ["Embezzlement"]),
    ("foreign_noun", "Er wurde wegen Mobbing im Homeoffice verurteilt.", []),
    ("unknown_lower_case_word", "Sie schlossen das warehouse am Hafen.", ["warehouse"]),
    ("unknown_lower_case_word", "Mehr unter www.feed.example und im Internet.", []),
    ("half_translated_word", "Die Soot-Schicht ist dünn.", ["Soot-Schicht"]),
    ("half_translated_word", "Die Lockdown-Regel gilt.", []),
    ("phrase_word_for_word", "Das Fest nahm im Mai Platz.", ["nahm im Mai Platz"]),
    ("phrase_word_for_word", "Er nahm am Tisch.\nPlatz gab es genug.", []),
    ("wrong_preposition", "Sie sind interessiert in Kunst.", ["interessiert in"]),
    ("wrong_preposition", "Sie sind interessiert an Kunst.", []),
    ("foreign_locale", "Es kostet €16 und wog 1.5 Tonnen.", ["€16", "1.5 Tonnen"]),
    ("foreign_locale", "Es kostet 3.600 Euro, um 18.40 Uhr am 21. März.", []),
    ("foreign_locale", "Am 21 März waren %40 da.", ["21 März", "%40"]),
    ("foreign_spaces", "Was nun ?", ["nun ?"]),
    ("foreign_spaces", "Was nun? So: gut.", []),
    ("foreign_quotation_marks", "„Ja, gut“, sagt er. „Nein, nie“, sagt sie. «Na und wie», sagt es.", ["«Na und wie»"]),
    ("foreign_quotation_marks", "«Ja, gut», sagt er. «Nein, nie», sagt sie.", []),
    ("words_twice", "Dann führte der Klub führte der Klub mit 2:0.", ["führte der Klub"]),
    ("words_twice", "Dann führte der Klub, und der Klub gewann.", []),
    ("familiar_beside_formal", "Hier können Sie lesen. Wenn du Zeit hast.", ["du Zeit"]),
    ("familiar_beside_formal", "„Wenn du Zeit hast“, sagt er. Wir bitten Sie um Geduld.", []),
    ("name_spelt_twice", "Herr Levan kam. Dann ging Lewan heim.", ["Lewan"]),
    ("name_spelt_twice", "Herr Tschernow, auch Chernov geschrieben, kam.", []),
    ("place_in_two_languages", "Er war in Tiflis. In Tbilisi regnete es.", ["Tbilisi"]),
    ("place_in_two_languages", "Er war in Tiflis. Dort regnete es.", []),
]
ENGLISH = [
    ("phrase_word_for_word", "It gives things that cost more.", ["It gives things"]),
    ("phrase_word_for_word", "He gives things away.", []),
    ("wrong_preposition", "They are interested on art.", ["interested on"]),
    ("tense_word_for_word", "The firm is since 1978 in the town.", ["is since"]),
    ("order_word_for_word", "So turned the field left.", ["So turned the"]),
    ("phrase_left_standing", "The Landesamt said so.", ["Landesamt"]),
    ("foreign_locale", "They paid 4,30 dollars.", ["4,30 dollars"]),
]


def _found(name: str, language: str, body: str) -> list[str]:
    analysis = analyse(Article("a", language, body=body))
    return [body[f.start : f.end] for f in get_check(name)(analysis)]


@pytest.mark.parametrize(("name", "body", "evidence"), GERMAN)
def test_german(name, body, evidence):
    assert _found(name, "de", body) == evidence


@pytest.mark.parametrize(("name", "body", "evidence"), ENGLISH)
def test_english(name, body, evidence):
    assert _found(name, "en", body) == evidence


@pytest.mark.parametrize(
    "body",
    [
        "Im Jänner fuhr die Strassenbahn über den Fußgängerübergang, teilte der Wiener Stadtrat mit.",
        "Das Büro schliesst um 17.30 Uhr; am 1. März kostet die Grosspackung 4.50 Franken weniger.",
        "Bundespräsident Alain Berset und Frau Andrea Schönherr grüssten die Gäste in Zürich und Sankt Gallen.",
    ],
)
def test_austrian_and_swiss_usage_raises_nothing(body):
    analysis = analyse(Article("a", "de", body=body))
    names = ("misspelt_word", "determiner_and_noun", "compound_in_two_words", "name_spelt_twice", "small_noun")
    assert [f for name in names for f in get_check(name)(analysis)] == []


@pytest.mark.parametrize(
    ("noun", "gender"),
    [("Regierung", "f"), ("Stadion", "n"), ("Vorsprung", "m"), ("Landesregierung", "f"), ("Xqzt", "")],
)
def test_gender_of_a_noun(noun, gender):
    assert genders(noun) == gender


def test_the_genitive_of_a_masculine_needs_its_ending():
    assert "mg" not in cells("Umgang")
    assert "mg" in cells("Umgangs")


def test_names_that_sound_alike_are_equal():
    assert sound("Rustawi") == sound("Rustavi")
    assert sound("Rustawi") != sound("Batumi")


def test_a_participle_is_no_finite_verb():
    assert is_finite("fällt")
    assert not is_finite("gesagt")


@pytest.mark.parametrize("language", TABLES)
def test_phrase_tables_are_read_and_not_empty(language):
    assert len(table(language)) > 50


def test_an_unknown_word_list_is_named():
    with pytest.raises(KeyError, match=r"No word list 'nothing' of 'verbs'"):
        words("verbs", "nothing")
