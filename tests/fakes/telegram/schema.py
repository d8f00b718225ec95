"""Requests and answers judged by aiogram's models of the Bot API, which nobody here wrote."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

import aiogram.methods
from aiogram.methods import TelegramMethod
from pydantic import TypeAdapter, ValidationError

from tests.fakes.telegram.refusals import RefusedError, bad_request


@cache
def method_models() -> dict[str, type[TelegramMethod[Any]]]:
    """Return the model of every method of the Bot API by its name in lower case."""
    classes = (value for _, value in inspect.getmembers(aiogram.methods, inspect.isclass))
    models = [value for value in classes if issubclass(value, TelegramMethod) and value is not TelegramMethod]
    return {model.__api_method__.lower(): model for model in models}


def read_parameters(method: str, raw: Mapping[str, str]) -> dict[str, Any]:
    """Return the parameters of a call, from JSON where they are no text. Raises RefusedError.

    A parameter that the method does not have is refused, though Telegram would overlook it.
    """
    model = method_models().get(method.lower())
    if model is None:
        raise RefusedError(404, "Not Found")
    if unknown := set(raw) - set(model.model_fields):
        raise bad_request(f"parameters {sorted(unknown)} are unknown to {method}")
    parameters = {name: _value(model, name, value) for name, value in raw.items()}
    try:
        model.model_validate(parameters)
    except ValidationError as error:
        raise bad_request(f"{method}: {error.errors()[0]['loc']} {error.errors()[0]['msg']}") from error
    return parameters


def check_result(method: str, result: object) -> None:
    """Raise ValidationError for an answer that the real API would not give."""
    _result_type(method.lower()).validate_python(result)


@cache
def _result_type(method: str) -> TypeAdapter[Any]:
    return TypeAdapter(method_models()[method].__returning__)


def _value(model: type[TelegramMethod[Any]], name: str, value: str) -> object:
    annotation = model.model_fields[name].annotation
    if annotation is str or str in get_args(annotation):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"{name} is no JSON") from None
