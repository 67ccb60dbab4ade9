"""German clauses whose words stand in the order of another language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from data.schema import Axis, Severity
from features.registry import Hit, check
from features.text import Analysis, Span, Text
from features.translation.determiners import CELLS, CONTRACTED, PREPOSITIONS
from features.translation.verbs import AUXILIARIES, is_finite, is_plural_verb
from features.translation.words import words

#: Adverbs that fill the place before the verb when they open a sentence. Words that may belong to the subject ("Auch
#: der Chef") or open a subordinate clause ("Damit") are left out.
_ADVERBS: Final = words("word_order", "adverbs")
_PRONOUNS: Final = words("word_order", "pronouns")
_ARTICLES: Final = words("word_order", "articles")
#: After a group with a preposition only these cannot be its genitive attribute.
_NO_GENITIVE: Final = words("word_order", "no_genitive")
_NUMERALS: Final = words("word_order", "numerals")


def _subject_end(text: Text, i: int, end: int, starters: frozenset[str]) -> int:
    """Index after a subject that begins at token i; -1 if none does."""
    lower, tokens = text.lower, text.tokens
    if i >= end or lower[i] not in starters:
        return -1
    if lower[i] in _PRONOUNS:
        return i + 1
    j = i + 1
    while j < min(i + 4, end) and tokens[j].text.islower() and lower[j].endswith(("e", "en", "er", "es")):
        j += 1
    if j >= end or not tokens[j].text[0].isupper():
        return -1
    while j < min(i + 8, end) and tokens[j].text[0].isupper():
        j += 1
    return j


def _opening_end(text: Text, i: int, end: int) -> tuple[int, bool]:
    """Index after the adverb or the group with a preposition that opens a sentence, and which of them it is.

    A group is a preposition, then at most five words up to a noun or year; -1 if the sentence opens otherwise.
    """
    lower, tokens = text.lower, text.tokens
    if lower[i] in _ADVERBS:
        return i + 1, True
    if lower[i] not in PREPOSITIONS and lower[i] not in CONTRACTED and lower[i] not in ("seit", "ab", "bis"):
        return -1, False
    for j in range(i + 1, min(i + 6, end)):
        word = tokens[j].text
        if word[0].isupper() or (word.isdigit() and len(word) == 4):
            while j + 1 < end and tokens[j + 1].text[0].isupper():
                j += 1
            if j + 2 < end and lower[j + 1] == "des" and tokens[j + 2].text[0].isupper():
                j += 2
            return j + 1, False
        if not word.isalnum() or (is_finite(lower[j]) and lower[j] not in CELLS):
            return -1, False
    return -1, False


def _bounds(text: Text, sentence: Span) -> tuple[int, int]:
    """First token of a sentence that is a word, and the token after its last one."""
    tokens = text.tokens_in(*sentence)
    first, end = tokens.start, tokens.stop
    while first < end and not text.tokens[first].text[0].isalnum():
        first += 1
    # "9.10 Uhr: …", "7. Minute: …": the sentence proper begins after the colon.
    for k in range(first, min(first + 5, end)):
        if text.tokens[k].text == ":" and text.tokens[first].text[0].isdigit():
            return k + 1, end
    return first, end


@check(Axis.TRANSLATION, "word-order", severity=Severity.MINOR, langs={"de"})
def subject_before_verb(analysis: Analysis) -> Iterator[Hit]:
    """Flag a sentence whose opening adverbial is followed by the subject, not the verb ("Seither der Pegel fällt").

    Only adverbs and short groups with a preposition count as openings; a headline without its verb is not looked at.
    """
    text = analysis.body
    for sentence in text.sentences:
        first, end = _bounds(text, sentence)
        if first >= end or not text.tokens[first].text[0].isupper():
            continue
        after, adverb = _opening_end(text, first, end)
        if after < 0 or after >= end:
            continue
        comma = text.tokens[after].text == ","
        starters = _ARTICLES | _PRONOUNS if adverb or comma else _NO_GENITIVE
        subject = _subject_end(text, after + comma, end, starters)
        if subject < 0 or subject >= end or not is_finite(text.lower[subject]):
            continue
        if text.lower[first] in ("dann", "jetzt", "nun", "hier", "heute", "morgen", "da") and comma:
            continue
        yield Hit("body", text.tokens[first].start, text.tokens[subject].end, "after the opening the verb comes second")


@check(Axis.TRANSLATION, "punctuation", langs={"de"})
def comma_after_opening(analysis: Analysis) -> Iterator[Hit]:
    """Flag a comma between an opening adverbial and the verb ("Im nächsten Jahr, sollen").

    An inserted verb of saying ("In Berlin, sagt er, …") is left alone.
    """
    text = analysis.body
    for sentence in text.sentences:
        first, end = _bounds(text, sentence)
        if first >= end or not text.tokens[first].text[0].isupper():
            continue
        after, _ = _opening_end(text, first, end)
        if after < 0 or after + 2 >= end or text.tokens[after].text != ",":
            continue
        verb = text.lower[after + 1]
        if (
            verb in CELLS
            or not text.tokens[after + 1].text.islower()
            or not (is_finite(verb) or is_plural_verb(verb))
            or text.tokens[after + 2].text == ","
        ):
            continue
        if verb in text.language.say_verbs and any(t.text in ",.:" for t in text.tokens[after + 2 : after + 7]):
            continue
        yield Hit("body", text.tokens[first].start, text.tokens[after + 1].end, "no comma before the verb here")


_CONJUNCTIONS: Final = words("word_order", "conjunctions")
#: Conjunctions that are other words, too: only after a comma and before a pronoun.
_AFTER_COMMA: Final = words("word_order", "after_comma")
_OPENERS: Final = words("word_order", "openers")
_VERBS_FIRST: Final = words("word_order", "verbs_first")
_ENDS: Final = frozenset(",.;:!?–—-)“”\"»«…'’’")
_LINKS: Final = words("word_order", "links")


def _opens_clause(text: Text, i: int) -> bool:
    return i > 0 and text.tokens[i - 1].text == "," and text.lower[i] in _AFTER_COMMA and text.lower[i + 1] in _PRONOUNS


@check(Axis.TRANSLATION, "word-order", langs={"de"})
def subject_first_after_clause(analysis: Analysis) -> Iterator[Hit]:
    """Flag a main clause that goes on with the subject after a clause that opened it ("Wird sie bestätigt, er rückt").

    Only pronouns count as subjects, outside quotations.
    """
    text = analysis.body
    lower, tokens = text.lower, text.tokens
    for sentence in text.sentences:
        first, end = _bounds(text, sentence)
        if (
            first >= end
            or not (lower[first] in _OPENERS or lower[first] in _VERBS_FIRST)
            or tokens[end - 1].text == "?"
        ):
            continue
        comma = next((k for k in range(first + 2, min(first + 16, end)) if tokens[k].text == ","), end)
        if comma + 3 >= end or lower[comma + 1] not in _PRONOUNS or not is_finite(lower[comma + 2]):
            continue
        says = lower[first] in _OPENERS and any(w in text.language.say_verbs for w in lower[first:comma])
        if says or text.quoted(tokens[first].start):
            continue
        yield Hit("body", tokens[comma + 1].start, tokens[comma + 2].end, "after a clause the verb comes first")


@check(Axis.TRANSLATION, "word-order", langs={"de"})
def verb_second_in_subordinate_clause(analysis: Analysis) -> Iterator[Hit]:
    """Flag a subordinate clause with the verb right after its subject ("dass es sind 68").

    Spoken "weil" with the verb second is left alone inside quotations, and so is "hat kommen sollen".
    """
    text = analysis.body
    lower, tokens = text.lower, text.tokens
    for i, word in enumerate(lower):
        if i + 3 >= len(tokens) or not (word in _CONJUNCTIONS or _opens_clause(text, i)):
            continue
        verb = _subject_end(text, i + 1, min(i + 9, len(tokens)), _ARTICLES | _PRONOUNS)
        if verb < 0 or verb + 1 >= len(tokens) or not is_finite(lower[verb]):
            continue
        if not tokens[verb].text.islower() or tokens[verb + 1].text[0] in _ENDS or lower[verb + 1] in _LINKS:
            continue
        follows = tokens[verb + 1].text
        if lower[verb] not in AUXILIARIES and (
            text.quoted(tokens[i].start) or follows in AUXILIARIES or follows == "zu"
            or (lower[verb].endswith("e") and follows[0].isupper())
        ):  # fmt: skip
            continue
        end = verb + 1
        while end < len(tokens) and tokens[end].text[0] not in _ENDS and end < verb + 14:
            end += 1
        if (lower[end - 1].endswith("en") and lower[end - 2].endswith("en")) or is_finite(lower[end - 1]):
            continue
        if word == "weil" and text.quoted(tokens[i].start):
            continue
        yield Hit("body", tokens[i].start, tokens[verb + 1].end, "the verb of a subordinate clause comes last")


_BE: Final = words("word_order", "be")


@check(Axis.TRANSLATION, "tense", langs={"de"})
def progressive(analysis: Analysis) -> Iterator[Hit]:
    """Flag a progressive form: a form of "sein" with a rare present participle ("sind fahrend").

    Participles that are common as adjectives ("entscheidend") pass; a rare adjective in -end is flagged.
    """
    from features.lexicon import zipf

    text = analysis.body
    lower = text.lower
    for i, word in enumerate(lower):
        if not word.endswith("end") or len(word) < 6 or not text.tokens[i].text.islower():
            continue
        near = [k for k in range(max(0, i - 4), i) if lower[k] in _BE]
        follows = lower[i + 1] if i + 1 < len(lower) else "."
        if not near or not (follows[0] in _ENDS or follows in PREPOSITIONS or follows in _BE) or zipf(word, "de") > 0:
            continue
        if any(text.tokens[k].text in _ENDS for k in range(near[-1], i)):
            continue
        yield Hit("body", text.tokens[near[-1]].start, text.tokens[i].end, "German has no progressive form")


#: Participles of verbs that form the perfect with "sein".
_WITH_SEIN: Final = words("word_order", "with_sein")
_HAVE: Final = words("word_order", "have")


@check(Axis.TRANSLATION, "tense", langs={"de"})
def perfect_with_haben(analysis: Analysis) -> Iterator[Hit]:
    """Flag a perfect with "haben" of a verb that takes "sein" ("haben gewesen").

    Only inside one clause and at most six words apart.
    """
    text = analysis.body
    lower, tokens = text.lower, text.tokens
    for i, word in enumerate(lower):
        if word not in _WITH_SEIN:
            continue
        for k in range(i - 1, max(-1, i - 7), -1):
            if not tokens[k].text[0].isalnum() or lower[k] in _LINKS or lower[k] in _BE:
                break
            if lower[k] in _HAVE:
                follows = lower[i + 1] if i + 1 < len(lower) else "."
                if follows not in ("sein", "zu", "seien"):
                    yield Hit("body", tokens[k].start, tokens[i].end, f"“{word}” forms the perfect with “sein”")
                break
