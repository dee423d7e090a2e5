"""`flask search`."""

import click
from flask.cli import AppGroup

from community.search import indexing
from community.search.queries import frequent_misses
from community.search.sources import every_document, how_many

search = AppGroup("search", help="The search index.")


@search.command()
@click.option("--engine", help="whoosh or fts5, where the index is in files; else what fits.")
def reindex(engine: str | None) -> None:
    """Build the index anew from the database. Searches are answered meanwhile."""
    count = how_many()
    place = indexing.place()
    if engine and engine not in place.engines:
        raise click.BadParameter(f"one of {', '.join(place.engines)}", param_hint="--engine")
    kind = place.engines[engine] if engine else place.engine_for(count)
    with click.progressbar(every_document(), length=count, label=kind.name) as documents:
        built = place.rebuild(kind, documents)
    place.trust()
    click.echo(f"{built.size()} documents indexed with {built.name}.")


@search.command()
@click.option("--limit", default=50, show_default=True)
def misses(limit: int) -> None:
    """List the words that found nothing, the most frequent first."""
    for miss in frequent_misses(limit):
        click.echo(f"{miss.times:6}  {miss.last_at:%Y-%m-%d}  {miss.words}")


COMMANDS = [search]
