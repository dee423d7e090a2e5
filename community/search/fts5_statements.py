"""A plan as one SQL statement over FTS5. No word that was typed ever stands in the statement."""

import json

from community.search.engine import TAGS_WEIGHT, TITLE_WEIGHT, Scope
from community.search.planning import Plan, Want

FOUND = """
WITH found AS MATERIALIZED (
    SELECT fact.number, fact.kind, fact.page, fact.created, fact.popularity, {score} AS score
    FROM {source} WHERE {conditions}),
wanted AS (SELECT * FROM found WHERE :any_kind OR kind IN (SELECT value FROM json_each(:kinds))),
best AS (SELECT number, score, popularity, created,
                row_number() OVER (PARTITION BY page ORDER BY {order}) AS place FROM wanted),
chosen AS (SELECT number, score FROM best WHERE place = 1
           ORDER BY {order} LIMIT :limit OFFSET :after)
SELECT 'kind', kind, count(DISTINCT page) FROM found GROUP BY kind
UNION ALL SELECT 'total', '', count(DISTINCT page) FROM wanted
UNION ALL SELECT 'hit', number, score FROM chosen
"""
BEST = "score, popularity DESC, created DESC, number"
LATEST = "created DESC, score, number"


def statement_for(plan: Plan, scope: Scope, *, latest: bool) -> tuple[str, dict]:
    """What finds, filters, groups and counts, and its values, which are all bound."""
    match = _match(plan)
    conditions = [
        "fact.audience IN (SELECT value FROM json_each(:audiences))",
        "fact.state IN (SELECT value FROM json_each(:states))",
    ]
    values = _values(scope) | {"match": match}
    if scope.hidden:
        conditions.append(
            "fact.kind || ':' || fact.id NOT IN (SELECT value FROM json_each(:hidden))"
        )
    if match:
        conditions.append("words MATCH :match")
    _filter(plan, conditions, values)
    statement = FOUND.format(
        score=f"bm25(words, {TITLE_WEIGHT}, 1, {TAGS_WEIGHT})" if match else "0.0",
        source="words JOIN fact ON fact.number = words.rowid" if match else "fact",
        conditions=" AND ".join(conditions),
        order=LATEST if latest else BEST,
    )
    return statement, values


def _values(scope: Scope) -> dict:
    return {
        "audiences": json.dumps(sorted(scope.audiences)),
        "states": json.dumps(sorted(scope.states)),
        "hidden": json.dumps([f"{kind}:{row_id}" for kind, row_id in scope.hidden]),
        "kinds": json.dumps(sorted(scope.kinds)),
        "any_kind": not scope.kinds,
    }


def _filter(plan: Plan, conditions: list[str], values: dict) -> None:
    for place, one in enumerate(plan.narrowing):
        values[f"filter{place}"] = json.dumps(one.values)
        among = f"(SELECT value FROM json_each(:filter{place}))"
        column = f"fact.{one.name} IN {among}"
        if one.name == "tag":
            column = f"fact.number IN (SELECT number FROM tag WHERE tag IN {among})"
        conditions.append(f"NOT ({column})" if one.excluded else column)
    for name, sign, moment in plan.moments:
        values[f"{name}_moment"] = moment.timestamp()
        conditions.append(f"fact.created {sign} :{name}_moment")
    if plan.without:
        values["without"] = _scoped(plan, " OR ".join(_forms(want) for want in plan.without))
        conditions.append("fact.number NOT IN (SELECT rowid FROM words WHERE words MATCH :without)")


def _match(plan: Plan) -> str:
    """The wants in FTS5's own language. Terms hold no quotation marks: the analysis makes none."""
    needed = [_forms(want) for want in plan.needed]
    welcome = [_forms(want) for want in plan.welcome]
    parts = [*needed, f"({' OR '.join(needed + welcome)})"] if welcome else needed
    return _scoped(plan, " AND ".join(parts))


def _forms(want: Want) -> str:
    forms = ['"' + " ".join(form) + '"' for form in want.forms]
    if want.prefix:
        forms.append(f'"{want.prefix}"*')
    return "(" + " OR ".join(forms) + ")"


def _scoped(plan: Plan, match: str) -> str:
    return f"{{title}} : ({match})" if match and plan.query.in_title else match
