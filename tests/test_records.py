"""Records in and out: what is written comes back, what breaks the format is named by file, line and field."""

import gzip
import io
import json
import re
import sys

import pytest
from conftest import write_records
from hypothesis import given
from hypothesis import strategies as st

from data.records import RecordError, article_from_record, format_of, neutral_cell, read_articles, write_articles
from data.schema import PARTS, ROLES, Article, Axis, Finding, Related, Severity

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@st.composite
def places(draw, texts):
    part = draw(st.sampled_from(PARTS))
    start = draw(st.integers(0, len(texts[part])))
    return part, start, draw(st.integers(start, len(texts[part])))


@st.composite
def findings(draw, texts):
    related = draw(st.lists(st.builds(lambda r, p: Related(r, *p), st.sampled_from(ROLES), places(texts)), max_size=2))
    axis, severity = draw(st.sampled_from(list(Axis))), draw(st.sampled_from(list(Severity)))
    return Finding(axis, draw(NAMES), *draw(places(texts)), severity, draw(TEXTS), tuple(related), draw(TEXTS))


@st.composite
def articles(draw, texts=TEXTS, extra=True):
    unknown = st.none() | texts
    fields = {name: draw(unknown) for name in ("headline", "source", "byline", "outlet", "url", "group", "system")}
    body = draw(texts)
    known = {part: (body if part == "body" else fields.get(part)) or "" for part in PARTS}
    label = draw(st.none() | st.floats(allow_nan=False, allow_infinity=False))
    more = {"x_rater": draw(TEXTS), "x_count": draw(st.integers(-9, 9))} if extra else {}
    marks = tuple(draw(st.lists(findings(known), max_size=2)))
    return Article(draw(NAMES), "de", body=body, **fields, label=label, findings=marks, extra=more)


