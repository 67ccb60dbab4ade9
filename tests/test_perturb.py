"""Corruptions: exact spans, nothing else touched, and what each of them makes."""

import difflib
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.perturb import CORRUPTIONS, SYNTHETIC, Change, Edit, Fault, Place, apply, perturb
from data.perturb.facts import altered
from data.perturb.registry import corruption
from data.perturb.words import people, sentences
from data.schema import KINDS, Article, Axis, Finding, Related, Severity
from data.seeds import load

CLEAN = [a for a in load() if a.system == "clean"][::8]
BODY = (
    "Die Stadt baut den Hafen aus. Am Freitag hat der Stadtrat zugestimmt, wie die Verwaltung mitteilte.\n\n"
    "„Wir brauchen den neuen Hafen für unsere Fischer“, sagte Bürgermeister Jan Petersohn, 52, am 22. November 2024. "
    "Nach Angaben der Stadt hat der Bau 40 Millionen Euro gekostet. Petersohn rechnet mit 120 Teilnehmern aus "
    "zwölf Ländern. Der Umweltausschuss prüft den Bericht.\n\n"
    "Um 17.30 Uhr beginnt die Sitzung. Petersohn sagte, dass die Stadt das Geld erst im Frühjahr braucht."
)
ARTICLE = Article(
    id="a",
    language="de",
    headline="Hafen: 40 Millionen Euro verbaut",
    body=BODY,
    source="Der Hafen kostet 40 Millionen Euro. Bürgermeister Petersohn: „Wir brauchen den neuen Hafen.“",
    byline="Von Ina Brahms, 22. November 2024",
    outlet="Hafenblatt",
    published="2024-11-22",
    group="de/hafen",
    system="clean",
)


def spans(article: Article) -> list[str]:
    return [article.text(f.part)[f.start : f.end] for f in article.findings]


def corrupted(name: str, article: Article = ARTICLE, seed: int = 0) -> Article:
    made = CORRUPTIONS[name](article, random.Random(seed))
    assert made is not None, f"{name} found no place"
    return made


def test_there_are_corruptions_of_every_axis_and_innocent_ones():
    axes = {c.axis for c in CORRUPTIONS.values()}
    assert axes == {*Axis, None}
    assert len(CORRUPTIONS) > 40


@pytest.mark.parametrize("name", sorted(CORRUPTIONS))
def test_every_corruption_finds_a_place_in_some_story_and_marks_a_known_kind(name):
    made = [c for a in CLEAN for c in [CORRUPTIONS[name](a, random.Random(a.id))] if c is not None]
    stories = CLEAN if made else [a for a in load() if a.system == "clean"]
    made = made or [c for a in stories for c in [CORRUPTIONS[name](a, random.Random(a.id))] if c is not None]
    assert made
    axis = CORRUPTIONS[name].axis
    for article in made:
        assert article.system == SYNTHETIC + name
        assert bool(article.findings) == (axis is not None)
        assert all(f.kind in KINDS[f.axis] for f in article.findings)
        assert axis is None or axis in {f.axis for f in article.findings}


@pytest.mark.parametrize("name", sorted(CORRUPTIONS))
def test_a_corruption_changes_only_the_marked_stretch(name):
    for before in CLEAN:
        after = CORRUPTIONS[name](before, random.Random(before.id))
        if after is None or not after.findings:
            continue
        assert after.source == before.source
        marked = {f.part: (f.start, f.end) for f in after.findings if f.end > f.start}
        for part in ("headline", "body"):
            old, new = before.text(part), after.text(part)
            if old == new:
                continue
            start, end = marked[part]
            # White space beside an inserted line or a deleted clause, and a full stop, may go with it.
            assert start - 2 <= _equal(old, new) <= end + 1, (name, before.id)
            assert _equal(old[::-1], new[::-1]) >= len(new) - end - 3 - max(0, len(old) - len(new)), (name, before.id)


