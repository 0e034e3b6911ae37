"""Files that settings name: TOML or JSON by their names, read once, with every fault told in words."""

import json
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from app.schemas.fields import Incoming

MOST_BYTES = 262_144

Model = TypeVar("Model", bound=Incoming)


def read(path: Path, model: type[Model]) -> Model:
    """The file; raises RuntimeError with every fault of it."""
    try:
        return model.model_validate(_parsed(path.read_text("utf-8"), is_json=path.suffix == ".json"))
    except ValidationError as error:
        faults = (
            f"{'.'.join(map(str, each['loc'])) or 'the file'}: {each['msg']}" for each in error.errors()
        )
        raise RuntimeError("\n".join(f"{path}: {each}" for each in faults)) from None
    except (OSError, ValueError, RecursionError) as error:
        raise RuntimeError(f"{path}: {error}") from error


def _parsed(content: str, *, is_json: bool) -> Any:
    if len(content) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES} characters")
    return json.loads(content) if is_json else tomllib.loads(content)
