"""How templates call macros and functions and write values: by the shortest way.

A topic page does so two thousand times. Jinja's own ways take into account what anybody may want,
which was a third of what it cost to make one.
"""

from functools import lru_cache, partial
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

import jinja2.runtime
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.utils import missing

from community.escaping import marked, written
from community.i18n import spoken_in

PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType, partial})
MOST_REMEMBERED = 1_000


class Template(jinja2.Template):
    """Whose code writes values and makes macros as below, and whose macros are made once.

    Jinja lets each template have globals of its own, looks for each of them in two places when a
    template is included, and compares them with the page's at every `import`; here all templates
    have the same ones.
    """

    @classmethod
    def _from_namespace(cls, environment: Any, namespace: Any, globals: Any) -> Any:
        namespace |= {"escape": written, "Macro": Macro}
        return super()._from_namespace(environment, namespace, environment.globals)

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> Any:
        if self._module is None:
            module = super()._get_default_module()
            for name in getattr(module, "remembered", ()):
                setattr(module, name, Remembered(getattr(module, name)))
        return self._module


class Macro(jinja2.runtime.Macro):
    """Puts what it is given in the order of its parameters."""

    @pass_eval_context
    def __call__(self, *args: Any, **named: Any) -> str:
        if args and type(args[0]) is EvalContext:
            return self.called(args[0].autoescape, args[1:], named)
        return self.called(self._default_autoescape, args, named)

    def called(self, autoescape: bool, args: tuple[Any, ...], named: dict[str, Any]) -> str:
        given = list(args)
        if len(args) < self._argument_count:
            rest = self.arguments[len(args) :]
            given += [named.pop(name) if name in named else missing for name in rest]
        if self.caller:
            given.append(named.pop("caller", None) or self._environment.undefined(name="caller"))
        if named or len(args) > self._argument_count:
            raise TypeError(f"{self.name} does not take {[*named, *args[self._argument_count :]]}")
        said = self._func(*given)
        return marked(said) if autoescape else said


# How a function says that it wants this first; Jinja has no public name for it.
EVAL_CONTEXT = Macro.__call__.jinja_pass_arg  # type: ignore[attr-defined]


class Remembered:
    """A macro that is made once for the same words and numbers, in one language.

    A template names those of its macros in a tuple `remembered`. They must say nothing else than
    what they are given, and no times, for those go by the reader's zone. Rows are not taken: they
    change, and would never go.
    """

    def __init__(self, macro: Macro) -> None:
        self.say = lru_cache(MOST_REMEMBERED, typed=True)(self._say)
        self.macro = macro

    def __call__(self, *args: Any, **named: Any) -> str:
        return self.called(True, args, named)

    def called(self, autoescape: bool, args: tuple[Any, ...], named: dict[str, Any]) -> str:
        return self.say(spoken_in(), autoescape, tuple(named.items()), *args)

    def _say(self, _language: Any, autoescape: bool, named: Any, *args: Any) -> str:
        if not all(is_plain(value) for value in (*args, named)):
            raise TypeError(f"{self.macro.name} is given a row")
        return self.macro.called(autoescape, args, dict(named))


def is_plain(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(map(is_plain, value))
    return value is None or issubclass(type(value), str | int)  # what stands for one is none


class Context(jinja2.runtime.Context):
    """Passes a call on as it stands in the template, but for functions that say they want more.

    Jinja gives the variables of the loop or block along, for whoever looks at the whole context.
    """

    def call(
        self,
        function: Any,
        /,
        *args: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **named: Any,
    ) -> Any:
        kind = type(function)
        if kind is Macro or kind is Remembered:
            return function.called(self.eval_ctx.autoescape, args, named)
        wants = getattr(function, "jinja_pass_arg", None)
        if kind in PLAIN and wants is None:
            return function(*args, **named)
        if wants is EVAL_CONTEXT:
            return function(self.eval_ctx, *args, **named)
        variables = {"_loop_vars": _loop_vars, "_block_vars": _block_vars}
        return super().call(function, *args, **named, **variables)
