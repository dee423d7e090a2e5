"""The addresses of pages; they are made outside requests too, where texts are rendered."""

from urllib.parse import quote


def address_of(slug: str, path: str) -> str:
    return f"/wiki/{slug}/{quote(path, safe='/')}"
