"""Innocent changes: they look like the work of a corruption and are no fault.

Without them a model trained on corrupted copies learns that an edited or a longer text is a faulty one.
"""

from __future__ import annotations

from random import Random

from data.perturb.edit import Change, Edit
from data.perturb.placing import line
from data.perturb.registry import corruption
from data.perturb.tables import tables
from data.perturb.words import pick, prose
from data.schema import Article


@corruption(None, 3)
def harmless_line(article: Article, rng: Random) -> Change | None:
    """A line that belongs to a page: editors, photo credit, correction."""
    edit = line(article, rng, rng.choice(tables(article.language)["harmless_lines"]))
    return None if edit is None else Change((edit,))


@corruption(None, 3)
def sentence_dropped(article: Article, rng: Random) -> Change | None:
    """A sentence left out; first and last sentences of the body stay."""
    found = [s for s in prose(article.body)[1:-1] if article.body[s.start - 1] == " "]
    s = pick(rng, found)
    return None if s is None else Change((Edit("body", s.start - 1, s.end, ""),))


@corruption(None, 1)
def paragraphs_joined(article: Article, rng: Random) -> Change | None:
    """Two paragraphs run together."""
    stops = [s.end for s in prose(article.body) if article.body[s.end : s.end + 2] == "\n\n"]
    stop = pick(rng, [at for at in stops if at + 2 in {s.start for s in prose(article.body)}])
    return None if stop is None else Change((Edit("body", stop, stop + 2, " "),))
