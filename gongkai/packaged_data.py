"""YAML that ships with the packages: rules, lists, words, sentences.

Read by libyaml where PyYAML's wheel has it, ten times as fast as by PyYAML's own parser: a process that starts reads
five thousand lines of it.
"""

from importlib.resources import files
from typing import Any

import yaml

SafeLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same language as `yaml.SafeLoader`, and the same marks."""


def packaged_yaml(package: str, name: str) -> Any:
    """What a file beside a module says; `package` is the module's `__package__`."""
    return yaml.load((files(package) / name).read_text(encoding="utf-8"), SafeLoader)  # noqa: S506  # a safe loader
