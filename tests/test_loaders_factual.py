"""Loaders of the factual corpora: made-up rows, then the counts of the cards in the real files."""

import itertools
from collections import Counter

import pytest
from real_corpora import real

from data.loaders.aggrefact import read_row as read_aggrefact
from data.loaders.fnc1 import components
from data.loaders.qags import read_row as read_qags
from data.loaders.qags import without_lead
from data.loaders.wice import read_row as read_wice


def aggrefact(error_type, spans="", summary="the new ipad 3.0 version"):
    row = {"origin": "xsum", "doc": "D.", "summ": summary, "cut": "val"}
    return read_aggrefact(row | {"error_type": error_type, "annotated_span": spans}, "x/1")


@pytest.mark.parametrize("clean", ["correct", ""])
def test_clean_is_a_word_or_an_empty_string(clean):
    article = aggrefact(clean)
    assert (article.label, article.findings, article.extra["error_types"]) == (0.0, (), [])


@pytest.mark.parametrize(
    ("types", "spans", "evidence"),
    [
        ("['extrinsic-NP']", "[['3.0']]", [("extrinsic", "3.0")]),
        ("['intrinsic-NP', 'extrinsic-NP']", "['ipad', '3.0']", [("unsupported", "ipad"), ("unsupported", "3.0")]),
        ("['intrinsic-predicate']", "['gone', ' ']", []),
        ("['entire_sent']", "[['[really bad overall]']]", [("unsupported", "the new ipad 3.0 version")]),
    ],
)
def test_annotated_spans_become_findings_where_they_stand(types, spans, evidence):
    article = aggrefact(types, spans)
    assert article.label == 1.0
    assert [(f.kind, article.body[f.start : f.end]) for f in article.findings] == evidence


def answers(sentence, *votes):
    return {"sentence": sentence, "responses": [{"worker_id": n, "response": vote} for n, vote in enumerate(votes)]}


def test_most_workers_decide_about_a_sentence_and_one_bad_one_about_the_summary():
    parts = [answers("It rained.", "yes", "no", "yes"), answers("It snowed.", "no", "no", "yes")]
    article = read_qags({"article": "A.", "summary_sentences": parts}, "cnndm", 1)
    assert (article.body, article.label) == ("It rained. It snowed.", 1.0)
    assert [article.body[f.start : f.end] for f in article.findings] == ["It snowed."]
    assert article.extra["bad_votes"] == [1, 2]


def test_the_lead_of_an_xsum_article_does_not_count_for_its_key():
    plain = "Police said three men took a sum. Nobody was hurt."
    with_lead = "A g4s van has been robbed in glasgow. " + plain
    assert without_lead(with_lead) == plain
    parts = {"summary_sentences": [answers("x", "yes", "yes", "yes")]}
    assert read_qags({"article": with_lead, **parts}, "xsum", 1).group == (
        read_qags({"article": plain, **parts}, "cnndm", 1).group
    )
    assert without_lead("only one sentence") == "only one sentence"


def test_runs_of_unsupported_tokens_become_findings():
    row = {
        "label": "partially_supported",
        "supporting_sentences": [[0]],
        "claim": "He is the only one.",
        "evidence": ["(meta data) TITLE: X", "He is one."],
        "meta": {"id": "dev1-0", "claim_context": ""},
        "claim_tokens": ["He", "is", "the", "only", "one", "."],
        "non_supported_spans": [False, False, True, True, False, True],
    }
    article = read_wice(row)
    assert [article.body[f.start : f.end] for f in article.findings] == ["the only", "."]
    assert article.source == "(meta data) TITLE: X\nHe is one."


def test_components_join_what_shares_a_headline_or_a_body():
    pairs = [("h1", "b1"), ("h2", "b1"), ("h2", "b2"), ("h3", "b3")]
    names = components(pairs)
    assert names[0] == names[1] == names[2] != names[3]


def test_aggrefact_counts():
    cliff, goyal = real("cliff"), real("goyal21")
    faulty = {
        (split, origin): sum(a.label for a in cliff[split] if a.extra["origin"] == origin)
        for split in cliff
        for origin in ("xsum", "cnndm")
    }
    expected = {("val", "xsum"): 92, ("test", "xsum"): 82, ("val", "cnndm"): 29, ("test", "cnndm"): 23}
    assert faulty == expected
    assert {split: len(articles) for split, articles in cliff.items()} == {"val": 300, "test": 300}
    assert not {a.group for a in cliff["val"]} & {a.group for a in cliff["test"]}
    every = goyal["val"] + goyal["test"]
    assert {split: len(articles) for split, articles in goyal.items()} == {"val": 75, "test": 75}
    assert Counter(a.extra["origin"] for a in every) == {"xsum": 100, "cnndm": 50}
    assert Counter(a.extra["origin"] for a in every if a.label) == {"xsum": 64, "cnndm": 48}


