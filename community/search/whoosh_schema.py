"""How a document stands in a Whoosh index."""

# Whoosh's own annotations do not fit what it does.
# pyright: reportPrivateImportUsage=false
# pyright: reportArgumentType=false
# pyright: reportAttributeAccessIssue=false
# pyright: reportOptionalMemberAccess=false

from math import log

from whoosh import columns, fields, scoring
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.searching import Searcher

from community.search.documents import Document, code_of, to_card
from community.search.engine import TAGS_WEIGHT, TITLE_WEIGHT
from community.search.words import indexed, joined

SCHEMA = fields.Schema(
    key=fields.ID(unique=True, stored=True),
    text=fields.TEXT(analyzer=SpaceSeparatedTokenizer()),
    title=fields.TEXT(analyzer=SpaceSeparatedTokenizer()),
    kind=fields.ID,
    author=fields.ID,
    space=fields.ID,
    status=fields.ID,
    language=fields.ID,
    tag=fields.KEYWORD(commas=True),
    card=fields.STORED,
    # Read as arrays, once per segment: what every match is filtered and counted by.
    kind_code=fields.COLUMN(columns.NumericColumn("q")),
    state_code=fields.COLUMN(columns.NumericColumn("q")),
    page_code=fields.COLUMN(columns.NumericColumn("q")),
    audience=fields.COLUMN(columns.NumericColumn("q")),
    created=fields.COLUMN(columns.NumericColumn("q")),
    popularity=fields.COLUMN(columns.NumericColumn("q")),
)
FACTS = ("kind_code", "state_code", "page_code", "audience", "created", "popularity")


class Weighting(scoring.BM25F):
    """BM25 over one field that holds the title several times (see bench/search_relevance.py)."""

    use_final = False

    def __init__(self) -> None:
        super().__init__(B=0.75, K1=2.0)

    def idf(self, searcher: Searcher, fieldname: str, text: str) -> float:
        parent = searcher.get_parent()
        holding, all_of_them = parent.doc_frequency(fieldname, text), parent.doc_count_all()
        return log(1 + (all_of_them - holding + 0.5) / (holding + 0.5))


def fields_of(document: Document) -> dict:
    title = indexed(document.title, document.language)
    tags = indexed(" ".join(document.tags), document.language)
    body = indexed(document.body, document.language)
    weight = TITLE_WEIGHT if document.has_own_title else 1
    return {
        "key": f"{document.kind}:{document.id}",
        "text": joined(*[title] * weight, *[tags] * TAGS_WEIGHT, body),
        "title": title if document.has_own_title else "",
        "kind": document.kind,
        "author": document.author.casefold(),
        "space": document.space.casefold(),
        "status": document.status.casefold(),
        "language": document.language,
        "tag": ",".join(tag.casefold().replace(",", " ") for tag in document.tags),
        "card": to_card(document),
        "kind_code": code_of(document.kind),
        "state_code": code_of(document.state),
        "page_code": code_of(document.page),
        "audience": document.audience_id,
        "created": int(document.created_at.timestamp()),
        "popularity": document.popularity,
    }
