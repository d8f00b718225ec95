"""What pyproject.toml cannot say: `COMPILE_HANGXUN=1 pip wheel .` compiles the extraction of figures.

It is plain Python otherwise, and finds the same figures: docs/decisions/021-extraction-can-be-compiled.md.
"""

from __future__ import annotations

import os

from setuptools import Extension, setup

COMPILED = """
    about alternatives attribution cast dates extract figure figures finder indicator lines lists marked needs
    numerals patterns period printed reading sentence shapes shortlist source subject tables units
"""
"""The modules of knowledge/metrics that `extract` is made of; one that is missing here is only slower."""


def extensions() -> list[Extension]:
    """Return the modules to compile. Needs a C compiler and the packages of the group `compile`."""
    if os.environ.get("COMPILE_HANGXUN") != "1":
        return []
    from mypyc.build import mypycify

    return mypycify([f"knowledge/metrics/{name}.py" for name in COMPILED.split()], group_name="hangxun")


setup(ext_modules=extensions())
