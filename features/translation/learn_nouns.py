"""Learn the gender of German nouns from the determiners before them: makes ``nouns-de.tsv``.

Run as ``python -m features.translation.learn_nouns``. It reads newspaper text of the public corpora (never a test
part, never the half of the genuine outlets that measures false alarms) and writes statistics only: a noun, its
genders, and whether it stands before another noun without being joined to it.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.schema import Article
from features.translation.determiners import CELLS

OUT: Final = Path(__file__).parent / "nouns-de.tsv"
LOANS: Final = Path(__file__).parent / "loanwords-de.txt"
GENDERS: Final = "mfnp"
_TOKEN: Final = re.compile(r"\d+(?:[.,:]\d+)*|\w+(?:[-’'‑]\w+)*|[^\w\s]")
_SUFFIX: Final = (
    ("f", re.compile("(?:ung|heit|keit|tät|schaft)$")),
    ("p", re.compile("(?:ungen|heiten|keiten|täten|schaften)$")),
)
#: A hypothesis with two or three genders must explain the counts better by so many nats.
_PENALTY: Final = {1: 0.0, 2: 4.0, 3: 9.0}
_MARGIN: Final = 2.5
#: Share of typing errors and of words that only look like determiners.
_NOISE: Final = 0.008

Counts = dict[str, Counter[str]]


def develops(article: Article) -> bool:
    """Whether an article belongs to the half of genuine newspaper text that may be looked at (hash of its id)."""
    return int(hashlib.sha256(article.id.encode()).hexdigest(), 16) % 2 == 0


def texts() -> Iterator[str]:
    """Newspaper text to learn from."""
    from data.arrow import articles

    for article in articles("fang-covid", "all"):
        if article.label or develops(article):
            yield f"{article.headline or ''}\n{article.body}"
    for article in articles("wikinews-quotations-de", "train"):
        yield article.body
    for name in ("newstest2020-mqm", "newstest2021-mqm"):
        yield from sorted({a.body for a in articles(name, "all") if a.extra["is_human"]})


def count(lines: Iterable[str]) -> tuple[Counts, Counter[str], Counter[str], Counter[str]]:
    """Determiners before each capitalised word, its uses, its uses before a capitalised word; uses of other words."""
    before: Counts = defaultdict(Counter)
    total, joined, lower = Counter[str](), Counter[str](), Counter[str]()
    for line in itertools.chain.from_iterable(text.split("\n") for text in lines):
        tokens = _TOKEN.findall(line)
        for i, word in enumerate(tokens):
            lower[word] += word.isalpha() and word.islower()
            if len(word) < 3 or not (word[0].isupper() and word[-1].islower()):
                continue
            total[word] += 1
            joined[word] += i + 1 < len(tokens) and tokens[i + 1][0].isupper()
            # After a comma the word may be a relative pronoun ("Leute, die Angst haben").
            if i and tokens[i - 1].lower() in CELLS and not (i > 1 and tokens[i - 2] in ",–-"):
                before[word][tokens[i - 1].lower()] += 1
    return before, total, joined, lower


def pooled(before: Counts) -> Counts:
    """Counts with those of compounds added to their head: "Bundesland" speaks for "Land"."""
    heads: Counts = {word: Counter(found) for word, found in before.items()}
    for word, found in before.items():
        for cut in range(3, len(word) - 3):
            head, first = word[cut:].lstrip("-").capitalize(), word[:cut].rstrip("-")
            if head in before and (first in before or first.rstrip("s") in before):
                heads[head].update(found)
    return heads


def _seeds(words: list[str], counts: Counts) -> dict[str, list[int]]:
    """Rows of nouns whose gender is plain from the ending, or from determiners that exclude the others."""
    rows: dict[str, list[int]] = {gender: [] for gender in GENDERS}
    for k, word in enumerate(words):
        found = counts[word]
        by_suffix = next((gender for gender, ending in _SUFFIX if ending.search(word)), "")
        feminine = found["die"] or found["eine"] or found["zur"]
        if by_suffix:
            rows[by_suffix].append(k)
        elif found["das"] >= 2 and not (feminine or found["einen"]):
            rows["n"].append(k)
        elif found["der"] and found["einen"] + found["dem"] and not (feminine or found["das"]):
            rows["m"].append(k)
    return rows


def _hypotheses(theta: NDArray[np.float64]) -> list[tuple[str, NDArray[np.float64]]]:
    """Sets of genders, each with the log probabilities of determiners under a mixture of them."""
    grids: dict[int, list[tuple[float, ...]]] = {
        1: [(1.0,)],
        2: [(w, 1 - w) for w in (0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95)],
    }
    grids[3] = [(a, b, 1 - a - b) for a in (0.1, 0.33, 0.6) for b in (0.1, 0.33)]
    return [
        ("".join(GENDERS[g] for g in chosen), np.log(np.array(weights) @ theta[list(chosen)]))
        for size, grid in grids.items()
        for chosen in itertools.combinations(range(4), size)
        for weights in grid
    ]


def genders(counts: Counts) -> dict[str, str]:
    """Genders of each noun by penalised likelihood; "p" is the plural.

    Every gender of a hypothesis within the margin of the best is kept: a doubt makes the noun fit more determiners.
    """
    words, dets = sorted(counts), sorted(CELLS)
    place = {det: k for k, det in enumerate(dets)}
    matrix = np.zeros((len(words), len(dets)))
    for k, word in enumerate(words):
        for det, n in counts[word].items():
            matrix[k, place[det]] = n
    fits = np.array([[any(cell[0] == g for cell in CELLS[det]) for det in dets] for g in GENDERS], dtype=float)
    seeds = _seeds(words, counts)
    theta = np.array([(matrix[seeds[g]].sum(axis=0) + 0.5) * fits[k] for k, g in enumerate(GENDERS)])
    theta = (1 - _NOISE) * theta / theta.sum(axis=1, keepdims=True) + _NOISE / len(dets)
    hypotheses = _hypotheses(theta)
    scores = matrix @ np.array([log for _, log in hypotheses]).T
    scores -= np.array([_PENALTY[len(name)] for name, _ in hypotheses])
    return {word: _kept(hypotheses, row) for word, row in zip(words, scores, strict=True)}


def _kept(hypotheses: list[tuple[str, NDArray[np.float64]]], scores: NDArray[np.float64]) -> str:
    best = int(scores.argmax())
    size = len(hypotheses[best][0])
    near = {
        gender
        for (name, _), score in zip(hypotheses, scores, strict=True)
        if score > scores[best] - _MARGIN and len(name) <= size
        for gender in name
    }
    return "".join(gender for gender in GENDERS if gender in near)


_ZERO_PLURAL: Final = ("er", "el", "en")
_ADJECTIVAL: Final = re.compile(
    "(?:ende|ierte|liche|ige|lose|ene|elle|sche|ete|agte|etzte|ankte|annte|andte|ellte|amte)[nr]?$"
)
_PLURALS: Final = ("ungen", "heiten", "keiten", "schaften", "innen", "ionen", "täten")
_SURE_FEMININE: Final = ("eine", "einer", "zur")


def refined(word: str, kind: str, found: Counter[str]) -> str:
    """Genders with those added that few counts cannot exclude, "" for an adjective used as a noun.

    "die" and "der" alone tell the feminine from the plural badly, and nouns in -er, -el and -en have the same form in
    the plural. "Die Tote, der Toten" have every gender.
    """
    total = sum(found.values())
    if _ADJECTIVAL.search(word) or (word.endswith(("e", "en")) and {"m", "f"} <= set(kind)):
        return ""
    added = set(kind)
    feminine = sum(found[det] for det in _SURE_FEMININE)
    if "f" in added and (feminine < 2 or feminine < 0.015 * total):
        added.add("p")
    if "p" in added and (feminine or not found["den"] or total < 15):
        added |= {"f"} if not added & {"m", "n"} else set()
    if not found["die"] and not feminine and added <= {"f", "p"}:
        added.add("m")
    if added <= {"f", "p"} and not feminine and total < 25 and not word.endswith(("e", "n", "s")):
        return ""
    if word.endswith(_ZERO_PLURAL):
        if added & {"m", "n"}:
            added.add("p")
        if not (feminine >= 3 or ("p" in added and total >= 25 and word.endswith("en"))):
            added |= {"m", "p"} | ({"n"} if word.endswith("en") else set())
    if word.endswith("n") and not word.endswith(("in", "ion")):
        added |= {"p"} if added & {"f"} or word.endswith(("eln", "ern")) else set()
        added |= {"m"} if word.endswith("en") and added == {"p"} and not word.endswith(_PLURALS) else set()
    return "".join(gender for gender in GENDERS if gender in added)


def main() -> None:
    """Write the table."""
    before, total, joined, lower = count(texts())
    counts = pooled({word: found for word, found in before.items() if total[word] > 1})
    found = genders(counts)
    rows = []
    for word in sorted(total):
        kind = refined(word, found.get(word, ""), counts.get(word, Counter()))
        sure = 0 < len(kind) < 3 and sum(counts.get(word, Counter()).values()) >= 3
        loose = joined[word] > 0.03 * total[word] + 0.5
        if total[word] >= 3 and (sure or loose):
            rows.append(f"{word}\t{kind if sure else ''}\t{'s' if loose else ''}")
    OUT.write_text("# noun, genders (p = plural), s = stands before nouns\n" + "\n".join(rows) + "\n", encoding="utf-8")
    header = "# words of other languages that German newspapers print\n"
    LOANS.write_text(header + "\n".join(loanwords(total + lower)) + "\n", encoding="utf-8")


def loanwords(total: Counter[str]) -> list[str]:
    """Words that no German list has and another language does, yet newspapers print: nothing untranslated."""
    from features.translation.language_mix import foreign_to_lists

    parts = Counter[str]()
    for word, n in total.items():
        for part in {piece.lower() for piece in word.split("-")}:
            parts[part] += n
    return sorted(part for part, n in parts.items() if n >= 3 and foreign_to_lists(part))


if __name__ == "__main__":
    main()
