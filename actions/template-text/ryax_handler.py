import json

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError


def values_of(text):
    try:
        values = json.loads(text or "{}")
    except ValueError as error:
        raise ValueError(f"values is not JSON: {error}.") from None
    if not isinstance(values, dict):
        raise ValueError("values must be a JSON object.")
    return values


def handle(inputs):
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined if inputs["strict"] else Undefined,
        autoescape=inputs["escape_html"],
        keep_trailing_newline=True,
        # There are no other templates to include.
        loader=FunctionLoader(lambda name: None),
    )
    values = values_of(inputs["values"])
    try:
        return {"text": environment.from_string(inputs["template"]).render(values)}
    except TemplateSyntaxError as error:
        raise ValueError(f"The template's line {error.lineno}: {error.message}") from None
    except SecurityError as error:
        raise ValueError(f"The template may not do that: {error}") from None
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise ValueError(f"The template cannot be filled: {error}") from None
