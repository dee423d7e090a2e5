"""A plan in Whoosh's queries."""

# Whoosh's own annotations do not fit what it does.
# pyright: reportPrivateImportUsage=false

from itertools import islice

from whoosh import query
from whoosh.searching import Searcher

from community.search.grammar import Filter
from community.search.planning import Plan, Want

PREFIX_FORMS = 40


def query_of(plan: Plan, searcher: Searcher) -> query.Query:
    """What must match, and what adds to the score."""
    name = "title" if plan.query.in_title else "text"
    wants = [(want, _matching(want, name, searcher)) for want in plan.wants]
    asked = query.And([one for want, one in wants if want.firm or plan.every])
    loose = query.Or([one for want, one in wants if not (want.firm or plan.every)])
    if not wants:
        asked = query.ConstantScoreQuery(query.Every(), 0.0)
    elif loose.subqueries:
        asked = query.AndMaybe(asked, loose) if asked.subqueries else loose
    absent = [_matching(want, name, searcher) for want in plan.without]
    return _filtered(asked, plan, absent).normalize()


def _matching(want: Want, name: str, searcher: Searcher) -> query.Query:
    forms = [
        query.Term(name, form[0]) if len(form) == 1 else query.Phrase(name, list(form))
        for form in want.forms
    ]
    if want.prefix:
        longer = islice(searcher.reader().expand_prefix(name, want.prefix), PREFIX_FORMS)
        forms += [query.Term(name, term.decode()) for term in longer]
    return query.Or(forms)


def _filtered(asked: query.Query, plan: Plan, absent: list[query.Query]) -> query.Query:
    """Kinds asked for are no condition here: the others are still counted."""
    filters = plan.query.filters
    absent = absent + [_either(one) for one in filters if one.excluded]
    present = [_either(one) for one in filters if not one.excluded and one.name != "kind"]
    if present:
        asked = query.Require(asked, query.And(present))
    return query.AndNot(asked, query.Or(absent)) if absent else asked


def _either(one: Filter) -> query.Query:
    return query.Or([query.Term(one.name, value) for value in one.values])
