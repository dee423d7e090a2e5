"""The launcher, starting `tests.crash.faulty` where the product starts `wsgi`."""

import sys
from collections.abc import Sequence
from subprocess import Popen

from community import launcher

INSTEAD = {"wsgi": "tests.crash.faulty", "wsgi:app": "tests.crash.faulty:app"}
_start = launcher.start


def start(command: Sequence[str], **options) -> Popen:
    return _start([INSTEAD.get(word, word) for word in command], **options)


if __name__ == "__main__":
    launcher.start = start
    sys.exit(launcher.main())
