"""FakeNewsAMT and Celebrity: pairs of a genuine and a fake article (corpora card 19).

The first line with text is the headline, the rest the body; where there is only one such line, it
is the body and the page has no headline. Twins share the number of the file: it is the group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.schema import Article

EXTRA: Final = {"domain": "string"}

_FOLDER: Final = "datasets/deception_detection_fake_news/data/"
_DATASETS: Final = {"fakenews-amt": "fakeNewsDataset/", "celebrity": "celebrityDataset/"}
#: "biz01.fake.txt", "001fake.txt"
_NAME = re.compile(r"([a-z]*)(\d+)\.?(fake|legit)\.txt")


def load(files: Files) -> Splits:
    """One split, ``all``."""
    return {"all": partial(_articles, files)}


def _articles(files: Files) -> Iterator[Article]:
    corpus = files.corpus.name
    for path in files.all(_FOLDER + _DATASETS[corpus]):
        named = _NAME.fullmatch(path.rsplit("/", 1)[-1])
        if named is None:
            raise ValueError(f"{corpus}: expected a name like biz01.fake.txt, got {path!r}.")
        domain, number, kind = named.groups()
        headline, body = split_headline(files.read(path))
        yield Article(
            id=f"{corpus}/{domain}{number}/{kind}",
            language="en",
            headline=headline,
            body=body,
            group=f"{corpus}/{domain}{number}",
            label=float(kind == "fake"),
            extra={"domain": domain or "celebrity"},
        )


def split_headline(text: str) -> tuple[str, str]:
    """Headline and body of a file."""
    head, _, body = text.strip().partition("\n")
    return (head.strip(), body.strip()) if body.strip() else ("", head.strip())
