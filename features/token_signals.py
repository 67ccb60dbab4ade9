"""Numbers of single tokens of a translated segment, for taggers: how it reads, and what it stands for.

Two groups: "reading" needs the body alone, "rendering" the source, too. Columns of whole segments (length, coverage)
are left out on purpose: with some 2,400 different sources a model learns the sources by heart.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from features.alignment_model import LexicalModel
from features.bilingual import Numbers, Reading, zipf
from features.fluency import GermanModels, strangeness, surprise
from features.text import Analysis

GROUPS: Final = ("reading", "rendering")
_LEAST: Final = 1e-4


def shifted(values: Numbers, by: int, edge: float) -> Numbers:
    """Value of the token ``by`` places on (before, if negative); ``edge`` outside the text."""
    out = np.full(len(values), edge)
    if by > 0:
        out[:-by] = values[by:]
    elif by < 0:
        out[-by:] = values[:by]
    return out


def window_mean(values: Numbers, half: int) -> Numbers:
    """Mean over a window of ``2 * half + 1`` tokens, cut at the ends of the text."""
    if not len(values):
        return values
    ones = np.ones(2 * half + 1)
    sums, counts = np.convolve(values, ones), np.convolve(np.ones(len(values)), ones)
    return np.asarray((sums / counts)[half : half + len(values)])


def reading_signals(analysis: Analysis, models: GermanModels) -> Numbers:
    """Signals of the body, shape (n_tokens, n_columns): surprise, frequency in both languages, form, neighbours."""
    body = analysis.body
    found = surprise(body, models.news, models.machine)
    words = [t.text[0].isalnum() for t in body.tokens]
    german = np.array([zipf(w, "de") if own else 8.0 for w, own in zip(body.lower, words, strict=True)])
    english = np.array([zipf(w, "en") if own else -1.0 for w, own in zip(body.lower, words, strict=True)])
    foreign = np.array([e - g if own else 0.0 for e, g, own in zip(english, german, words, strict=True)])
    strange = np.array([strangeness(w, models.letters) for w in body.lower])
    forms = [
        [
            len(t.text),
            t.text[0].isupper(),
            len(t.text) > 1 and t.text.isupper(),
            t.text[0].isalnum(),
            t.text[0].isdigit(),
        ]
        for t in body.tokens
    ]
    stop = np.array([w in body.language.function_words for w in body.lower], dtype=float)
    columns = [found.news, found.known, found.machine, found.news - found.machine, german, english, strange, stop]
    columns += [
        window_mean(foreign, 1),
        window_mean(foreign, 3),
        window_mean(found.news, 1),
        window_mean(found.news, 3),
    ]
    columns += [window_mean(strange, 2), *np.array(forms, dtype=float).reshape(-1, 5).T]
    for by in (-1, 1):
        columns += [shifted(v, by, -1.0) for v in (found.news, found.known, german, english)]
    columns += [shifted(found.news, by, -1.0) for by in (-2, 2)]
    return np.array(columns, dtype=float).T


def rendering_signals(analysis: Analysis, forward: LexicalModel, backward: LexicalModel) -> Numbers:
    """Signals of body and source, shape (n_tokens, n_columns); NaN for signs and where there is no source."""
    r = Reading(analysis, forward, backward)
    out = np.full((len(analysis.body.tokens), 21), np.nan)
    if not r.s or not r.t:
        return out
    best = r.link.argmax(axis=1)
    evidence, frequency = np.log(np.maximum(r.t_best, _LEAST)), np.array([zipf(w, "en") for w in r.s])
    bare = np.log(np.maximum(r.s_best, _LEAST))
    ibm = np.log(np.maximum(r.forward.mean(axis=1), 1e-5))
    letters = r.related.max(axis=1)
    users = np.bincount(best[r.t_best > 0.05], minlength=len(r.s))
    given = set(r.s)
    capital = np.array([r.source.tokens[i].text[0].isupper() for i in r.s_places])
    columns = [evidence, np.log(np.maximum(r.forward[:, 1:].max(axis=1), _LEAST))]
    columns += [np.log(np.maximum(r.backward[:, 1:].max(axis=0), _LEAST)), ibm, letters, r.forward[:, 0]]
    columns += [r.t_known, best / len(r.s) - np.arange(len(r.t)) / len(r.t), frequency[best], r.s_content[best]]
    columns += [capital[best], (r.link > 0.05).sum(axis=1), users[best], np.array([w in given for w in r.t])]
    columns += [np.array([bare[max(c - 2, 0) : c + 3].min() for c in best])]
    for by in (-1, 1):
        columns += [shifted(v, by, 1.0) for v in (evidence, ibm, letters)]
    out[r.t_places] = np.array(columns, dtype=float).T
    return out
