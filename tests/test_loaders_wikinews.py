"""German Wikinews: a made-up document, then the counts of the card in the real files."""

import json
from collections import Counter

from real_corpora import real

from data.loaders.wikinews import read_document

TEXT = "„Ja“, sagte er, „nein“. Sie schwieg."


def role(*spans):
    return {"spans": [{"charBegin": a, "charEnd": b} for a, b in spans], "text": "", "tokenIds": []}


def document(name="7 - Ja und nein: Was gilt? (2008-02-30)", **roles):
    quotation = {"type": "IndirectFreeIndirect", "medium": "SW", "quote": role((0, 4), (16, 22))}
    for key in ("speaker", "cue", "frame", "addressee"):
        quotation[key] = role(*roles.get(key, ()))
    sentences = [{"charBegin": 0, "charEnd": 23}, {"charBegin": 24, "charEnd": 36}]
    return {
        "documentName": name,
        "originalText": TEXT,
        "sentences": sentences,
        "tokens": sentences[:1],
        "annotations": [quotation],
    }


def test_pieces_and_roles_become_related_places():
    article = read_document(document(speaker=[(12, 14)], cue=[(6, 11), (24, 27)]))
    [finding] = article.findings
    assert (finding.kind, finding.note, TEXT[finding.start : finding.end]) == ("indirect-free-indirect", "SW", "„Ja“")
    assert [(r.role, TEXT[r.start : r.end]) for r in finding.related] == [
        ("continuation", "„nein“"),
        ("speaker", "er"),
        ("cue", "sagte"),
        ("cue", "Sie"),
    ]


def test_title_and_date_come_from_the_name_if_they_can_be_read():
    article = read_document(document())
    assert (article.id, article.headline) == ("wikinews-quotations-de/7", "Ja und nein: Was gilt?")
    assert article.published is None  # there is no 30 February
    assert read_document(document(name="8 - Gut (2008-02-29)")).published == "2008-02-29"
    assert read_document(document(name="Ohne Nummer")).id == "wikinews-quotations-de/Ohne Nummer"


def test_offsets_are_flat_and_the_official_structure_is_kept():
    made = document()
    extra = read_document(made).extra
    assert extra["sentence_offsets"] == [0, 23, 24, 36]
    assert json.loads(extra["quotations_json"]) == made["annotations"]


def test_wikinews_counts():
    splits = real("wikinews-quotations-de")
    counts = {
        "train": (700, 142, 9260, [604, 1541, 316, 119, 297], 2694),
        "dev": (150, 32, 1960, [136, 335, 64, 27, 91], 610),
    }
    forms = ("direct", "indirect", "indirect-free-indirect", "free-indirect", "reported")
    for split, (documents, bare, sentences, by_form, with_speaker) in counts.items():
        articles = splits[split]
        assert (len(articles), sum(not a.findings for a in articles)) == (documents, bare)
        assert sum(len(a.extra["sentence_offsets"]) // 2 for a in articles) == sentences
        kinds = Counter(f.kind for a in articles for f in a.findings)
        assert [kinds[form] for form in forms] == by_form
        assert sum(any(r.role == "speaker" for r in f.related) for a in articles for f in a.findings) == with_speaker
        assert all(a.published for a in articles)
