"""The addresses of pages; they are made outside requests too, where texts are rendered."""

from functools import lru_cache
from urllib.parse import quote


@lru_cache(2048)
def address_of(slug: str, path: str) -> str:
    """Kept: three hundred stand beside a page."""
    return f"/wiki/{slug}/{quote(path, safe='/')}"