@given(st.lists(articles(), max_size=4, unique_by=lambda a: a.id))
def test_jsonl_gives_back_what_was_written(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("jsonl") / "a.jsonl"
    assert write_articles(rows, path) == len(rows)
    assert list(read_articles(path)) == rows


@given(st.lists(articles(), min_size=1, max_size=4, unique_by=lambda a: a.id))
def test_parquet_gives_back_what_was_written(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("parquet") / "a.parquet"
    write_articles(rows, path)
    assert list(read_articles(path)) == rows


# CSV has no null: an empty cell is "not known", and numbers of extra fields come back as texts.
CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=40)


@given(st.lists(articles(CELLS, extra=False), min_size=1, max_size=4, unique_by=lambda a: a.id))
def test_csv_gives_back_what_was_written(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    write_articles(rows, path)
    assert list(read_articles(path)) == rows


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_gz_is_looked_through_and_a_byte_order_mark_is_no_text(tmp_path, suffix):
    plain = tmp_path / f"a.{suffix}"
    write_articles([Article("ä1", "de", body="Die Stadt.")], plain)
    packed = tmp_path / f"b.{suffix}.gz"
    packed.write_bytes(gzip.compress(b"\xef\xbb\xbf" + plain.read_bytes()))
    assert [a.id for a in read_articles(packed)] == ["ä1"]


def test_standard_input_is_read_with_the_format_given(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id":"a","language":"de","body":"T"}\n')))
    assert [a.id for a in read_articles("-", "jsonl")] == ["a"]


def test_unknown_extra_fields_are_kept():
    article = article_from_record({"id": "a", "language": "de", "body": "T", "desk": "sport", "n": [1]})
    assert article.extra == {"desk": "sport", "n": [1]}


def test_reading_takes_one_record_at_a_time(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "language": "de", "body": "T"}\nnot json\n', encoding="utf-8")
    rows = read_articles(path)
    assert next(rows).id == "a"
    with pytest.raises(RecordError, match=r"a\.jsonl:2: field '\(record\)': not JSON"):
        next(rows)


GOOD = {"id": "a", "language": "de", "body": "Die Stadt.", "headline": None}
SPAN = {"axis": "factual", "kind": "number", "part": "body", "start": 0, "end": 3, "severity": "minor"}


def with_span(**changes):
    return {**GOOD, "findings": [{**SPAN, **changes}]}


@pytest.mark.parametrize(
    ("record", "field", "problem"),
    [
        ({**GOOD, "id": None}, "id", "required, but not given"),
        ({"id": "a", "language": "de"}, "body", r"required, but not given; the record has \['id', 'language'\]"),
        ({**GOOD, "id": ""}, "id", "expected a name, got an empty text"),
        ({**GOOD, "id": 7}, "id", "expected a text, got 7"),
        ({**GOOD, "headline": ["x"]}, "headline", r"expected a text, got \['x'\]"),
        ({**GOOD, "language": "German"}, "language", "expected an ISO 639-1 code such as 'de', got 'German'"),
        ({**GOOD, "label": float("nan")}, "label", "expected a finite number or null, got nan"),
        ({**GOOD, "label": float("inf")}, "label", "expected a finite number or null, got inf"),
        ({**GOOD, "label": "1"}, "label", "expected a finite number or null, got '1'"),
        ({**GOOD, "findings": {}}, "findings", "expected a list, got {}"),
        ({**GOOD, "findings": ["x"]}, "findings", "a finding must be an object, got 'x'"),
        (with_span(axis="style"), "findings", "axis must be one of translation, factual, attribution, got 'style'"),
        (with_span(kind=""), "findings", "kind must be a word, got ''"),
        (with_span(part="lead"), "findings", "part must be one of headline, body, byline, source, got 'lead'"),
        (with_span(end=11), "findings", r"span 0\.\.11 is not inside the body of 10 code points"),
        (with_span(start=4), "findings", r"span 4\.\.3 is not inside the body"),
        (with_span(start=-1), "findings", "start must be a whole number from 0, got -1"),
        (with_span(end=True), "findings", "end must be a whole number from 0, got True"),
        (with_span(end=1.5), "findings", "end must be a whole number from 0, got 1.5"),
        (with_span(part="headline"), "findings", r"span 0\.\.3 is not inside the headline of 0 code points"),
        (with_span(severity="bad"), "findings", "severity must be one of minor, major, critical, got 'bad'"),
        (with_span(related=[{"role": "x"}]), "findings", "related needs a role of contradicts, evidence"),
        (with_span(related=[{"role": "cue", "start": 0, "end": 99}]), "findings", r"span 0\.\.99 is not inside"),
        ([1], "(record)", "expected an object with id, language, body"),
    ],
)
def test_a_wrong_record_names_file_line_and_field(tmp_path, record, field, problem):
    path = write_records(tmp_path / "a.jsonl", [GOOD | {"id": "first"}, record])
    with pytest.raises(RecordError, match=rf"a\.jsonl:2: field '{re.escape(field)}': {problem}"):
        list(read_articles(path))


def test_a_wrong_record_of_a_csv_file_is_named_by_its_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,language,body,label\na,de,"zwei\nZeilen",1\nb,de,T,viel\n', encoding="utf-8")
    with pytest.raises(RecordError, match=r"a\.csv:4: field 'label': not JSON: 'viel'"):
        list(read_articles(path))


def test_the_same_span_in_another_part_is_right_where_that_part_is_long_enough():
    assert article_from_record(with_span(part="headline") | {"headline": "Die"}).findings[0].end == 3


@pytest.mark.parametrize("label", [True, 1, 1.0])
def test_a_label_may_be_written_as_a_number_or_truth_value(label):
    assert article_from_record({**GOOD, "label": label}).label == 1.0


def test_an_id_that_occurs_twice_is_an_error(tmp_path):
    path = write_records(tmp_path / "a.jsonl", [GOOD, GOOD])
    with pytest.raises(RecordError, match=r"a\.jsonl:2: field 'id': 'a' occurs twice"):
        list(read_articles(path))


def test_with_on_error_the_rest_of_the_file_goes_on(tmp_path):
    path = write_records(tmp_path / "a.jsonl", [GOOD, [1], {**GOOD, "id": "b", "label": float("nan")}, GOOD,
                                                {**GOOD, "id": "c"}])  # fmt: skip
    told = []
    assert [a.id for a in read_articles(path, on_error=told.append)] == ["a", "c"]
    assert [(e.line, e.field) for e in told] == [(2, "(record)"), (3, "label"), (4, "id")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"id":"a","language":"de","body":"Größe"}\n{"id":"b","language":"de","body":"T"}\n'),
        ("a.csv", "id,language,body\na,de,Größe\nb,de,T\n"),
    ],
)
def test_a_byte_that_is_not_utf8_spoils_its_own_record_only(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content.encode("latin-1"))
    told = []
    assert [a.id for a in read_articles(path, on_error=told.append)] == ["b"]
    assert [e.field for e in told] == ["body"]
    with pytest.raises(RecordError, match=r"field 'body': not UTF-8 near 'Gr.udcf6.udcdfe'"):
        list(read_articles(path))


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl.gz", "a.csv.gz"])
def test_a_file_that_is_not_of_its_kind_is_an_error_of_the_format(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(bytes(range(256)))
    with pytest.raises(RecordError, match=rf"{name}:1: field '\(record\)': not (parquet|jsonl|csv): "):
        list(read_articles(path))


def test_a_cut_gz_file_gives_its_whole_records_and_then_an_error(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    lines = [json.dumps({"id": str(i), "language": "de", "body": f"{i * i} Tote."}) for i in range(4000)]
    path.write_bytes(gzip.compress("\n".join(lines).encode())[:-2000])
    told = []
    assert len(list(read_articles(path, on_error=told.append))) > 100
    assert [e.field for e in told] == ["(record)"]


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.jsonl", "jsonl"), ("a.ndjson.gz", "jsonl"), ("a.json", "jsonl"), ("a.csv", "csv"), ("a.parquet", "parquet")],
)
def test_the_format_is_told_by_the_name(tmp_path, name, format):
    assert format_of(tmp_path / name) == format


def test_a_name_that_tells_no_format_is_an_error(tmp_path):
    with pytest.raises(ValueError, match=r"cannot tell the format from the name; expected one of \.jsonl"):
        format_of(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\tx", "'\tx"), ("1-1", "1-1"), ("", "")],
)
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(cell, written):
    assert neutral_cell(cell) == written


def test_a_write_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.jsonl"
    write_articles([Article("a", "de", body="T")], path)

    def broken():
        yield Article("b", "de", body="T")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        write_articles(broken(), path)
    assert [json.loads(line)["id"] for line in path.read_text().splitlines()] == ["a"]
    assert list(tmp_path.iterdir()) == [path]
