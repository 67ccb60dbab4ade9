"""Loaders of MQM ratings: small made-up rows, then the counts of the corpora cards in the real files."""

from collections import Counter

import pytest
from real_corpora import MIRROR, mirror_as_cache, real

from data.cache import Files
from data.corpora import get_corpus
from data.loaders.newstest_mqm import COLUMNS, halve_marks, read_unit
from data.loaders.wmt23_mqm import METRICS, outside_scores
from data.schema import Severity


def row(rater, target, category="Style/Awkward", severity="Minor", source="A house.", system="hyp.Nemo"):
    return dict(zip(COLUMNS, (system, "doc.1", "3", "99", rater, source, target, category, severity), strict=True))


def evidence(article):
    return [(f.note, article.text(f.part)[f.start : f.end]) for f in article.findings]


def test_an_edited_row_keeps_its_penalty_and_loses_its_place():
    article = read_unit(
        [
            row("rater1", "Ein <v>Häuschen</v>."),
            row("rater2", "Ein Häuschen<v>.</v>", "Fluency/Punctuation", "Major"),
            row("rater3", "Ein <v>Häuschen Häuschen</v>.", "Accuracy/Mistranslation", "Major"),
        ],
        "c",
    )
    assert article.body == "Ein Häuschen."
    assert evidence(article) == [("rater1: Style/Awkward", "Häuschen"), ("rater2: Fluency/Punctuation", ".")]
    assert article.extra["rater_scores"] == [1.0, 0.1, 5.0]
    assert (article.label, article.extra["has_major"]) == (pytest.approx(6.1 / 3, abs=1e-4), False)


def test_two_of_three_raters_make_a_major_error():
    rows = [row(f"rater{n}", "Ein <v>Haus</v>.", "Accuracy/Omission", "Major") for n in (1, 2)]
    assert read_unit([*rows, row("rater3", "Ein Haus.", "no-error", "no-error")], "c").extra["has_major"] is True


def test_a_quoted_target_is_unquoted_and_its_span_moves():
    article = read_unit([row("rater1", '"""Ein <v>Haus</v>"", sagt er."', source='""A house,"" he says.')], "c")
    assert (article.body, article.source) == ('"Ein Haus", sagt er.', '"A house," he says.')
    assert evidence(article) == [("rater1: Style/Awkward", "Haus")]


def test_a_tag_in_the_source_is_a_finding_of_the_source():
    article = read_unit([row("rater1", "Ein.", "Accuracy/Omission", "Major", source="A <v>house</v>.")], "c")
    assert [(f.part, f.kind, f.severity) for f in article.findings] == [("source", "omission", Severity.MAJOR)]
    assert evidence(article) == [("rater1: Accuracy/Omission", "house")]


def test_a_neutral_remark_is_no_finding_and_weighs_nothing():
    article = read_unit([row("rater1", "Ein <v>Haus</v>.", severity="Neutral")], "c")
    assert (article.findings, article.label) == ((), 0.0)


@pytest.mark.parametrize(
    ("system", "name", "human"),
    [
        ("Human-A.0", "Human-A", True),
        ("ref.C", "ref.C", True),
        ("Online-A.1574", "Online-A", False),
        ("hyp.Nemo", "Nemo", False),
    ],
)
def test_system_names_lose_the_marks_of_the_campaign(system, name, human):
    article = read_unit([row("rater1", "Haus", "no-error", "no-error", system=system)], "c")
    assert (article.system, article.extra["is_human"]) == (name, human)
    assert (article.id, article.item, article.group) == (f"c/{name}/doc.1/3", "c/doc.1/3", "c/doc.1")


def test_doubled_marks_of_a_source_are_halved():
    assert halve_marks('He: ""yes""') == 'He: "yes"'
    assert halve_marks('"Yes, "he"') == '"Yes, "he"'


