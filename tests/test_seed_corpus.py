"""The seed corpus as a whole: in order, no story twice, and no way to tell the label without reading."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from data.schema import KINDS, Article, Axis, Finding, Related, Severity
from data.seeds import ROOT, load
from data.splits import group_of
from data.tasks.seeds import split_of_stories
from data.validate_seeds import LIMITS, leakage, neighbours, problems

ARTICLES = load()
SPLIT = split_of_stories()
#: What models are compared on; the test part is never looked at here but for duplicates and order.
OPEN = [a for a in ARTICLES if SPLIT[group_of(a)] != "test"]


def story(**changes):
    """A clean and a flawed version of a made-up story, the flawed one changed."""
    text = "Die Stadt baut. " * 60
    extra = {"domain": "local", "style": "blog"}
    clean = Article(
        "de/x.clean", "de", "Bau", text, byline="Ina", published="2024-01-02", group="de/x", system="clean", extra=extra
    )
    finding = Finding(Axis.FACTUAL, "number", "body", 0, 9, Severity.MAJOR)
    flawed = replace(clean, id="de/x.flawed", body=text + "Ende.", system="flawed", findings=(finding,))
    return [clean, replace(flawed, **changes)]


def told(articles, split=None):
    return [p.what for p in problems(articles, split if split is not None else {"de/x": "train"})]


def test_seeds_break_no_rule():
    assert len(ARTICLES) > 400
    assert problems(ARTICLES, SPLIT) == []


def test_a_story_in_order_has_no_problem():
    assert told(story()) == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"findings": (Finding(Axis.FACTUAL, "calque", "body", 0, 9),)}, "is no kind of factual"),
        ({"findings": (Finding(Axis.FACTUAL, "number", "body", 0, 5000),)}, "is no stretch of the body"),
        ({"findings": (Finding(Axis.FACTUAL, "number", "body", 0, 6),)}, "cuts a word"),
        ({"findings": (Finding(Axis.FACTUAL, "number", "body", 3, 9),)}, "white space at the edge"),
        ({"findings": (Finding(Axis.FACTUAL, "number", "body", 0, 9),) * 2}, "marked twice on one place"),
        ({"findings": (Finding(Axis.FACTUAL, "age", "body", 0, 3, related=(Related("so", "body", 4, 9),)),)}, "role"),
        ({"findings": ()}, "is flawed and has 0 findings"),
        ({"byline": ""}, "byline is '' and missing-byline is not marked"),
        ({"published": "2.1.2024"}, "is no ISO date"),
        ({"extra": {"domain": "gossip", "style": "blog"}}, "'gossip'"),
        ({"body": "Kurz.", "findings": (Finding(Axis.FACTUAL, "number", "body", 0, 4),)}, "has 1 words"),
        ({"system": "light"}, "has the versions"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_told(changes, what):
    assert any(what in problem for problem in told(story(**changes)))


def test_split_and_stories_must_match():
    assert told(story(), {}) == ["has no part in split.tsv"]
    assert told(story(), {"de/x": "train", "de/y": "dev"}) == ["is listed in split.tsv and has no files"]


def test_equal_bodies_are_told():
    clean, flawed = story()
    assert any("has the same body" in what for what in told([clean, replace(flawed, body=clean.body)]))


def test_no_story_is_a_copy_of_another_one():
    nearest = neighbours(ARTICLES)
    assert nearest[0].cosine < 0.3
    assert np.median([n.cosine for n in nearest]) < 0.1


def test_a_rewritten_story_would_be_found():
    clean = next(a for a in ARTICLES if a.system == "clean")
    twin = replace(clean, id="de/twin.clean", group="de/twin", body=clean.body.replace("und", "sowie")[:-200])
    first = neighbours([twin, *ARTICLES])[0]
    assert {first.one, first.other} == {"de/twin", clean.group}
    assert first.cosine > 0.6


def test_split_keeps_languages_kinds_and_shares():
    shares = Counter(SPLIT.values())
    assert {part: count / len(SPLIT) for part, count in shares.items()} == {"train": 0.6, "dev": 0.15, "test": 0.25}
    for axis in Axis:
        missing = set(KINDS[axis]) - {f.kind for a in OPEN for f in a.findings}
        assert not missing


@pytest.mark.slow
@pytest.mark.parametrize("axis", [Axis.FACTUAL, Axis.ATTRIBUTION])
@pytest.mark.parametrize("control", sorted(LIMITS))
def test_a_control_cannot_tell_the_label(axis, control):
    assert leakage(OPEN, axis, control, range(3)) < LIMITS[control]


@pytest.mark.slow
def test_punctuation_of_all_stories_tells_no_more_than_a_missing_mark():
    """A quotation without its closing mark is a fault that can be counted: without these the limit holds for all."""
    rest = [a for a in ARTICLES if all(f.kind != "unclosed-quotation" for f in a.findings)]
    assert leakage(rest, Axis.ATTRIBUTION, "punctuation", range(3)) < LIMITS["punctuation"]


def test_a_label_that_can_be_counted_is_found():
    """The measure itself: with three exclamation marks in each faulty article, punctuation tells all."""
    marked = [replace(a, body=a.body + "!!!") if any(f.axis == Axis.FACTUAL for f in a.findings) else a for a in OPEN]
    assert leakage(marked, Axis.FACTUAL, "punctuation", [0]) > 0.95
    with pytest.raises(KeyError, match=r"No control 'colour'\. Known: length, punctuation, words"):
        leakage(OPEN, Axis.FACTUAL, "colour")


def test_the_data_card_gives_the_counts_of_the_files():
    card = (ROOT / "DATACARD.md").read_text(encoding="utf-8")
    findings = [f for a in ARTICLES for f in a.findings]
    assert f"| {len(findings):,} |" in card
    assert f"| {len(ARTICLES)} |" in card
    for axis in Axis:
        own = Counter(f.kind for f in findings if f.axis == axis)
        assert f"| {axis} | {sum(any(f.axis == axis for f in a.findings) for a in ARTICLES)} | {own.total()} |" in card
        line = card.split(f"- **{axis}**: ")[1].split("\n- ")[0].split("\n\n")[0]
        written = {k: int(n) for k, n in (pair.split() for pair in line.replace("\n", " ").split(", "))}
        assert written == dict(own)
