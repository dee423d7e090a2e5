"""Every address of these rooms that writes says who may, and how often."""

ROOMS = ("members", "credentials", "groups", "admin", "privacy", "api")


def test_every_form_has_a_limit(sqlite_app):
    for rule in sqlite_app.url_map.iter_rules():
        if "POST" in rule.methods and rule.endpoint.split(".")[0] in ROOMS:
            view = sqlite_app.view_functions[rule.endpoint]
            assert getattr(view, "limit", None), f"{rule.endpoint} has no limit"


def test_every_view_says_who_may_ask(sqlite_app):
    for endpoint, view in sqlite_app.view_functions.items():
        if endpoint.split(".")[0] in ROOMS:
            assert hasattr(view, "access"), endpoint