def _equal(one: str, other: str) -> int:
    """Length of the common beginning."""
    return next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("number", "40 Millionen", r"\d\d"),
        ("weekday", "Freitag", r"\w+tag, dem 22\. November|Mittwoch, dem 22\. November"),
        ("word-order", "hat der Stadtrat", "der (?:Stadtrat|Bau) hat"),
        ("verb-forward", "das Geld erst im Frühjahr braucht", "dass die Stadt braucht das Geld erst im Frühjahr"),
        ("compound", "Umweltausschuss", "(?:Umwelt[ -]Ausschuss|Teil[ -]Nehmern)"),
        ("locale", "", r"5:30 p\.m\.|November 22"),
        ("unclosed-quotation", "", "„Wir brauchen den neuen Hafen für unsere Fischer"),
        ("orphan-quotation", "", "„Wir brauchen den neuen Hafen für unsere Fischer.“"),
        ("parts-of-sum", "", r"[,(–].*\d+.*\d+.*"),
        ("age", "52", r"\(\d\d\)"),
        ("role", "Bürgermeister", r"\w+ Petersohn"),
        ("unsourced-claim", "", r"[^.]+"),
        ("missing-byline", "", ""),
    ],
)  # fmt: skip
def test_what_a_corruption_marks(name, right, wrong):
    made = corrupted(name)
    assert re.fullmatch(wrong, spans(made)[0]), spans(made)
    assert right in BODY


def test_an_accusation_beside_a_source_is_unsupported_as_well():
    made = corrupted("unsourced-claim")
    assert [(str(f.axis), f.kind) for f in made.findings] == [
        ("attribution", "unsourced-claim"),
        ("factual", "unsupported"),
    ]
    alone = corrupted("unsourced-claim", Article("b", "de", body=BODY))
    assert [f.kind for f in alone.findings] == ["unsourced-claim"]


def test_missing_byline_and_date_are_known_to_be_absent():
    assert corrupted("missing-byline").byline == ""
    made = corrupted("missing-date")
    assert (made.byline, made.published) == ("Von Ina Brahms", "")
    assert CORRUPTIONS["missing-byline"](Article("b", "de", body=BODY), random.Random(0)) is None


def test_a_changed_figure_contradicts_the_place_that_keeps_it():
    made = corrupted("number")
    [finding] = made.findings
    assert [made.text(r.part)[r.start : r.end] for r in finding.related if r.role == "contradicts"] == ["40"]


def test_innocent_sum_adds_up_and_has_no_finding():
    made = corrupted("right-sum")
    added = "".join(d[2] for d in difflib.ndiff(BODY, made.body) if d[0] == "+")
    assert sum(map(int, re.findall(r"\d+", added))) == 120
    assert not made.findings


def test_an_insertion_beside_a_finding_stays_outside_of_it():
    contradicts = Related("contradicts", "body", 19, 23)
    earlier = Finding(Axis.FACTUAL, "number", "body", 5, 10, Severity.MAJOR, related=(contradicts,))
    article = Article("a", "de", body="eine Zeile vor dem Ende", findings=(earlier,))
    fault = Fault(Axis.TRANSLATION, "residue", Severity.MINOR, Place("body", 10, 10))
    made = apply(article, Change((Edit("body", 10, 10, " Anzeige"),), (fault,)))
    assert made.body == "eine Zeile Anzeige vor dem Ende"
    assert spans(made) == ["Zeile", "Anzeige"]
    assert made.body[made.findings[0].related[0].start : made.findings[0].related[0].end] == "Ende"


def test_a_change_of_marked_text_is_refused():
    article = Article("a", "de", body="abcdef", findings=(Finding(Axis.FACTUAL, "number", "body", 2, 4),))
    with pytest.raises(ValueError, match="reaches into a span that is marked already"):
        apply(article, Change((Edit("body", 3, 5, "x"),)))
    with pytest.raises(ValueError, match="Two edits touch each other"):
        apply(Article("a", "de", body="abcdef"), Change((Edit("body", 1, 3, "x"), Edit("body", 2, 4, "y"))))
    with pytest.raises(ValueError, match="is no place in the source"):
        apply(Article("a", "de", source="abc"), Change((Edit("source", 0, 1, "x"),)))


