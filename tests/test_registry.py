"""The register of checks: names, kinds, order of findings, what a check is not asked for."""

import pytest
from conftest import de, en

from data.schema import Article, Axis, Finding, Related, Severity
from features import registry
from features.checks import CHECKS, findings_of
from features.rates import CheckRates
from features.registry import Check, Hit, check, get_check, run_checks, unknown
from features.text import analyse


@pytest.fixture
def register(monkeypatch):
    """An empty register, so that a test can enter checks."""
    monkeypatch.setattr(registry, "CHECKS", {})
    return registry.CHECKS


def test_a_function_is_entered_under_its_own_name(register):
    @check(Axis.FACTUAL, "number", severity=Severity.MAJOR)
    def first_word(analysis):
        yield Hit("body", 0, 3, "a note")

    found = list(register["first_word"](de("Der Hafen")))
    assert found == [Finding(Axis.FACTUAL, "number", "body", 0, 3, Severity.MAJOR, "a note", (), "first_word")]
    assert first_word.__name__ == "first_word"  # the function stays callable on its own


def test_a_hit_may_overrule_severity_and_name_related_places(register):
    @check(Axis.FACTUAL, "number")
    def two_places(analysis):
        yield Hit("body", 0, 3, "n", Severity.CRITICAL, (Related("contradicts", "body", 4, 9),))

    (found,) = register["two_places"](de("Der Hafen"))
    assert (found.severity, found.related) == (Severity.CRITICAL, (Related("contradicts", "body", 4, 9),))


def test_a_name_is_entered_once(register):
    def twice(analysis):
        yield from ()

    check(Axis.FACTUAL, "number")(twice)
    with pytest.raises(ValueError, match="Check 'twice' is entered twice; a check needs a name of its own"):
        check(Axis.FACTUAL, "number")(twice)


def test_a_kind_belongs_to_its_axis(register):
    with pytest.raises(ValueError, match=r"no kind 'calque' on axis factual\. Known: number, sum"):
        check(Axis.FACTUAL, "calque")(lambda analysis: ())


def test_findings_come_in_the_order_of_the_text(register):
    @check(Axis.FACTUAL, "number")
    def backwards(analysis):
        yield Hit("source", 0, 1, "4")
        yield Hit("body", 4, 9, "3")
        yield Hit("body", 0, 3, "2")
        yield Hit("headline", 0, 1, "1")

    assert [f.note for f in run_checks(de("Der Hafen", "H"), register)] == ["1", "2", "3", "4"]


def make(**changes):
    values = {
        "name": "c",
        "axis": Axis.FACTUAL,
        "kind": "number",
        "severity": Severity.MINOR,
        "langs": frozenset({"de"}),
        "needs_source": False,
        "needs": None,
        "function": lambda analysis: (),
    }
    return Check(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "analysis", "applies"),
    [
        ({}, de("T"), True),
        ({}, en("T"), False),
        ({"needs_source": True}, de("T"), False),
        ({"needs_source": True}, de("T", source="Q"), True),
        ({"needs": "byline"}, de("T"), False),  # not known
        ({"needs": "byline"}, de("T", byline=""), True),  # known to be absent
    ],
)
def test_a_check_applies_where_it_finds_what_it_needs(changes, analysis, applies):
    assert make(**changes).applies(analysis) is applies


def test_a_check_that_does_not_apply_is_not_run():
    def explode(analysis):
        raise AssertionError("it was run")

    assert run_checks(en("T"), {"c": make(function=explode)}) == []


def test_unknown_check_names_the_nearest_one():
    near = sorted(CHECKS)[0]
    with pytest.raises(KeyError, match=rf"No check '{near}s'\. Did you mean '{near}'\? Known: "):
        get_check(f"{near}s")


def test_an_unknown_name_that_is_near_to_none_gets_the_list_alone():
    assert str(unknown("model", "zzz", ["b", "a"]).args[0]) == "No model 'zzz'. Known: a, b."


def test_findings_are_computed_once_an_article():
    analysis = de("Er sagte: „Ja.")
    assert findings_of(analysis) is findings_of(analysis)


def test_a_rate_is_per_1000_words_and_nan_where_the_check_was_not_looked_at(monkeypatch):
    names = [n for n, c in CHECKS.items() if not c.needs_source and c.needs is None]
    with_source = [n for n, c in CHECKS.items() if c.needs_source]
    assert names
    assert with_source
    analysis = de("eins zwei drei vier", "fünf")
    analysis.memo["findings"] = [Finding(Axis.FACTUAL, "number", "body", 0, 1, check=names[0])] * 2
    rates = dict(zip(CheckRates().fit([]).columns_, CheckRates().fit([]).transform([analysis])[0], strict=True))
    assert rates[names[0]] == 2 * 1000 / 5
    assert rates[names[1]] == 0
    assert all(rates[name] != rates[name] for name in with_source)


def test_a_language_without_a_file_gives_no_findings_and_only_nan():
    analysis = analyse(Article("a", "xx", "T", "Er sagte: „Ja.", source="Q", byline="", published="", url=""))
    assert run_checks(analysis) == []
    assert (CheckRates().fit([]).transform([analysis]) != CheckRates().fit([]).transform([analysis])).all()


def test_rates_of_an_unknown_axis_name_the_known_ones():
    with pytest.raises(KeyError, match=r"No axis 'style'.*Known: attribution, factual, translation"):
        CheckRates("style").names()
