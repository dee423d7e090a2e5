"""Attack and nuisance inputs, and the places in a text where each is put."""

import json
from functools import cache
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[4] / "shared" / "data"

CONTAINERS = {
    "paragraph": "{}",
    "heading": "# {}",
    "list": "- {}\n- next",
    "quote": "> {}",
    "link target": "[words]({})",
    "link in brackets": "[words](<{}>)",
    "link title": '[words](/t/a "{}")',
    "link words": "[{}](https://example.com)",
    "reference": "[words][1]\n\n[1]: {}",
    "autolink": "<{}>",
    "picture": "![words]({})",
    "picture words": "![{}](https://example.com/a.png)",
    "code": "`{}`",
    "fence": "```html\n{}\n```",
    "fence language": "``` {}\nwords\n```",
    "table": "| a | b |\n|---|---|\n| {} | x |",
    "footnote": "words[^1]\n\n[^1]: {}",
    "page link": "[[{}]]",
    "mention": "@ada{}",
    "quotation": "> [!quote post=k3f9x2ab]\n> {}",
}


def shared(folder: str) -> Path:
    """A folder of the shared data, or a skip that says which is missing."""
    path = SHARED / folder
    if not path.is_dir():
        pytest.skip(f"the shared data {folder} is not here")
    return path


@cache
def payloads() -> tuple[str, ...]:
    """Every hostile or odd string of the three suites, once."""
    found = [
        case["payload"]
        for case in json.loads((shared("xss-dompurify") / "expect.json").read_text())
    ]
    found += [
        case["input"]
        for case in json.loads((shared("sanitizer-bleach") / "cases.json").read_text())
    ]
    found += json.loads((shared("naughty-strings") / "blns.json").read_text())
    return tuple(dict.fromkeys(found))


def combinations(every: int = 1):
    """Payload × container; of these every n-th, so that all of both are met."""
    for number, payload in enumerate(payloads()):
        for place, (name, container) in enumerate(CONTAINERS.items()):
            if (number + place) % every == 0:
                yield payload, name, container.replace("{}", payload)
