r"""The seed format: text and marks come back exactly, and every mistake is named with its remedy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import seeds
from data.schema import KINDS, ROLES, Article, Axis, Finding, Related, Severity
from data.seeds import SeedError, load, main, parse, render

NAME = "de/hafen.flawed.txt"
EXAMPLE = """\
domain: local
published: 2024-03-14
byline:
headline: Hafen: [1:60 Millionen Euro] Mehrkosten
---
[2:Die Ausbau] des Hafens wird teurer. Statt [1.contradicts:210 Millionen] sind es \\[sic\\] mehr.

=== source
Der Ausbau kostet [1.evidence:40 Millionen].

=== findings
1 factual number major: the body gives 40
2 translation agreement major: der Ausbau
3 attribution missing-byline minor: the page has a date only
"""


def test_the_example_of_the_format_reads_as_it_looks():
    article = parse(EXAMPLE, NAME)
    assert (article.id, article.language, article.group, article.system) == (
        "de/hafen.flawed",
        "de",
        "de/hafen",
        "flawed",
    )
    assert (article.byline, article.outlet, article.published) == ("", None, "2024-03-14")
    assert article.extra == {"domain": "local"}
    assert article.body == "Die Ausbau des Hafens wird teurer. Statt 210 Millionen sind es [sic] mehr."
    shown = [(f.axis, f.kind, article.text(f.part)[f.start : f.end], f.severity, f.note) for f in article.findings]
    assert shown == [
        ("factual", "number", "60 Millionen Euro", "major", "the body gives 40"),
        ("translation", "agreement", "Die Ausbau", "major", "der Ausbau"),
        ("attribution", "missing-byline", "", "minor", "the page has a date only"),
    ]
    related = [(r.role, article.text(r.part)[r.start : r.end]) for r in article.findings[0].related]
    assert related == [("contradicts", "210 Millionen"), ("evidence", "40 Millionen")]
    assert render(article) == EXAMPLE


# Line ends at the edges of a part are layout; a line of the form "=== ..." would be a section.
TEXT = st.text(st.sampled_from("aä €[]\\:1.„“"), min_size=1, max_size=30)
LINE = TEXT.map(str.strip).filter(bool)
BODY = st.lists(LINE, min_size=1, max_size=4).map("\n".join)


@st.composite
def nested(draw, length, start=0, depth=3):
    """Non-empty stretches of a text that lie beside or inside each other."""
    found, at = [], start
    while at < length and draw(st.booleans()):
        begin = draw(st.integers(at, length - 1))
        end = draw(st.integers(begin + 1, length))
        found.append((begin, end))
        if depth:
            found += draw(nested(end, begin, depth - 1))
        at = end
    return found


@st.composite
def articles(draw):
    texts = {"headline": draw(LINE), "body": draw(BODY), "source": draw(BODY)}
    has_source = draw(st.booleans())
    found = []
    for part in ("headline", "body", *(["source"] if has_source else [])):
        for start, end in draw(nested(len(texts[part]))):
            axis = draw(st.sampled_from(list(Axis)))
            if found and draw(st.booleans()):
                place = Related(draw(st.sampled_from(ROLES)), part, start, end)
                old = found[-1]
                found[-1] = Finding(
                    old.axis, old.kind, old.part, old.start, old.end, old.severity, old.note, (*old.related, place)
                )
            else:
                kind, severity = draw(st.sampled_from(list(KINDS[axis]))), draw(st.sampled_from(list(Severity)))
                found.append(Finding(axis, kind, part, start, end, severity, draw(LINE)))
    return Article(
        "de/x.light",
        "de",
        texts["headline"],
        texts["body"],
        texts["source"] if has_source else None,
        byline=draw(st.sampled_from([None, "", "Eva Kern"])),
        group="de/x",
        item="de/x",
        system="light",
        findings=tuple(found),
        extra={"domain": "local"},
    )


def spans(article):
    """Findings as sets, for related places are read in the order of the text."""
    return [(f.axis, f.kind, f.part, f.start, f.end, f.severity, f.note, set(f.related)) for f in article.findings]


@given(articles())
def test_writing_and_reading_are_inverses(article):
    content = render(article)
    back = parse(content, "de/x.light.txt")
    assert (back.headline, back.body, back.source, back.byline) == (
        article.headline,
        article.body,
        article.source,
        article.byline,
    )
    assert spans(back) == spans(article)
    assert render(back) == content


def test_every_seed_file_comes_back_byte_for_byte():
    paths = sorted(seeds.ROOT.glob("??/*.txt"))
    assert len(paths) >= 48
    broken = []
    for path in paths:
        content = path.read_text(encoding="utf-8")
        name = f"{path.parent.name}/{path.name}"
        first = parse(content, name)
        if parse(render(first), name) != first:
            broken.append(name)
    assert broken == []


def small(body="Ein [1:Satz].", findings="1 factual number minor: n", header="domain: local"):
    return f"{header}\n---\n{body}\n\n=== findings\n{findings}\n"


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (small(), "de/Hafen.txt", r"de/Hafen\.txt: expected <language>/<story>\.<version>\.txt, version one of clean"),
        ("domain: x\nBody.", NAME, "no line '---' between header and body"),
        (small(header="color: red"), NAME, r"txt:1: expected 'key: value' with one of outlet, .*got 'color: red'"),
        (small(header="domain: x\ndomain: y"), NAME, "txt:2: 'domain' is given twice"),
        (small("Ein [Satz]."), NAME, r"\(body\): '\[Satz\]\.' opens no mark\. Write a mark as \[1:text\]"),
        (small("Ein Satz]."), NAME, r"'\]' closes no mark near 'Ein Satz\]'; a literal one is \\\]"),
        (small("Ein [1:Satz."), NAME, "mark 1 is never closed"),
        (small("Ein [1:]Satz."), NAME, "mark 1 is empty"),
        (small("Ein [1:Satz] [1.foe:x]."), NAME, r"no role 'foe'\. Known: contradicts, evidence"),
        (small(""), NAME, "the body is empty"),
        (small(findings="1 factual number: n"), NAME, "expected '<number> <axis> <kind> <minor"),
        (small(findings="1 factual typo minor: n"), NAME, r"finding 1: no kind factual/typo\. Known: number, sum"),
        (small(findings="1 style number minor: n"), NAME, r"no kind style/number\. Known: translation, factual"),
        (small(findings="1 factual sum minor: n\n1 factual sum minor: n"), NAME, "finding 1 is listed twice"),
        (small("[1:Ein] [1:Satz]."), NAME, r"finding 1 is marked 2 times; further places take a role, "),
        (small("Ein Satz."), NAME, r"finding 1 \(number\) is marked nowhere in the text"),
        (small("[1:Ein] [2:Satz] [3.cue:x]."), NAME, r"marks \[2, 3\] are not listed under '=== findings'"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_remedy(content, name, problem):
    with pytest.raises(SeedError, match=problem):
        parse(content, name)


def test_a_fault_without_a_place_needs_no_mark():
    article = parse(small("Ein Satz.", "1 attribution missing-date minor: none"), NAME)
    assert [(f.part, f.start, f.end) for f in article.findings] == [("byline", 0, 0)]


def test_a_folder_without_seeds_is_an_error(tmp_path):
    with pytest.raises(SeedError, match=r"No seed files below .* for \['de'\]; expected <language>/<story>"):
        load(tmp_path, ["de"])


def test_the_checker_lists_what_a_file_marks_and_fails_on_a_broken_one(tmp_path, capsys):
    (tmp_path / "de").mkdir()
    good, bad = tmp_path / "de" / "hafen.flawed.txt", tmp_path / "de" / "hafen.clean.txt"
    good.write_text(EXAMPLE, encoding="utf-8")
    bad.write_text(small("Ein [Satz]."), encoding="utf-8")
    assert main([str(good)]) == 0
    assert (
        "1 factual/number major headline: '60 Millionen Euro' | contradicts: '210 Millionen'" in capsys.readouterr().out
    )
    assert main([str(bad), str(good)]) == 2
    assert "ERROR de/hafen.clean.txt (body): '[Satz].' opens no mark" in capsys.readouterr().out