def test_newstest2020_counts():
    articles = real("newstest2020-mqm")["all"]
    assert len(articles) == 14180
    assert len({a.item for a in articles}) == 1418
    assert len({a.group for a in articles}) == 130
    assert sum(len(a.extra["raters"]) for a in articles) == 42540
    assert {a.system for a in articles if a.extra["is_human"]} == {"Human-A", "Human-B", "Human-P"}
    assert len({a.system for a in articles}) == 10
    # 63,240 errors are marked (55,632 minor and 7,608 major); the others stand in edited texts.
    assert sum(len(a.findings) for a in articles) == 56216
    assert not any("<v>" in a.body or "</v>" in a.body for a in articles)


def test_newstest2020_scores_are_those_of_the_original_repository():
    articles = real("newstest2020-mqm")["all"]
    stored = next(MIRROR.glob("google/wmt-mqm-human-evaluation/*/newstest2020/ende/*.avg_seg_scores.tsv"), None)
    if stored is None:
        pytest.skip("the averaged scores of the original repository are not in the mirror")
    scores = Counter()
    for line in stored.read_text().splitlines()[1:]:
        system, score, segment = line.split()
        scores[system.rsplit(".", 1)[0], int(segment)] = -float(score)
    position = Counter()
    differ = 0
    for article in articles:
        position[article.system] += 1
        differ += abs(scores[article.system, position[article.system]] - article.label) > 1e-3
    assert differ == 18  # the segments with punctuation marked major


def test_newstest2021_counts():
    articles = real("newstest2021-mqm")["all"]
    assert len(articles) == 9909
    human = [a for a in articles if a.extra["is_human"]]
    assert {a.system for a in human} == {"ref.A", "ref.B", "ref.C", "ref.D"}
    machine = [a for a in articles if not a.extra["is_human"]]
    assert [len({getattr(a, key) for a in machine}) for key in ("system", "group", "item")] == [13, 32, 527]
    assert (len({a.group for a in articles}), len({a.item for a in articles})) == (68, 1002)
    assert {len(a.extra["raters"]) for a in articles} == {1}
    assert sum(f.part == "source" for a in articles for f in a.findings) == 67
    assert sum(len(a.findings) for a in articles) == 3910 + 2110


def test_ted2021_counts():
    articles = real("ted2021-mqm")["all"]
    assert (len(articles), len({a.group for a in articles}), len({a.item for a in articles})) == (7406, 5, 529)
    assert len({a.system for a in articles}) == 14
    assert sum(f.part == "source" for a in articles for f in a.findings) == 14


def test_wmt23_counts():
    articles = real("wmt23-mqm")["all"]
    assert len(articles) == 5980
    assert len({a.group for a in articles}) == 190
    domains = Counter(a.extra["domain"] for a in articles if a.system == "refA")
    assert domains == {"social": 206, "news": 104, "user_review": 92, "speech": 58}
    machine = [a for a in articles if not a.extra["is_human"]]
    news = [a for a in machine if a.extra["domain"] == "news"]
    assert (len({a.system for a in machine}), len(news), len({a.group for a in news})) == (12, 1248, 30)
    findings = [f for a in articles for f in a.findings]
    assert (len(findings), sum(f.end == 0 for f in findings)) == (19569, 17)  # 15 empty ones of machines
    assert sum(f.part == "source" for a in articles for f in a.findings) == 1334
    # The card counts 542 and 2,353 with punctuation as major.
    assert sum(a.extra["has_major"] for a in news) == 541
    assert sum(a.extra["has_major"] for a in machine) == 2346


def test_wmt23_outside_scores_cover_every_machine_segment_and_agree_with_the_raters():
    with mirror_as_cache("wmt23-mqm"):
        scores = outside_scores(Files(get_corpus("wmt23-mqm")))
    assert set(scores) == set(METRICS)
    machine = [a for a in real("wmt23-mqm")["all"] if not a.extra["is_human"]]
    for by_id in scores.values():
        assert {a.id for a in machine} <= set(by_id)
        worst = [by_id[a.id] for a in machine if a.label >= 10]
        best = [by_id[a.id] for a in machine if a.label == 0]
        assert sum(worst) / len(worst) > sum(best) / len(best)  # higher is worse
