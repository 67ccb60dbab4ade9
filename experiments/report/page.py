"""What all pages share: templates that escape everything, two languages, a policy that admits no other code."""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

LANGUAGES: Final = ("en", "de")
_FOLDER: Final = Path(__file__).parent


@cache
def texts() -> dict[str, tuple[str, str]]:
    """Words of the interface by key: English, German."""
    table = tomllib.loads((_FOLDER / "texts.toml").read_text(encoding="utf-8"))
    return {key: (pair[0], pair[1]) for key, pair in table.items()}


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def json_data(value: Any) -> Markup:
    """A value as JSON inside a script element: no sign of it can end the element."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _source(name: str) -> Markup:
    return Markup((_FOLDER / "templates" / name).read_text(encoding="utf-8"))


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def render(template: str, script: str, language: str, **values: Any) -> str:
    """A whole page.

    Its content security policy names the hashes of its own style and script: markup that came with an article
    could not run even if it were not escaped.
    """
    style, code = _source("style.css"), _source(script)
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(code)}'"
    column = LANGUAGES.index(language)

    def word(key: str) -> Markup:
        pair = texts()[key]
        return Markup('<span data-en="{}" data-de="{}">{}</span>').format(*pair, pair[column])

    page = _environment().get_template(template)
    return page.render(
        **values, style=style, code=code, policy=policy, language=language, word=word, json_data=json_data
    )
