"""Reading a dump's XML files one row at a time."""

import gzip
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from community.errors import Invalid

Row = dict[str, str]


def rows(folder: Path, table: str) -> Iterator[Row]:
    """The rows of `Posts.xml`, or `Posts.xml.gz`, or in small letters; none if it is absent."""
    path = _find(folder, table)
    if path is None:
        return
    with _open(path) as file:
        try:
            events = ET.iterparse(file, events=("start", "end"))
            _, root = next(events)
            for event, element in events:
                if event == "end" and element.tag == "row":
                    yield dict(element.attrib)
                    root.clear()
        except (ET.ParseError, EOFError, gzip.BadGzipFile) as error:
            raise Invalid({table: f"{path.name} is not a whole XML file: {error}"}) from error


def moment(row: Row, name: str = "CreationDate") -> datetime:
    return datetime.fromisoformat(row[name]).replace(tzinfo=UTC)


def tags(row: Row) -> list[str]:
    """`<a><b>` in older dumps, `|a|b|` in newer ones."""
    text = row.get("Tags", "").replace("><", "|").strip("<>|")
    return [tag.casefold() for tag in text.split("|") if tag]


def _find(folder: Path, table: str) -> Path | None:
    wanted = {f"{table}.xml".lower(), f"{table}.xml.gz".lower()}
    found = [path for path in sorted(folder.iterdir()) if path.name.lower() in wanted]
    return found[0] if found else None


def _open(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]
