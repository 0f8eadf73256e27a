"""Settings from the environment or ``.env``; all problems are told at once, before anything is made."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PUBLIC_API = "https://api.telegram.org"
PUBLIC_RATE = 30.0


class SettingsError(Exception):
    """The settings are wrong; the message names every one of them and the remedy."""


class Settings(BaseSettings):
    """What can be set. ``.env.example`` shows each with its meaning; a test compares the two."""

    # A line ``NAME=`` means that it is not set, as .env.example says.
    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = PUBLIC_API
    telegram_rate: float | None = Field(default=None, gt=0, le=1000)
    database_url: SecretStr = SecretStr("sqlite:///data/cairn.db")
    cairn_secret_key: SecretStr | None = None
    cairn_clock_file: Path | None = None
    phone_port: int = Field(default=8080, ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("telegram_bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        number, _, rest = value.get_secret_value().partition(":")
        if not (number.isdecimal() and rest and rest.isascii() and not set(rest) & set("/ ?#")):
            raise ValueError("is not a bot token; @BotFather gives one like 123456789:AAE...")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("is not an http(s) address without the /bot part")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_known_database(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("begins with neither sqlite:/// nor postgresql+psycopg://")
        return value

    @property
    def rate(self) -> float | None:
        """Messages a second in all: 30 at the public address, no limit elsewhere unless set."""
        if self.telegram_rate is not None:
            return self.telegram_rate
        return PUBLIC_RATE if self.telegram_api_url == PUBLIC_API else None


def load_settings() -> Settings:
    """Read the settings. Raises SettingsError with all problems at once."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(problem) for problem in error.errors())) from None


def _sentence(problem: object) -> str:
    # The value itself is never shown: it may be a secret.
    assert isinstance(problem, dict)  # noqa: S101 — narrows a TypedDict of pydantic
    name = ".".join(str(part) for part in problem["loc"]).upper()
    text = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name} {text[0].lower()}{text[1:]}" if problem["type"] == "value_error" else f"{name}: {text}"
