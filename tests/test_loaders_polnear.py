"""PolNeAR: made-up annotations, then the counts of the card in the real files."""

from collections import Counter

from real_corpora import real

from data.loaders.polnear import first_annotator, read_brat

BRAT = """T1\tSource 0 2\twe
T2\tCue 3 9\tmocked
T3\tContent 10 14;20 24\tthem
T4\tAttribution 10 14;20 24\tthem
T5\tContent 30 33\tall
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1 Content2:T5
T6\tDiscuss 40 44\ttalk
E2\tDiscuss:T6
E3\tAttribution-no-source:T4
the rest of a broken text
Two words, no tab
#1\tAnnotatorNotes T3\tAre we still doing titles?
"""


def test_an_attribution_has_its_content_and_its_roles():
    [finding] = read_brat(BRAT)
    assert (finding.kind, finding.start, finding.end, finding.note) == ("content", 10, 14, "Attribution")
    assert [(r.role, r.start, r.end) for r in finding.related] == [
        ("continuation", 20, 24),
        ("continuation", 30, 33),
        ("cue", 3, 9),
        ("speaker", 0, 2),
    ]


def test_the_first_annotator_by_name_is_taken():
    paths = ["a/nyt_x_9c.ann", "a/nyt_x_4b.ann", "a/nyt_x_y_1a.ann"]
    assert first_annotator(paths) == {"nyt_x": "a/nyt_x_4b.ann", "nyt_x_y": "a/nyt_x_y_1a.ann"}


def test_polnear_counts():
    splits = real("polnear")
    assert {split: len(articles) for split, articles in splits.items() if split != "test"} == {"train": 840, "dev": 84}
    # The card counts 19,868 and 2,193 with 35 events that have no part at all.
    for split, attributions, with_source in (("train", 19868 - 34, 18361), ("dev", 2193 - 1, 2066)):
        findings = [f for a in splits[split] for f in a.findings]
        assert len(findings) == attributions
        assert sum(any(r.role == "speaker" for r in f.related) for f in findings) == with_source
    assert set(Counter(f.note for f in findings)) == {"Attribution", "Attribution-no-source"}
    train, dev = ([a.published for a in splits[split]] for split in ("train", "dev"))
    assert (max(train), min(dev), max(dev)) == ("2016-09-07", "2016-09-08", "2016-10-07")
