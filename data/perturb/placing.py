"""Where a line or a sentence can be put into an article."""

from __future__ import annotations

import re
from random import Random

from data.perturb.edit import Edit
from data.perturb.words import pick, prose
from data.schema import Article


def line(article: Article, rng: Random, text: str) -> Edit | None:
    """An insertion of a line between two paragraphs or, more rarely, run on after a sentence."""
    gap = pick(rng, list(re.finditer(r"\n\n", article.body)))
    if gap is not None and rng.random() < 0.6:
        return Edit("body", gap.start() + 1, gap.start() + 1, f"\n{text}\n")
    return after_sentence(article, rng, text)


def after_sentence(article: Article, rng: Random, text: str) -> Edit | None:
    """An insertion after a sentence of prose, in the same paragraph."""
    ends = [s.end for s in prose(article.body)]
    end = pick(rng, ends)
    return None if end is None else Edit("body", end, end, f" {text}")


def last_line(article: Article, text: str) -> Edit:
    """An insertion at the end of the body, as a paragraph of its own."""
    end = len(article.body)
    return Edit("body", end, end, f"\n\n{text}" if article.body else text)
