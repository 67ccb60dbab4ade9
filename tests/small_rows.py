"""A few labelled rows with everything that a feature block may read; made up, no seed and no corpus."""

from dataclasses import replace

from data.schema import Article, Axis, Finding, Related
from data.tasks.attribution import with_context

_CLEAN = {
    "de": "Die Stadt baut {n} Wohnungen am {w}. Das teilte Bürgermeisterin Eva Kern am Montag mit. „Wir fangen im März "
    "an“, sagte sie. Der Bau kostet {m} Millionen Euro und dauert zwei Jahre, wie es im Plan heißt.",
    "en": "The town will build {n} flats near the {w}. Mayor Eva Kern said so on Monday. “We start in March,” she "
    "said. The work costs {m} million euros and takes two years, according to the plan.",
}
_FLAWED = {
    "de": "Die Stadt baut {n} Wohnungen, nein {m} Wohnungen am {w}. Beobachter sagen, es sei ein Skandal. „Wir fangen "
    "im März an. Die Bau kostet 3.5 million Euro und hat bewiesen worden however von alle.",
    "en": "The town will build {n} flats, or {m} flats near the {w}. Observers say it is a scandal. “We start in "
    "March. The work costs 3,5 Millionen Euro und was proved by the all however.",
}
_WATERS = ("Hafen", "Fluss", "See", "Kanal", "Park", "Bahnhof")


def rows(pairs=12):
    """Pairs of a clean and a flawed text of one item; label 1 and a gold finding on the flawed one."""
    found = []
    for i in range(pairs):
        language = ("de", "en")[i % 2]
        for label, texts in enumerate((_CLEAN, _FLAWED)):
            body = texts[language].format(n=20 + i, m=70 + 3 * i, w=_WATERS[i % len(_WATERS)])
            start = body.index("Euro" if language == "de" else "euro".title() if label else "euros")
            marks = [Finding(axis, kind, "body", start, start + 4) for axis, kind in _KINDS.items()] if label else []
            found.append(
                Article(
                    f"a{i}-{label}",
                    language,
                    f"{_WATERS[i % 6]} {i}",
                    body,
                    source=_CLEAN[language].format(n=20 + i, m=70 + 3 * i, w=_WATERS[i % 6]),
                    byline="Eva Kern",
                    url="https://x.example/1",
                    published="2024-03-14",
                    group=f"g{i}",
                    item=f"i{i}",
                    system=str(label),
                    label=float(label),
                    findings=tuple(marks),
                )
            )
    return with_context(found)


_KINDS = {Axis.TRANSLATION: "locale", Axis.FACTUAL: "number", Axis.ATTRIBUTION: "vague-source"}


def attributed():
    """The German rows with their attributions as gold findings, speaker and cue beside each."""
    found = []
    for article in rows():
        if article.language == "de" and not article.label:
            text = article.body
            first = text.index(" Das teilte")
            marks = (
                _said("indirect", text, text[:first], "Bürgermeisterin Eva Kern", "teilte"),
                _said("direct", text, "Wir fangen im März an", "sie", "sagte"),
                _said("reported", text, "Der Bau kostet", "Plan", "heißt", "wie es im Plan heißt"),
            )
            found.append(replace(article, findings=marks, label=1.0))
        elif article.language == "de":
            found.append(replace(article, findings=(), label=0.0))
    return found


def _said(form, text, content, speaker, cue, frame="sagte sie"):
    roles = {"speaker": speaker, "cue": cue, "frame": frame}
    places = [Related(role, "body", *_span(text, words)) for role, words in roles.items()]
    return Finding(Axis.ATTRIBUTION, form, "body", *_span(text, content), related=tuple(places))


def _span(text, words):
    start = text.index(words)
    return start, start + len(words)
