"""Lines by which an outlet is known -> the outlet."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from index.annotate.tables import Tables
from index.errors import SettingsError

_DATE = r"\d{1,2}\.\d{1,2}\.\d{4}"
_TIME = r"\d{1,2}:\d{2}"
_LONGEST = 300

_SITE_HEADER = re.compile(
    r"""
    (?P<name> [^\W_] [\w-]{1,40} (?: \.[\w-]{2,40} ){0,2} \.[A-Za-z]{2,8} )     # Name.tld
    \s [–—|:-] \s
    [^.!?]{3,80}                                                                # its slogan, no sentence
    """,
    re.VERBOSE,
)
_DOMAIN = re.compile(r"(?:[\w-]{1,40}\.){1,3}[A-Za-z]{2,8}")
_URL = re.compile(r"https?://\S{1,500}")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|Copyright(?: ©| \(c\))?) ?(?:by )?(?:19|20)\d\d (?P<name>[^,|]{2,60})", re.IGNORECASE
)
_COMPANY = re.compile(r" (?:GmbH|AG|KG|SE|mbH|& Co|Verlag|Medien|Alle Rechte|- Alle|– Alle|/).*", re.DOTALL)
_TITLE_TAIL = re.compile(r" [|–—-] (?P<name>[^|–—]{2,40})\Z")


class Outlets:
    """Knows outlets by their lines and addresses."""

    def __init__(self, tables: Tables) -> None:
        """Take the table `outlets`; raises SettingsError where an entry is no table of lists."""
        self._domains: dict[str, str] = {}
        self._names: dict[str, str] = {}
        agencies = tables["agencies"]
        self._agencies = {*agencies["pictures"]["names"]}.union(*agencies["wire"].values())
        self._with_kicker: set[str] = set()
        whole: list[tuple[str, str]] = []
        ends: list[tuple[str, str]] = []
        for name, outlet in tables["outlets"].items():
            lists = [outlet.get(key, []) for key in ("domains", "lines")] if isinstance(outlet, dict) else [None]
            if not all(isinstance(value, list) for value in lists):
                raise SettingsError(f'[rules.outlets."{name}"]: give it lists: domains = ["..."], lines = ["..."].')
            self._names[name.casefold()] = name
            if outlet.get("kicker"):
                self._with_kicker.add(name)
            self._domains |= dict.fromkeys(map(str.casefold, outlet.get("domains", [])), name)
            templates = [(_template(line), name) for line in outlet.get("lines", [])]
            (ends if outlet.get("kicker") else whole).extend(templates)
        # one pattern for all: the number of the group that fits is the outlet's
        self._outlet_of = [name for _, name in whole + ends]
        parts = [rf"\A({template})\Z" for template, _ in whole]
        parts += [rf"(?:\A|.*\s)({template})\Z" for template, _ in ends]
        self._line = re.compile("|".join(parts) or r"(?!)", re.DOTALL)

    def of_line(self, line: str, *, is_title: bool = False) -> str | None:
        """The outlet that a line shows: by a line of the table, as a site's header, by a copyright or an address.

        A title may look like a site's header ("Talbote.example - Neues aus dem Tal"), and is none.
        """
        if len(line) > _LONGEST:
            return None
        if (match := self._line.match(line)) and match.lastindex:
            return self._outlet_of[match.lastindex - 1]
        if not is_title and (match := _SITE_HEADER.fullmatch(line)):
            return self._domains.get(match["name"].casefold(), match["name"])
        if _URL.fullmatch(line):
            return self.of_url(line)
        if match := _COPYRIGHT.match(line):
            name = _COMPANY.sub("", match["name"]).strip(" .")
            return self._known(name) or (name if name[:1].isupper() and name not in self._agencies else None)
        return self._known(line)

    def has_kicker(self, outlet: str) -> bool:
        """Whether the outlet's pages put a kicker in front of the title, on the same line."""
        return outlet in self._with_kicker

    def of_url(self, url: str) -> str | None:
        """The outlet of an internet address, where the table has it."""
        try:
            host = (urlsplit(url).hostname or "").removeprefix("www.")
        except ValueError:
            return None
        parts = host.split(".")
        return next((name for i in range(len(parts)) if (name := self._domains.get(".".join(parts[i:])))), None)

    def is_only_outlet(self, line: str) -> bool:
        """Whether a line says nothing but which outlet it is: a site's header, its name, its address."""
        return bool(_SITE_HEADER.fullmatch(line) or _URL.fullmatch(line) or self._known(line))

    def off_title(self, title: str) -> tuple[str, str | None]:
        """Part a title from an outlet behind it: "Ein Titel | tagesschau.de"."""
        match = _TITLE_TAIL.search(title)
        if not match:
            return title, None
        name = self._known(match["name"]) or (match["name"] if _DOMAIN.fullmatch(match["name"]) else None)
        return (title[: match.start()], name) if name else (title, None)

    def _known(self, name: str) -> str | None:
        key = name.casefold().strip()
        return self._names.get(key) or self._domains.get(key.removeprefix("www."))


def _template(line: str) -> str:
    """A line of the table as a regular expression without groups."""
    parts: Iterable[str] = re.split(r"(\{date\}|\{time\}|\{any\})", line)
    known = {"{date}": _DATE, "{time}": _TIME, "{any}": ".*"}
    return "".join(known.get(part, re.escape(part)) for part in parts)
