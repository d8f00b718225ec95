from __future__ import annotations

import pytest

from handlers.request import Language
from handlers.topics import topic_name
from knowledge.model import Topic


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        (Topic("半导体", "semiconductor"), "semiconductor"),
        (Topic("5G", "5g network"), "5G"),
        (Topic("钠电池"), "钠电池"),
    ],
)
def test_a_topic_is_called_as_people_of_a_language_call_it(topic: Topic, name: str) -> None:
    assert topic_name(topic, Language.EN) == name
    assert topic_name(topic, Language.ZH) == topic.name
