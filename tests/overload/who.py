"""An application that says which process answers."""

import os
from collections.abc import Iterable
from typing import Any


def app(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    name = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Length", str(len(name)))])
    return [name]
