"""Deals out the small talk: who asks each short question, when, and whether anybody answers.

The same seed and the same files give the same story, whatever day it is told on. The first five
weeks are those of a company that speaks *at* its customers; the next six learn to answer; in the
last five, customers answer one another.
"""

from collections.abc import Iterator
from random import Random

from community.demo.applause import applaud
from community.demo.cast import HERE
from community.demo.manuscripts import read_tables
from community.demo.phases import PHASES, Daylight, Phase
from community.demo.script import Said, Script, Topic

SEED = "Brightwell 9"
_BROADCASTERS = ("luc", "luc", "bea", "marcus", "luc", "dev")


_ECHO = {"late": 0.6, "never": 0.25}
_ECHO_HOURS = (30, 140)
_ACCEPTS, _THANKS, _WELCOMES = 0.78, 0.9, 0.4
_WAIT_HOURS = {"staff": (0.6, 9), "late": (60, 200), "member": (0.7, 14)}


class Composer:
    def __init__(self, script: Script):
        self.script = script
        self.random = Random(SEED)
        self.daylight = Daylight(script.now, self.random)
        self.uses: dict[str, int] = {}
        phrases = read_tables(HERE / "shorts" / "phrases.toml")
        self.phrases = {name: iter(self._shuffled(cards)) for name, cards in phrases.items()}

    def compose(self) -> None:
        for phase, day, short in self._schedule():
            key = "-".join(
                "".join(c if c.isalnum() else " " for c in short["title"].lower()).split()
            )
            self.script.topics[key] = self._topic(key, short, day, phase)
        for number, short in enumerate(_shorts("broadcasts")):
            self.script.topics[f"broadcast-{number + 1}"] = self._broadcast(
                short, 110 - 5 * number, number
            )
        hidden = {flag.topic for flag in self.script.flags if flag.decision == "upheld"}
        for topic in self.script.topics.values():
            if topic.key not in hidden:
                applaud(topic, self.script, self.random)

    def _schedule(self) -> Iterator[tuple[Phase, int, dict]]:
        """Each short once: on its `day`, else evenly spread, and not before `since`."""
        waiting = self._shuffled(
            [short | {"space": space} for space in _SPACES for short in _shorts(space)]
        )
        for short in waiting[:]:
            if "day" in short:
                waiting.remove(short)
                yield _phase_on(short["day"]), short["day"], short
        for phase in PHASES:
            step = (phase.first - phase.last) / phase.shorts
            for number in range(phase.shorts):
                day = round(phase.first - step * number)
                short = next((s for s in waiting if s.get("since", 999) >= day), None)
                if short is None:
                    return
                waiting.remove(short)
                yield phase, day, short

    def _topic(self, key: str, short: dict, day: int, phase: Phase) -> Topic:
        space = short["space"]
        opened = self.daylight.somewhen(day)
        by = short.get("by") or self._somebody(space, "create", opened, _askers(space))
        topic = Topic(
            key,
            short["title"],
            space,
            [Said(by, opened, short["text"])],
            tags=tuple(short.get("tags", ())),
        )
        if "answer" in short:
            self._answer(topic, short, phase)
        else:
            self._discuss(topic, short, phase)
        topic.posts = [post for post in topic.posts if post.at < self.script.now]
        return topic

    def _answer(self, topic: Topic, short: dict, phase: Phase) -> None:
        fate = self._fate(topic, short, phase)
        if fate in ("never", "late") and self.random.random() < _ECHO[fate]:
            self._remark(topic, next(self.phrases["echoes"], ""), to=1, hours=_ECHO_HOURS)
        if fate == "never":
            return
        speaker, words = self._speaker(short["answer"])
        by = speaker if speaker not in (None, "staff") else self._answerer(topic, fate)
        answer = self._reply(topic, words, 1, by, hours=_WAIT_HOURS[fate])
        number = len(topic.posts)
        remarks = short.get("more", [])
        for text in remarks:
            self._remark(topic, text, to=number)
        if fate == "member" and self.random.random() < phase.confirms:
            self._remark(topic, f"staff: {next(self.phrases['confirmations'], '')}", to=1)
            number = len(topic.posts)
        if self.random.random() < _ACCEPTS:
            answer.accepted_at = self.daylight.after(answer.at, 1, 20)
            if not any(text.startswith("asker:") for text in remarks):
                self._thank(topic, number, answer)

    def _thank(self, topic: Topic, number: int, answer: Said) -> None:
        if self.random.random() < _THANKS:
            asker = topic.opening.by
            self._reply(topic, next(self.phrases["thanks"], ""), number, asker, hours=(0.3, 12))
            if self.random.random() < _WELCOMES:
                to, words = len(topic.posts), next(self.phrases["welcome"], "")
                self._reply(topic, words, to, answer.by, hours=(0.2, 6))

    def _discuss(self, topic: Topic, short: dict, phase: Phase) -> None:
        for text in short.get("more", []):
            if self.random.random() < phase.talk:
                chained = len(topic.posts) > 1 and self.random.random() < 0.4
                self._remark(topic, text, to=len(topic.posts) if chained else 1)

    def _remark(
        self, topic: Topic, text: str, *, to: int, hours: tuple[float, float] = (0.5, 30)
    ) -> None:
        """Anything whose speaker is not named is a fellow customer's."""
        by, words = self._speaker(text)
        if by == "asker":
            by = topic.opening.by
        elif by in (None, "staff"):
            segments = ("employee",) if by else _askers(topic.space)
            by = self._somebody(topic.space, "reply", topic.posts[-1].at, segments, topic)
        self._reply(topic, words, to, by, hours)

    def _speaker(self, text: str) -> tuple[str | None, str]:
        """`asker: …`, `staff: …` or `noor: …` says whose words these are."""
        name, colon, words = text.partition(": ")
        known = colon and (name in ("asker", "staff") or name in self.script.cast.people)
        return (name, words) if known else (None, text)

    def _reply(
        self, topic: Topic, text: str, to: int, by: str, hours: tuple[float, float] = (0.5, 30)
    ) -> Said:
        if by == topic.posts[to - 1].by and to > 1:
            to = topic.posts[to - 1].to or 1
        post = Said(by, self.daylight.after(topic.posts[-1].at, *hours), text, to)
        if text:
            topic.posts.append(post)
        return post

    def _broadcast(self, short: dict, day: int, number: int) -> Topic:
        by = _BROADCASTERS[number]
        return Topic(
            f"broadcast-{number + 1}",
            short["title"],
            short["space"],
            [Said(by, self.daylight.somewhen(day), short["text"])],
            tags=("marketing",),
        )

    def _fate(self, topic: Topic, short: dict, phase: Phase) -> str:
        if topic.space == "floor" or short["answer"].startswith("staff:"):
            return "staff"
        return self.random.choices(list(phase.fates), list(phase.fates.values()))[0]

    def _answerer(self, topic: Topic, fate: str) -> str:
        if fate == "member":
            return self._somebody(
                topic.space, "reply", topic.opening.at, ("customer", "partner"), topic
            )
        duty = [key for key in _DUTY.get(topic.space, ()) if self._knows(key, topic)]
        return (
            self.random.choice(duty)
            if duty and self.random.random() < 0.8
            else self._somebody(topic.space, "reply", topic.opening.at, ("employee",), topic)
        )

    def _somebody(
        self, space: str, level: str, at, segments: tuple[str, ...], topic: Topic | None = None
    ) -> str:
        """Lively people speak more often, and nobody all the time."""
        present = {post.by for post in topic.posts} if topic else set()
        allowed = self.script.allowed(space, level) - present
        people = [
            person
            for person in self.script.cast.of(*segments)
            if person.key in allowed and person.joined < at and person.lively > 1
        ]
        weights = [p.lively**4 / (1 + self.uses.get(p.key, 0) / 3) for p in people]
        chosen = self.random.choices(people, weights)[0].key
        self.uses[chosen] = self.uses.get(chosen, 0) + 1
        return chosen

    def _knows(self, key: str, topic: Topic) -> bool:
        return self.script.cast.people[key].joined < topic.opening.at and key != topic.opening.by

    def _shuffled(self, things: list) -> list:
        return self.random.sample(things, len(things))


_SPACES = (
    "questions",
    "importing",
    "reports",
    "api",
    "extensions",
    "building",
    "practice",
    "lobby",
    "floor",
    "using",
)
_DUTY = {
    "questions": ("rafa", "mei", "kwame", "dorota"),
    "importing": ("ingrid", "ingrid", "kwame"),
    "reports": ("thandi", "mei", "rafa"),
    "api": ("noor", "jakub", "eli"),
    "floor": ("sam", "tomas", "dorota", "noor"),
}


def compose(script: Script) -> Script:
    Composer(script).compose()
    return script


def _phase_on(day: int) -> Phase:
    return next((phase for phase in PHASES if day >= phase.last), PHASES[-1])


def _askers(space: str) -> tuple[str, ...]:
    return ("employee",) if space == "floor" else ("customer", "customer", "partner", "public")


def _shorts(space: str) -> list[dict]:
    return read_tables(HERE / "shorts" / f"{space}.toml")["topic"]