def test_qags_counts():
    splits = real("qags")
    assert {part: len(articles) for part, articles in splits.items()} == {"cnndm": 235, "xsum": 239}
    assert {part: sum(a.label for a in articles) for part, articles in splits.items()} == {"cnndm": 122, "xsum": 123}
    cnndm = splits["cnndm"]
    assert sum(len(a.extra["bad_votes"]) for a in cnndm) == 714
    assert sum(len(a.findings) for a in cnndm) == 183
    for part, share in (("cnndm", 0.71), ("xsum", 0.51)):
        unanimous = [u for a in splits[part] for u in a.extra["unanimous"]]
        assert round(sum(unanimous) / len(unanimous), 2) == share


def test_articles_shared_between_grounded_corpora_have_one_key():
    # The card has 18, 14, 2 and 1 (CLIFF and Goyal21); comparing windows of 50 letters finds
    # these, and 25 articles of QAGS-xsum behind the lead sentence that only QAGS keeps.
    keys = {("defacto", ""): {a.group for articles in real("defacto").values() for a in articles}}
    for name in ("cliff", "goyal21", "qags"):
        for articles in real(name).values():
            for article in articles:
                keys.setdefault((name, article.extra["origin"]), set()).add(article.group)
    shared = {(a, b): len(keys[a] & keys[b]) for a, b in itertools.combinations(sorted(keys), 2) if keys[a] & keys[b]}
    assert shared == {
        (("cliff", "xsum"), ("defacto", "")): 17,
        (("defacto", ""), ("goyal21", "xsum")): 15,
        (("defacto", ""), ("qags", "xsum")): 23,
        (("cliff", "xsum"), ("qags", "xsum")): 2,
        (("cliff", "cnndm"), ("qags", "cnndm")): 2,
        (("goyal21", "cnndm"), ("qags", "cnndm")): 2,
    }


def test_falke19_counts():
    articles = real("falke19")["all"]
    assert Counter(a.label for a in articles) == {0.0: 370, 1.0: 370}  # 373 less 3 of two equal sentences
    assert {len(list(pair)) for _, pair in itertools.groupby(articles, key=lambda a: a.item)} == {2}


def test_wice_counts():
    splits = real("wice")
    for split, counts in (("dev", (115, 191, 43)), ("test", (111, 215, 32))):
        support = Counter(a.extra["support"] for a in splits[split])
        assert tuple(support[key] for key in ("supported", "partially_supported", "not_supported")) == counts
    assert sum(a.label for a in splits["test"]) == 247
    assert (len(splits["dev_tokens"]), len(splits["test_tokens"])) == (124, 105)
    assert not {a.group for a in splits["dev"]} & {a.group for a in splits["test"]}
    assert {a.group for a in splits["test_tokens"]} <= {a.group for a in splits["test"]}
    assert sum(a.source.startswith("(meta data) TITLE: ") for a in splits["dev"]) > 300


def test_rte3_counts():
    splits = real("rte3-de")
    numbers = {split: {int(a.id.rsplit("/", 1)[-1]) for a in articles} for split, articles in splits.items()}
    assert set(range(1, 801)) - numbers["test"] == {11, 663}
    dropped = set(range(1, 801)) - numbers["dev"]
    assert {388, 604, 663} <= dropped
    assert len(dropped) == 5  # and one pair of each text that dev shares with test
    assert not {a.group for a in splits["dev"]} & {a.group for a in splits["test"]}
    for split, contradictions in (("dev", 91), ("test", 73)):
        assert abs(sum(a.extra["three_way"] == "contradiction" for a in splits[split]) - contradictions) <= 3
    assert all((a.label == 0.0) == (a.extra["three_way"] == "entailment") for a in splits["dev"] + splits["test"])


def test_chatprotect_counts():
    articles = real("chatprotect")["all"]
    assert Counter(a.label for a in articles) == {1.0: 1608, 0.0: 423}
    assert len({a.group for a in articles}) == 960
    assert all(a.body.count("\n") == 1 for a in articles)


def test_fnc1_counts():
    articles = real("fnc1")["all"]
    assert Counter(a.extra["stance"] for a in articles) == {"discuss": 4464, "agree": 1903, "disagree": 697}
    sizes = Counter(a.group for a in articles)
    assert (len(sizes), [n for _, n in sizes.most_common(3)]) == (110, [826, 668, 561])
