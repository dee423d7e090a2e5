"""An installation of its own, as for the tests that kill one."""

from tests.crash.conftest import install

__all__ = ["install"]
