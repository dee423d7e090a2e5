"""How well each engine ranks: nDCG@10 on Cranfield, Recall@5 and nDCG@10 of similar questions.

    python -m tests.servers python -m bench.search_relevance [../shared/data]

The similar questions of Stack Exchange sites are asked for by title alone, the asking question left
out, among all questions of the site.
"""

import gzip
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from math import log2
from pathlib import Path

from bench.search_homes import ENGINES, Home, home_of
from community.search.documents import Document
from community.search.engine import Engine, Scope
from community.search.grammar import Query, Wanted

SITES = ("se-beer", "se-meta-bicycles", "se-meta-conlang")
EVERYTHING = Scope(audiences=frozenset({1}))

Judgements = dict[int, dict[int, int]]
Ranking = tuple[list[int], dict[int, int]]


def ndcg(ranked: list[int], judged: dict[int, int], depth: int = 10) -> float:
    """Discounted gain of the first places, over that of the best order; judgements are gains."""
    gained = sum(judged.get(one, 0) / log2(place + 2) for place, one in enumerate(ranked[:depth]))
    best = sum(
        gain / log2(place + 2)
        for place, gain in enumerate(sorted(judged.values(), reverse=True)[:depth])
    )
    return gained / best if best else 0.0


def recall(ranked: list[int], judged: dict[int, int], depth: int = 5) -> float:
    """The share of what is relevant that stands in the first places."""
    relevant = {one for one, gain in judged.items() if gain > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant)


def document(number: int, title: str, body: str, tags: tuple[str, ...] = ()) -> Document:
    return Document(
        kind="topic",
        id=number,
        public_id=str(number),
        title=title,
        body=body,
        author="",
        audience_id=1,
        created_at=datetime(2020, 1, 1, tzinfo=UTC),
        tags=tags,
        language="en",
    )


def questions(site: Path) -> Iterator[Document]:
    with gzip.open(site / "Posts.xml.gz") as posts:
        for _, row in ElementTree.iterparse(posts):
            if row.get("PostTypeId") == "1":
                body = unescape(re.sub(r"<[^>]+>", " ", row.get("Body", "")))
                tags = tuple(re.findall(r"[^<>|]+", row.get("Tags", "")))
                yield document(int(row.get("Id", "")), row.get("Title", ""), body, tags)


def judgements(path: Path) -> Judgements:
    judged: Judgements = defaultdict(dict)
    for line in path.read_text().splitlines()[1:]:
        asked, found, gain = line.split("\t")[:3]
        judged[int(asked)][int(found)] = int(gain)
    return judged


def cranfield(folder: Path) -> Iterator[Document]:
    for line in (folder / "docs.jsonl").read_text().splitlines():
        known = json.loads(line)
        yield document(known["id"], known["title"], known["text"].removeprefix(known["title"]))


def cranfield_rankings(engine: Engine, folder: Path) -> Iterator[Ranking]:
    """Each question as words; some are longer than the search box, so past its grammar."""
    judged = judgements(folder / "qrels.tsv")
    for line in (folder / "queries.jsonl").read_text().splitlines():
        asked = json.loads(line)
        if any(judged[asked["id"]].values()):
            words = Query(asked["text"], words=tuple(Wanted(one) for one in asked["text"].split()))
            hits = engine.search(words, EVERYTHING, limit=10).hits
            yield [hit.id for hit in hits], judged[asked["id"]]


def similar_rankings(engine: Engine, site: Path, asked: list[Document]) -> Iterator[Ranking]:
    titles = {question.id: question.title for question in asked}
    for number, judged in judgements(site / "derived/duplicate_qrels.tsv").items():
        judged = {found: gain for found, gain in judged.items() if found in titles}
        if number in titles and judged:
            scope = replace(EVERYTHING, hidden=frozenset({("topic", number)}))
            hits = engine.similar(titles[number], scope, limit=10)
            yield [hit.id for hit in hits], judged


def main(data: Path) -> None:
    cran = data / "search-cranfield"
    for kind in ENGINES.values():
        with home_of(kind) as home:
            engine = kind.create(home.home, cranfield(cran))
            _print(home, kind.name, "cranfield", cranfield_rankings(engine, cran))
        for site in SITES:
            asked = list(questions(data / site))
            with home_of(kind) as home:
                engine = kind.create(home.home, asked)
                _print(home, kind.name, site, similar_rankings(engine, data / site, asked))


def _print(home: Home, engine: str, what: str, rankings: Iterator[Ranking]) -> None:
    started = home.cpu_seconds()
    done = list(rankings)
    taken = (home.cpu_seconds() - started) / len(done) * 1000
    gain = sum(ndcg(*one) for one in done) / len(done)
    found = sum(recall(*one) for one in done) / len(done)
    print(
        f"{engine:11}{what:18} nDCG@10 {gain:.3f}  Recall@5 {found:.3f}"
        f"  {len(done)} queries, {taken:.1f} ms each",
        flush=True,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared/data")
