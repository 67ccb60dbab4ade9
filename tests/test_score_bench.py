"""The benchmark's own arithmetic; the figures themselves are no test."""

from experiments.bench import WORDS, Measured, articles
from experiments.report.bench import table


def test_articles_are_a_stream_of_different_texts_of_the_right_length():
    found = list(articles(20))
    assert len({a.body for a in found}) == 20
    assert all(WORDS <= len(a.body.split()) < 2 * WORDS + 200 for a in found)
    assert [a.body for a in articles(3)] == [a.body for a in found[:3]]


def test_the_table_compares_with_tokenising(tmp_path):
    found = [Measured("tokenise", 100, 0.1), Measured("rules", 100, 1.0)]
    text = table(found, [(100, 1.0, 90), (1000, 10.0, 91)], {1: 50.0, 2: 95.0}, tmp_path / "bench.png")
    assert "| rules | 100 | 100 | 10.00 | 10.0 |" in text
    assert "| 1000 | 10.0 | 10.00 | 91 |" in text
    assert (tmp_path / "bench.png").read_bytes()[:4] == b"\x89PNG"
