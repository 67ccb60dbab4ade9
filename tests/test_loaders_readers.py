"""The readers that loaders share: archives, tables, MQM ratings, keys."""

import io
import tarfile
import zipfile

import pytest

from data.loaders.archives import ArchiveError, read_member
from data.loaders.keys import article_key, text_key
from data.loaders.mqm import Error, clip, kind_of, modal, untag
from data.loaders.tables import rows, unquote, unquote_spans
from data.schema import Severity


@pytest.fixture
def tar(tmp_path):
    path = tmp_path / "x.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, content in (("in/a.tsv", b"abc"), ("../out", b"escaped"), ("big", b"0" * 1000)):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
        folder = tarfile.TarInfo("in")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    return path


@pytest.fixture
def zip_(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in/a.tsv", "abc")
        archive.writestr("big", b"0" * 1000)
    return path


def test_a_member_is_read_by_its_exact_name(tar, zip_):
    assert read_member(tar, "in/a.tsv") == read_member(zip_, "in/a.tsv") == b"abc"


@pytest.mark.parametrize(
    ("name", "message"), [("a.tsv", "has no member 'a.tsv'"), ("in", "is no plain file"), ("link", "'link'")]
)
def test_what_is_no_plain_member_is_refused(tar, name, message):
    with pytest.raises(ArchiveError, match=message):
        read_member(tar, name)


def test_reading_a_member_that_points_outside_writes_nothing(tar, tmp_path):
    assert read_member(tar, "../out") == b"escaped"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["x.tar.gz"]
    assert not (tmp_path.parent / "out").exists()


def test_unpacked_bytes_are_capped(tar, zip_):
    for path in (tar, zip_):
        with pytest.raises(ArchiveError, match="big unpacks to more than 999 bytes"):
            read_member(path, "big", cap=999)
        assert len(read_member(path, "big", cap=1000)) == 1000


def test_a_broken_archive_says_what_to_do(tmp_path):
    (tmp_path / "x.tar.gz").write_bytes(b"no archive")
    with pytest.raises(ArchiveError, match="Delete it and download it again"):
        read_member(tmp_path / "x.tar.gz", "a")


def test_rows_are_physical_lines_whatever_their_quotation_marks():
    text = 'a\tb\n"offen\tx\n"zu"\ty\t\nc\td\tein Kommentar\n'
    assert [tuple(row.values()) for row in rows(text, ["a", "b"], "t")] == [('"offen', "x"), ('"zu"', "y"), ("c", "d")]


def test_a_short_row_and_another_header_are_named():
    with pytest.raises(ValueError, match=r"t:3: expected 2 cells, got 1"):
        list(rows("a\tb\n1\t2\n3\n", ["a", "b"], "t"))
    with pytest.raises(ValueError, match=r"t: expected the columns \['a', 'b'\], got 'a\\tc'"):
        list(rows("a\tc\n", ["a", "b"], "t"))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ('"Er sagt ""ja"""', 'Er sagt "ja"'),
        ('"""Nein"" so"', '"Nein" so'),
        ('"Nein."', '"Nein."'),  # in quotation marks, not quoted: it holds none to protect
        ('"Ja", sagt er, "nein"', '"Ja", sagt er, "nein"'),  # single ones inside
        ('"Ja', '"Ja'),
        ('"', '"'),
        ("", ""),
    ],
)
def test_a_field_is_unquoted_only_if_it_was_quoted(field, text):
    assert unquote(field) == text


def test_spans_move_with_the_unquoted_text():
    text, [(start, end)] = unquote_spans('"Er: ""ja"" so"', [(12, 14)])
    assert (text, text[start:end]) == ('Er: "ja" so', "so")
    assert unquote_spans("ja so", [(3, 5)]) == ("ja so", [(3, 5)])


@pytest.mark.parametrize(
    ("tagged", "plain", "evidence"),
    [
        ("Ein <v>Haus</v> da", "Ein Haus da", ["Haus"]),
        ("kein Fehler", "kein Fehler", []),
        ("Ein <v>Haus da", "Ein Haus da", ["Haus da"]),  # never closed: to the end
        ("Ein Haus</v> da", "Ein Haus da", []),  # never opened
        ("<v>Ein</v> <v>Haus</v>", "Ein Haus", ["Ein", "Haus"]),
        ("Ein<v></v> Haus", "Ein Haus", [""]),
    ],
)
def test_untag(tagged, plain, evidence):
    text, spans = untag(tagged)
    assert (text, [text[start:end] for start, end in spans]) == (plain, evidence)


def test_the_text_of_most_raters_wins_over_the_text_of_most_rows():
    edited = [("rater1", "Das Haus Haus")] * 5
    assert modal([*edited, ("rater2", "Das Haus"), ("rater3", "Das Haus")]) == "Das Haus"
    assert modal([("rater1", "a"), ("rater2", "b"), ("rater2", "b")]) == "b"


@pytest.mark.parametrize(
    ("category", "severity", "kind", "penalty", "major"),
    [
        ("Accuracy/Mistranslation", "Major", "mistranslation", 5, True),
        ("Accuracy/Omission (Translation 2)", "Minor", "omission", 1, False),
        ("Fluency/Punctuation", "Major", "punctuation", 0.1, False),
        ("fluency/punctuation", "minor", "punctuation", 0.1, False),
        ("Non-translation!", "Major", "non-translation", 25, True),
        ("Style/Awkward", "Neutral", "style", 0, False),
        ("Locale_convention/Currency", "Minor", "locale", 1, False),
        ("Locale convention/Date format", "Minor", "locale", 1, False),
        ("Source issue", "Major", "source-issue", 0, True),
        ("Accuracy/Creative Reinterpretation", "Minor", "other", 0, False),
    ],
)
def test_categories_weights_and_majors(category, severity, kind, penalty, major):
    error = Error("rater1", category, severity)
    assert (kind_of(category), error.penalty, error.is_major) == (kind, penalty, major)


def test_non_translation_is_critical():
    assert Error("", "Non-translation!", "Major").finding("").severity is Severity.CRITICAL


@pytest.mark.parametrize(
    ("span", "clipped"), [((2, 4), (2, 4)), ((2, 9), (2, 5)), ((-1, -1), (0, 0)), ((3, 3), (0, 0)), ((2000, 6), (0, 0))]
)
def test_a_place_outside_the_text_is_clipped_and_an_empty_one_is_none(span, clipped):
    assert clip(*span, length=5) == clipped


def test_an_unknown_category_is_an_error():
    with pytest.raises(ValueError, match="MQM category 'Verity/Wrong' has no kind"):
        kind_of("Verity/Wrong")


def test_article_keys_ignore_case_spacing_punctuation_and_the_tail():
    text = "Mr. Boyd said: " + "he won it. " * 40
    assert article_key(text) == article_key(text.lower().replace(".", " . ") + "And more.")
    assert article_key(text) != article_key("Mr. Floyd said: " + "he won it. " * 40)
    assert text_key(" Ein  Haus") == text_key("ein haus") != text_key("ein Haus.")
