"""`flask search`."""

import click
from flask.cli import AppGroup

from community.search import generations, indexing
from community.search.generations import ENGINES
from community.search.queries import frequent_misses
from community.search.sources import every_document, how_many

search = AppGroup("search", help="The search index.")


@search.command()
@click.option("--engine", type=click.Choice(sorted(ENGINES)), help="Else the one that fits.")
def reindex(engine: str | None) -> None:
    """Build the index anew from the database. Searches are answered meanwhile."""
    count = how_many()
    kind = ENGINES[engine] if engine else generations.engine_for(count)
    with click.progressbar(every_document(), length=count, label=kind.name) as documents:
        built = generations.rebuild(indexing.root(), kind, documents)
    generations.trust(indexing.root())
    click.echo(f"{built.size()} documents indexed with {built.name}.")


@search.command()
@click.option("--limit", default=50, show_default=True)
def misses(limit: int) -> None:
    """List the words that found nothing, the most frequent first."""
    for miss in frequent_misses(limit):
        click.echo(f"{miss.times:6}  {miss.last_at:%Y-%m-%d}  {miss.words}")


COMMANDS = [search]
