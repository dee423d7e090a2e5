import pytest

from community.markup.composing import Writer


@pytest.fixture(scope="session")
def writer() -> Writer:
    """A Markdown writer in this process, for what needs no clock."""
    return Writer()


@pytest.fixture
def compose(writer):
    """Compose in this process and return the HTML."""

    def _compose(source, **request):
        return writer.compose(source, **{"key": "t1", **request})["html"]

    return _compose
