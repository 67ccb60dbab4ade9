"""What the checks know of a language: data only, one file a language.

Adding a language is one TOML file that fills in `Language`, and its code in `CODES`.
"""

import tomllib
from pathlib import Path

from features.languages.profile import Language

CODES = ("de", "en", "es")

_FOLDER = Path(__file__).parent

LANGUAGES: dict[str, Language] = {
    code: Language.from_toml(tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))) for code in CODES
}

__all__ = ["LANGUAGES", "Language"]
