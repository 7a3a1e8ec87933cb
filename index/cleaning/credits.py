"""Lines and line ends that say whose text or picture it is -> the agencies; and which lines are picture credits."""

import re
from collections.abc import Iterable

from index.annotate.tables import Tables
from index.cleaning.lines import is_prose

_LONGEST_CREDIT = 200
_LONGEST_CAPTION = 180
_SEPARATOR = re.compile(r"\s*(?:[,;/|+&]|\bund\b|\bvia\b|\bVIA\b|:)\s*|\s+[–-]\s+")
_SHORTHAND = re.compile(
    r"""
      [a-zäöü]{1,5}\d?\.?                   # an author's: "mrc", "red."
    | online | Agenturen | Redaktion
    | [A-Z]{2,4}                            # an outlet's: "SZ"
    | [\w-]{2,14}\.\w{2,4}                  # an outlet's address
    | \d{1,2}\.\d{1,2}\.(?:\d{2,4})?        # a date
    """,
    re.VERBOSE,
)
_DATELINE = re.compile(r"[A-ZÄÖÜ][\w.’' /-]{1,58}? \((?P<names>[^()]{2,40})\)(?: ?[–—-]|[.:])? ")
_MATERIAL = re.compile(
    r"""
    [Mm]aterial \s (?:der|des|von) \s (?: (?:Nachrichtenagentur|Agentur)(?:en)? \s )?
    (?P<names> [^.()]{2,80}? ) (?: \s erstellt )? \.? \Z
    """,
    re.VERBOSE,
)
_SMALL_WORD = re.compile(r"\b[a-zäöüß]{3,}\b")
_OUTLET_AND_AGENCY = re.compile(r"[\w.-]{2,20} ?/ ?© ?(?P<names>[\w, /-]{2,40})")
_BRACKETS = re.compile(r"\((?P<names>[^()]{2,80})\)\.?\Z")


