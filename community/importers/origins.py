"""Finding and noting where rows came from."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from community.database import session
from community.importers.models import Origin


class Origins:
    """The origins of one system, by kind; read once, kept as the import goes."""

    def __init__(self, system: str) -> None:
        self.system = system
        self._known: dict[str, dict[str, int]] = {}

    def known(self, kind: str) -> dict[str, int]:
        """External id → our key, for every row of this kind that was imported."""
        if kind not in self._known:
            rows = session.execute(
                select(Origin.external_id, Origin.subject_id).where(
                    Origin.system == self.system, Origin.kind == kind
                )
            )
            self._known[kind] = dict(rows.all())  # type: ignore[arg-type]
        return self._known[kind]

    def among(self, kind: str, external_ids: Iterable[str]) -> dict[str, int]:
        """The same for these alone: for kinds with more rows than one would keep in mind."""
        rows = session.execute(
            select(Origin.external_id, Origin.subject_id).where(
                Origin.system == self.system,
                Origin.kind == kind,
                Origin.external_id.in_(set(external_ids)),
            )
        )
        return dict(rows.all())  # type: ignore[arg-type]

    def note(self, kind: str, subject_kind: str, pairs: dict[str, int]) -> None:
        """Remember these in the current transaction."""
        if not pairs:
            return
        session.execute(
            insert(Origin),
            [
                {
                    "system": self.system,
                    "kind": kind,
                    "external_id": external,
                    "subject_kind": subject_kind,
                    "subject_id": ours,
                }
                for external, ours in pairs.items()
            ],
        )
        if kind in self._known:
            self._known[kind].update(pairs)

    def forget(self, kind: str) -> None:
        """In the current transaction."""
        same = (Origin.system == self.system, Origin.kind == kind)
        session.execute(delete(Origin).where(*same))
        self._known.pop(kind, None)