@st.composite
def edited(draw):
    """A text, edits that do not touch, and two stretches between them."""
    text = draw(st.text(alphabet="abcdef \n", min_size=12, max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=10, unique=True)))
    pieces = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [Edit("body", a, b, draw(st.text(alphabet="XYZ", max_size=5))) for a, b in pieces[::2]]
    kept = [(a, b) for a, b in pieces[1::2]]
    return text, edits, kept


@settings(max_examples=150, deadline=None)
@given(edited())
def test_offsets_follow_any_edits(case):
    text, edits, kept = case
    findings = tuple(Finding(Axis.FACTUAL, "number", "body", a, b) for a, b in kept)
    made = apply(Article("a", "de", body=text, findings=findings), Change(tuple(edits)))
    expected = text
    for edit in sorted(edits, key=lambda e: -e.start):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]
    assert made.body == expected
    assert spans(made) == [text[a:b] for a, b in kept]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 12))
def test_perturb_makes_no_more_than_asked_and_no_two_on_one_place(seed, strength):
    rng = random.Random(seed)
    article = CLEAN[seed % len(CLEAN)]
    made = perturb(article, rng, strength, (*Axis, None))
    names = [n for n in (made.system or "").removeprefix(SYNTHETIC).split("+") if n in CORRUPTIONS]
    assert len(names) <= strength
    assert (made.group, made.source, made.language) == (article.group, article.source, article.language)
    places = [(f.part, f.start, f.end) for f in made.findings if f.axis is not Axis.FACTUAL or f.kind != "unsupported"]
    for i, (part, start, end) in enumerate(places):
        assert 0 <= start <= end <= len(made.text(part))
        assert not any(p == part and s < end and start < e for p, s, e in places[i + 1 :])


def test_perturb_is_the_same_for_the_same_seed_and_keeps_earlier_spans():
    flawed = next(a for a in load() if a.system == "heavy")
    one, other = (perturb(flawed, random.Random(3), 4) for _ in range(2))
    assert one == other
    assert spans(one)[: len(flawed.findings)] == spans(flawed)


@pytest.mark.parametrize("language", ["ru", "fr"])
def test_a_language_without_tables_is_left_as_it_is(language):
    article = Article("a", language, body="Un texte. Deux textes.")
    assert perturb(article, random.Random(0), 5) == article


@pytest.mark.parametrize("body", ["", "Hafen", "„", "1", "\n\n\n"])
def test_short_texts_raise_nothing(body):
    for language in ("de", "en"):
        for one in CORRUPTIONS.values():
            one(Article("a", language, headline=None, body=body), random.Random(0))


@pytest.mark.slow
@pytest.mark.parametrize("filler", ["„", "7 ", "a", "Ab ", "Ab Ab, ", "1.", "der Ab "])
def test_patterns_are_linear(filler):
    import time

    def seconds(size: int) -> float:
        article = Article("a", "de", headline="x", body=filler * (size // len(filler)), published="2024-01-01")
        started = time.perf_counter()
        for one in CORRUPTIONS.values():
            one(article, random.Random(0))
        return time.perf_counter() - started

    assert seconds(40_000) < 8 * max(seconds(10_000), 0.1)


def test_strength_below_zero_is_refused():
    with pytest.raises(ValueError, match="strength must be 0 or more, got -1"):
        perturb(ARTICLE, random.Random(0), -1)


def test_two_corruptions_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Two corruptions are called 'calque'"):

        @corruption(Axis.TRANSLATION)
        def calque(article, rng):
            return None


@pytest.mark.parametrize("figure", ["12", "1.200", "3,5", "7", "2.000"])
def test_an_altered_figure_is_written_alike(figure):
    for seed in range(20):
        new = altered(figure, random.Random(seed))
        assert new != figure
        assert re.sub(r"\d", "0", new) == re.sub(r"\d", "0", figure)


def test_sentences_keep_ordinals_and_abbreviations_together():
    text = "Am 9. Juni sprach Dr. Ott. „Gut.“ Dann ging er."
    assert [text[s.start : s.end] for s in sentences(text)] == ["Am 9. Juni sprach Dr. Ott.", "„Gut.“", "Dann ging er."]


def test_people_are_named_in_full_once_and_come_again():
    assert [(p.full, p.surname, len(p.later)) for p in people(ARTICLE)] == [("Jan Petersohn", "Petersohn", 2)]