class Credits:
    """Knows news agencies by their spellings."""

    def __init__(self, tables: Tables) -> None:
        """Take the table `agencies`."""
        table = tables["agencies"]
        self._wire = {spelling: name for name, spellings in table["wire"].items() for spelling in spellings}
        self._pictures = frozenset(table["pictures"]["names"])
        labels = "|".join(map(re.escape, sorted(table["pictures"]["labels"], key=len, reverse=True)))
        self._label = re.compile(rf"(?:{labels}) ?: ?|© ?(?=\D)|\(c\) ?(?=\D)")
        text_labels = "|".join(map(re.escape, sorted(table["text"]["labels"], key=len, reverse=True)))
        agency = "(?:den |der )?(?:Nachrichtenagentur(?:en)? |Agentur(?:en)? )?"
        self._text_label = re.compile(rf"(?:{text_labels})\b ?:? ?{agency}")
        names = sorted({*self._wire, *self._pictures}, key=len, reverse=True)
        self._name = re.compile(rf"(?<![A-ZÄÖÜ])(?:{'|'.join(map(re.escape, names))})(?![A-Za-zäöüÄÖÜ])")

    def of_text(self, line: str, *, at_end: bool) -> frozenset[str]:
        """The agencies whose text a line says it is: "Berlin (dpa) - ...", "... (AFP, dpa)", "Von Eva Muster, dpa".

        `at_end` says that the line is the article's last or stands below it, where "Quelle: dpa" credits the text;
        above it and between its paragraphs such a line credits a picture.
        """
        found: set[str] = set()
        if match := _DATELINE.match(line):
            found |= self._listed(match["names"])
        if line.endswith((")", ").")) and (match := _BRACKETS.search(line, max(0, len(line) - _LONGEST_CREDIT))):
            found |= self._listed(match["names"])
        if match := _MATERIAL.search(line, max(0, len(line) - _LONGEST_CREDIT)):
            found |= self._listed(match["names"])
        if line.startswith(("Von ", "von ")) and len(line) <= _LONGEST_CREDIT and not is_prose(line):
            found |= {self._wire[part] for part in _SEPARATOR.split(line[4:]) if part in self._wire}
        return frozenset(found | self._of_short_line(line, at_end=at_end))

    def is_text_credit(self, line: str, *, at_end: bool) -> bool:
        """Whether a line says nothing but whose text it is."""
        return bool(self._of_short_line(line, at_end=at_end))

    def is_picture_credit(self, line: str) -> bool:
        """Whether a line says whose picture it is, a caption before it or not: "Foto: X", "© X/Y", "X/Y VIA Z"."""
        if len(line) > _LONGEST_CREDIT or is_prose(line):
            return False
        for match in self._label.finditer(line):
            before, names = line[: match.start()].rstrip(), line[match.end() :]
            if not before or (len(names) <= 80 and (match[0][0] == "©" or before[-1] in ".!?(|[/–-")):
                return True
        return bool(self._of_short_line(line, at_end=True)) or self._ends_in_names(line)

    def off_end(self, line: str, *, may_be_caption: bool) -> str:
        """Take a picture credit off the end of a paragraph: "... marschieren auf. Foto: X/dpa".

        A caption of one sentence goes with it; the article's last paragraph is none.
        """
        tail = line[-90:]
        if not (":" in tail or "©" in tail or "(c)" in tail):  # a part of every label
            return line
        for match in self._label.finditer(line, len(line) - len(tail)):
            before = line[: match.start()].rstrip(" (|[")
            if not is_prose(before) or before[-1] not in '.!?"“”»)' or "." in line[match.end() : -1]:
                continue
            is_caption = may_be_caption and len(before) <= _LONGEST_CAPTION and not re.search(r"[.!?] ", before)
            return "" if is_caption else before
        return line

    def of_picture(self, line: str) -> frozenset[str]:
        """The agencies of text among those that a picture credit names."""
        return frozenset(self._wire[name] for name in self._name.findall(line) if name in self._wire)

    def _listed(self, names: str) -> set[str]:
        """The agencies of a list that is a credit: all of it agencies, authors' shorthands or a date."""
        parts = [part for part in _SEPARATOR.split(names.strip()) if part]
        words = [word for part in parts for word in ([part] if part in self._wire else part.split())]
        is_credit = all(
            word in self._wire or (_SHORTHAND.fullmatch(word) and word not in self._pictures) for word in words
        )
        return {self._wire[word] for word in words if word in self._wire} if is_credit else set()

    def _of_short_line(self, line: str, *, at_end: bool) -> set[str]:
        if len(line) > _LONGEST_CREDIT:
            return set()
        if "©" in line and (match := _OUTLET_AND_AGENCY.fullmatch(line)):
            return self._listed(match["names"])
        if not at_end:
            return set()
        if label := self._text_label.match(line):
            return self._listed(line[label.end() :].rstrip(" ."))
        if is_prose(line):
            return set()
        if "©" in line:
            return set(self.of_picture(line))
        bare = line.strip(" ()[].–-")
        return self._listed(bare) if len(bare) <= 60 else set()

    def _ends_in_names(self, line: str) -> bool:
        """Whether a line ends in names with slashes between them, some known: "BrückeAPA/AFP/XYZ VIA ABC"."""
        first = self._name.search(line)
        if not first:
            return False
        tail = line[first.start() :]
        others = self._name.sub("", tail)
        if len(tail) > 80 or _SMALL_WORD.search(others):
            return False
        if not others.strip(" /|,") and (first.start() == 0 or line[: first.start()].rstrip().endswith("|")):
            return True
        if line[: first.start()].rstrip().endswith("/") and not _SMALL_WORD.search(line[: first.start()]):
            return True
        return bool(re.search("[/|]", tail)) and (first.start() == 0 or len(self._name.findall(tail)) >= 2)


def sorted_names(names: Iterable[str]) -> tuple[str, ...]:
    """Agencies in the order in which they are stored: by letter, small or capital."""
    return tuple(sorted(set(names), key=str.casefold))
