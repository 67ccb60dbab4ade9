"""Outside systems: tags become spans, spans are entered as they were given."""

import json

import pytest

from data.schema import Article
from experiments.errors import UsageError
from experiments.leaderboard import read_spans
from experiments.peers import tagged_spans

ROW = Article("a", "de", body="Ein Haus brennt.", extra={"token_offsets": [0, 3, 4, 8, 9, 15, 15, 16, 16, 16]})


@pytest.mark.parametrize(
    ("tags", "evidence"),
    [
        ("OK OK OK OK OK", []),
        ("BAD BAD OK OK OK", ["Ein Haus"]),
        ("BAD OK BAD OK OK", ["Ein", "brennt"]),
        ("OK OK OK OK BAD", []),  # <EOS> has no place
    ],
)
def test_tags_become_stretches(tags, evidence):
    found = tagged_spans(ROW, tags.split())
    assert [ROW.body[f.start : f.end] for f in found] == evidence


def test_too_few_tags_are_an_error():
    with pytest.raises(ValueError, match="a: expected 5 tags, got 1"):
        tagged_spans(ROW, ["OK"])


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (['{"id": "a"}'], r"spans\.jsonl:1: expected a JSON object with id and findings"),
        (["[]"], r"spans\.jsonl:1: expected a JSON object"),
        (['{"id": "a", "findings": []}'] * 2, r"spans\.jsonl:2: id 'a' occurs twice"),
    ],
)
def test_a_wrong_line_is_named(lines, message, tmp_path):
    path = tmp_path / "spans.jsonl"
    path.write_text("\n".join(lines))
    with pytest.raises(UsageError, match=message):
        read_spans(path)


def test_spans_are_read_by_id(tmp_path):
    path = tmp_path / "spans.jsonl"
    path.write_text(json.dumps({"id": "a", "findings": [{"start": 0, "end": 3}], "more": 1}) + "\n")
    assert read_spans(path) == {"a": [{"start": 0, "end": 3}]}
