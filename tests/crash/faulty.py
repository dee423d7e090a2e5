"""`wsgi` with the fault that `FAULT` names."""

import os

from tests.crash.faults import FAULTS
from wsgi import app

__all__ = ["app"]

FAULTS[os.environ["FAULT"]]()
