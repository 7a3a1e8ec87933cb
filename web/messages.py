"""What the page says: the catalogue `messages.toml`, German and English.

In: a language's code and a key. Out: the text with its places filled.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

DEFAULT = "de"
"""The language of a page whose address names none: an address shows everyone the same page."""


@dataclass(frozen=True, eq=False)
class Messages:
    """The texts of one language; there is one of each, so that what was written in it can be kept by it."""

    language: str
    texts: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key` with its `{places}` filled; where `count` is 1, that of `key_one` if there is one."""
        if str(values.get("count")) == "1":
            key = key + "_one" if key + "_one" in self.texts else key
        text = self.texts[key]
        if not isinstance(text, str):
            raise TypeError(f"messages.toml: {key} is no text")
        return text.format(**values)

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the twelve months."""
        return tuple(self.texts["months"])

    @cached_property
    def signs(self) -> dict[int, str]:
        """What stands for the "," and the "." of a number in English, for `str.translate`."""
        return {ord(","): self("thousands"), ord("."): self("decimal")}


def load_messages() -> Mapping[str, Messages]:
    """The catalogue, by the language's code."""
    catalogue = tomllib.loads(files("web").joinpath("messages.toml").read_text("utf-8"))
    return {language: Messages(language, texts) for language, texts in catalogue.items()}


def choose_language(asked: str | None, catalogue: Mapping[str, Messages]) -> Messages:
    """The messages in the language asked for by the address, else in German."""
    return catalogue.get(asked or DEFAULT, catalogue[DEFAULT])
