"""Questions about this installation, which `flask doctor` asks; rooms add their own."""

from collections.abc import Callable, Iterable

from community.database import session

Question = Callable[[], Iterable[str]]
Mend = Callable[[], object]

mends: dict[str, Mend] = {}
remarks: list[Callable[[], str]] = []
_questions: dict[str, Question] = {}


def diagnosis(name: str, *, mended_by: Mend | None = None) -> Callable[[Question], Question]:
    """Register a question; it yields a sentence for each thing that is wrong."""

    def register(question: Question) -> Question:
        _questions[name] = question
        if mended_by:
            mends[name] = mended_by
        return question

    return register


def remark(tell: Callable[[], str]) -> Callable[[], str]:
    """Register a sentence that is said whether all is well or not."""
    remarks.append(tell)
    return tell


def examine() -> dict[str, list[str]]:
    """Name → what is wrong; an empty list is well."""
    found = {}
    for name, question in _questions.items():
        try:
            found[name] = list(question())
        except Exception as error:  # a question that cannot be answered is an answer
            session.rollback()
            found[name] = [f"could not be found out: {type(error).__name__}: {error}"]
    return found
