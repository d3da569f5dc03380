"""Options, each from the nearest that names it: hetong.toml < environment (HETONG_ENGINE=...) < command line.

>>> Settings(engine="tesseract").engine
'tesseract'
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline.errors import UsageError

# What a record is made of, its messages included; the rest (where, how fast) changes nothing in it.
BEARING = ("engine", "backend", "text_layer", "lang", "max_pages", "max_pixels", "apply_repairs")


def default_cache() -> Path:
    """The user's cache folder, by the XDG base directory specification."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hetong"


class Settings(BaseSettings):
    """All options; unknown names are refused."""

    model_config = SettingsConfigDict(env_prefix="HETONG_", toml_file="hetong.toml", extra="forbid", frozen=True)

    engine: str = Field("rapid", description="OCR engine: a module of pipeline.ocr")
    backend: str = Field("auto", description="what runs the networks: a module of pipeline.ocr.backends, or auto")
    text_layer: Literal["auto", "never"] = Field("auto", description="whether a page's own text may be used")
    lang: Literal["zh", "en"] = Field("zh", description="language of messages and reports")
    threads: int = Field(1, ge=1, le=64, description="inference threads of one process")
    workers: int = Field(0, ge=0, le=256, description="processes of a batch; 0: one a core")
    on: str = Field("local", description="where a batch is done: a module of pipeline.batch.executors")
    timeout: int = Field(1800, ge=1, description="seconds a file may take in a batch")
    memory: int = Field(4096, ge=0, description="MiB of memory a file may take in a batch; 0: no limit")
    attempts: int = Field(3, ge=1, description="how often a batch tries a file whose process was lost")
    max_pages: int = Field(2000, ge=1, description="a file with more pages is refused")
    max_pixels: int = Field(100_000_000, ge=1, description="a page with more pixels is refused or scaled down")
    apply_repairs: bool = Field(False, description="put repairs that equations and image support into the record")
    cache: bool = Field(True, description="keep pages that were read")
    cache_dir: Path = Field(default_factory=default_cache, description="where pages that were read are kept")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def sha256(self) -> str:
        """A hash of the settings that bear on the result."""
        bearing = "\n".join(f"{name}={getattr(self, name)}" for name in BEARING)
        return hashlib.sha256(bearing.encode()).hexdigest()


def load(**command_line: Any) -> Settings:
    """The settings of this run; options that are None were not given. Raises UsageError."""
    try:
        return Settings(**{name: value for name, value in command_line.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"设置 {name} 无效：{first['msg']}") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"hetong.toml 无法读取：{error}") from error
