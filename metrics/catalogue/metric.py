"""What the catalogue says of a metric."""

from dataclasses import dataclass

from flask_babel import LazyString


@dataclass(frozen=True, kw_only=True, eq=False)
class Metric:
    """One number of the catalogue.

    `step` is the step of the roadmap it is evidence for, `level` the level of the ladder of
    organisations. `numerator` says what is counted above the line, `rows` what its rows list; where
    there is a numerator, there are as many rows. `better` is the direction one hopes for.
    `counter` is the metric to look at before celebrating this one. `state_of_now`: it describes a
    moment, so a question without a first day means everything up to it. `by_period`: it is counted
    for the last four whole weeks that are over by the end of what is asked, of the whole site.
    """

    id: str
    code: str
    name: LazyString
    definition: LazyString
    formula: LazyString | str
    unit: str
    version: int = 1
    step: int
    level: str = ""
    numerator: LazyString | None = None
    rows: LazyString
    better: str = ""
    counter: str
    source: str
    state_of_now: bool = False
    by_period: bool = False

    @property
    def counts_itself(self) -> bool:
        """Whether the value is itself the number it rests on."""
        return self.id in ("active_members", "contributors")

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "code": self.code,
            "name": str(self.name),
            "definition": str(self.definition),
            "formula": str(self.formula),
            "unit": self.unit,
            "version": self.version,
            "step": self.step,
            "level": self.level or None,
            "numerator": self.numerator and str(self.numerator),
            "rows": str(self.rows),
            "better": self.better or None,
            "counter_metric": self.counter,
            "source": self.source,
        }
