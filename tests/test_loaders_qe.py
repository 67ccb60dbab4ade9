"""QE-2022, QE-2023 and side-by-side MQM: made-up rows, then the counts of the cards in the real files."""

import io
import tarfile
from collections import Counter

import pytest
from real_corpora import mirror_as_cache, real

from data.cache import Files
from data.corpora import get_corpus
from data.loaders.qe2022 import align, outside_tags, span_findings
from data.loaders.wmt23_sxs import ATTENTION, COLUMNS, read_unit


@pytest.mark.parametrize(
    ("starts", "ends", "errors", "evidence"),
    [
        ("-1", "-1", "no-error", []),
        ("0 4", "3 8", "major minor", [("major", "Ein"), ("minor", "Haus")]),
        ("4", "99", "major", [("major", "Haus")]),  # clipped
        ("2000", "6", "major", [("major", "")]),  # nothing is left: a fault without a place
    ],
)
def test_span_lists(starts, ends, errors, evidence):
    text = "Ein Haus"
    found = [(f.severity, text[f.start : f.end]) for f in span_findings(starts, ends, errors, text)]
    assert found == evidence


def test_lists_of_unequal_length_are_an_error():
    with pytest.raises(ValueError, match="shorter"):
        list(span_findings("1 2", "3", "major minor", "Ein Haus"))


def test_tokens_are_aligned_with_the_text_and_eos_with_its_end():
    assert align(["Ein", "Haus", ".", "<EOS>"], "Ein  Haus.") == [0, 3, 5, 9, 9, 10, 10, 10]
    with pytest.raises(ValueError, match="Token 'Maus' does not follow at 4 in 'Ein Haus'"):
        align(["Ein", "Maus"], "Ein Haus")


def on_word_border(text, offset):
    return offset in (0, len(text)) or not (text[offset - 1].isalnum() and text[offset].isalnum())


def test_qe2022_counts():
    splits = real("qe2022")
    for split, rows, docs, severities, clean, tokens, bad in (
        ("dev", 1005, 63, {"major": 600, "minor": 81}, 617, 25525, 985),
        ("test", 511, 31, {"major": 350, "minor": 15}, 306, 13857, 535),
    ):
        articles = splits[split]
        assert (len(articles), len({a.group for a in articles})) == (rows, docs)
        assert Counter(f.severity for a in articles for f in a.findings) == severities
        assert sum(not a.findings for a in articles) == clean
        assert all(len(a.extra["tokens"]) == len(a.extra["tags"]) for a in articles)
        assert all(len(a.extra["token_offsets"]) == 2 * len(a.extra["tags"]) for a in articles)
        assert sum(len(a.extra["tags"]) for a in articles) == tokens
        assert sum(a.extra["tags"].count("BAD") for a in articles) == bad
        assert all(a.extra["tokens"][-1] == "<EOS>" for a in articles)
        placed = [(a.body, f) for a in articles for f in a.findings if f.end]
        ends = sum(on_word_border(body, f.start) and on_word_border(body, f.end) for body, f in placed)
        assert ends / len(placed) > 0.95


def test_qe2022_texts_keep_the_quotation_marks_that_the_later_table_lost():
    splits = real("qe2022")
    assert any(a.body.startswith('"Das Meer ist unser": Landbegrenzte') for a in splits["dev"])
    assert any(a.source.startswith('"The Gilded Age,"') for a in splits["test"])


def test_the_qe2022_test_part_is_wmt22_and_its_dev_part_is_not():
    english = [a.source for a in real("wmt22-documents")["all"] if a.extra["pair"] == "en-de"]
    lines = {line for source in english for line in source.split("\n")}
    assert sum(a.source in lines for a in real("qe2022")["test"]) == 510
    assert sum(a.source in lines for a in real("qe2022")["dev"]) == 0


def test_qe2022_outside_tags_cover_all_tokens():
    with mirror_as_cache("qe2022"):
        systems = outside_tags(Files(get_corpus("qe2022")))
    assert set(systems) == {"OpenKiwi BASELINE", "njuqe_ende_8"}
    for by_id in systems.values():
        assert {i: len(tags) for i, tags in by_id.items()} == {
            a.id: len(a.extra["tags"]) for a in real("qe2022")["test"]
        }


def test_qe2023_counts():
    articles = real("qe2023")["test"]
    assert len(articles) == 1897 - 10
    # 1,136 clean sentences less 9 of the 10 inserted hallucinations.
    assert Counter(f.severity for a in articles for f in a.findings) == {"major": 677, "minor": 640}
    assert sum(not a.findings for a in articles) == 1136 - 10


def row(rater, category, severity="Major", target="Ein <v>Haus</v>.", system="ONLINE-A"):
    values = (system, "news_cbs.1:en-de", "2", "7", rater, "A house.", target, category, severity)
    return dict(zip(COLUMNS, values, strict=True))


@pytest.mark.parametrize(
    ("categories", "narrow", "wide"),
    [
        (["Accuracy/Omission (Translation 2)", "Accuracy/Mistranslation", "No-error"], True, True),
        (["Accuracy/Gender Mismatch", "Accuracy/Mistranslation", "No-error"], False, True),
        (["Accuracy/Creative Reinterpretation", "Accuracy/Mistranslation", "No-error"], False, False),
        (["Accuracy/Mistranslation", "No-error", "No-error"], False, False),
    ],
)
def test_two_of_three_raters_decide_and_suffixes_do_not_count(categories, narrow, wide):
    unit = [row(f"rater{n}", c, "No-error" if c == "No-error" else "Major") for n, c in enumerate(categories)]
    extra = read_unit(unit, "c").extra
    assert (extra["accuracy_major"], extra["wide_accuracy_major"]) == (narrow, wide)
    assert extra["doc"] == "cbs.1"


def test_attention_tests_are_left_out(tmp_path, monkeypatch):
    table = [row("rater1", "Found", ATTENTION), row("rater1", "Accuracy/Omission", "Minor", system="refA")]
    lines = ["\t".join(COLUMNS), *("\t".join(cells.values()) for cells in table)]
    content = ("\n".join(lines) + "\n").encode()
    with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("sxs_mqm_generalMT2023_ende.3ratingsPerSegment.tsv")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    monkeypatch.setattr(Files, "path", lambda self, path: tmp_path / "x.tar.gz")
    [article] = get_corpus("wmt23-sxs-mqm").splits()["all"]()
    assert (article.system, article.label, article.extra["is_human"]) == ("refA", 1.0, True)


def test_wmt23_sxs_counts():
    articles = real("wmt23-sxs-mqm")["all"]
    assert (len(articles), len({a.group for a in articles}), len({a.item for a in articles})) == (1040, 30, 104)
    assert {len(a.extra["raters"]) for a in articles} == {3}
    assert len({rater for a in articles for rater in a.extra["raters"]}) == 10
    assert sum(a.extra["accuracy_major"] for a in articles) == 226
    assert sum(a.extra["wide_accuracy_major"] for a in articles) == 286
    share = Counter(a.system for a in articles if a.extra["wide_accuracy_major"])
    assert [round(share[s] / 104, 2) for s in ("refA", "ONLINE-W", "NLLB_MBR_BLEU")] == [0.12, 0.12, 0.56]
    assert not any("HOTW" in f.note or "Found" in f.note for a in articles for f in a.findings)
    news = {a.extra["doc"] for a in real("wmt23-mqm")["all"] if a.extra["domain"] == "news"}
    assert {a.extra["doc"] for a in articles} == news
