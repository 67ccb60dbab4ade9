"""Notes in the language of the reader: the kind of fault in German, beside what a check says in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from data.schema import KINDS, Axis

if TYPE_CHECKING:
    from experiments.scoring import Scored

#: German line of each kind, as `KINDS` has the English one.
GERMAN: Final[dict[str, str]] = {
    "untranslated": "in der fremden Sprache stehen geblieben",
    "hybrid": "Wort halb in der einen, halb in der anderen Sprache",
    "calque": "wörtlich übertragen: falscher Freund, Redensart oder Wendung",
    "agreement": "Genus, Numerus oder Kasus passen nicht zusammen",
    "government": "falscher Kasus oder falsche Präposition",
    "word-order": "Wortstellung der fremden Sprache",
    "tense": "Zeitform der fremden Sprache",
    "compound": "Zusammensetzung getrennt oder falsch gebildet",
    "locale": "Zahl, Datum, Uhrzeit, Währung oder Einheit in fremder Schreibweise",
    "quotation-mark": "Anführungszeichen einer anderen Sprache, oder ein ungleiches Paar",
    "punctuation": "Komma oder Strich nach fremder Regel",
    "capitalisation": "Groß- oder Kleinschreibung nach fremder Regel",
    "name-variant": "ein Name in zwei Schreibweisen",
    "register": "Sprung zwischen förmlicher und vertrauter Anrede oder Tonlage",
    "repetition": "ein Abschnitt steht zweimal da",
    "spelling": "falsch geschrieben",
    "residue": "Beiwerk der Ursprungsseite im Text",
    "number": "zwei Zahlen für eine Größe",
    "sum": "die Teile ergeben nicht die Summe",
    "percent": "der Prozentsatz passt nicht zu den Zahlen",
    "date": "zwei Daten für ein Ereignis, oder ein unmögliches Datum",
    "weekday": "der Wochentag passt nicht zum Datum",
    "age": "das Alter passt nicht zu Geburtsjahr oder anderer Altersangabe",
    "sequence": "unmögliche Reihenfolge",
    "comparison": "Anstieg statt Rückgang, mehr statt weniger, oder das Falsche von zweien",
    "role": "zwei Ämter oder Funktionen für eine Person",
    "name": "eine Person oder Organisation unter fremdem Namen",
    "place": "zwei Orte für ein Ereignis, oder ein Ort, der woanders liegt",
    "negation": "eine Aussage und ihr Gegenteil",
    "apposition": "Beifügung an etwas anderer Art",
    "quotation": "das Zitat weicht von seiner Wiedergabe ab",
    "unsupported": "davon steht im Quelltext nichts",
    "orphan-quotation": "ein Zitat, das niemand spricht",
    "unclosed-quotation": "Zitat ohne Ende oder Anfang",
    "wrong-speaker": "dem falschen Sprecher zugeschrieben",
    "vague-source": "eine Quelle, die niemand finden kann",
    "anonymous-source": "anonyme Quelle ohne Begründung",
    "unsourced-claim": "Vorwurf oder starke Zahl ohne Quelle",
    "circular-source": "die Quelle ist am Ende der Artikel selbst",
    "source-mismatch": "die Quellenzeile widerspricht den Quellen im Text",
    "bare-domain": "nur eine Domain oder „Internet“ als Quelle",
    "missing-byline": "weder Autor noch Agentur genannt",
    "missing-date": "kein Datum auf der Seite",
}


def kind_line(axis: Axis, kind: str, language: str) -> str:
    """What a kind of fault is, in one line; the bare kind where it has none."""
    english = KINDS[axis].get(kind, kind)
    return GERMAN.get(kind, english) if language == "de" else english


def in_language(results: Iterable[Scored], language: str) -> Iterator[Scored]:
    """Results whose notes open with the German line of their kind; English notes stay as the checks write them."""
    for result in results:
        if language != "en":
            found = tuple(
                replace(
                    f,
                    note=f"{kind_line(f.axis, f.kind, language)} ({f.note})"
                    if f.note
                    else kind_line(f.axis, f.kind, language),
                )
                for f in result.findings
            )
            result = replace(result, findings=found)
        yield result
