"""What can an operator set, what does each setting mean, and what holds when it is not set?"""

from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting, read once from the environment (or `.env`)."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: str | None = Field(
        default=None,
        description="A managed PostgreSQL 15 or newer, as postgresql://user:password@host/name. Unset: the embedded one.",
    )
    redis_url: str | None = Field(
        default=None,
        description="A managed Valkey or Redis, as redis://host:6379/0 or unix:///path. Unset: the embedded one.",
    )
    attested_data: Path = Field(
        default=Path(".data"),
        description="The folder in which the embedded servers keep their data.",
    )
    host: str = Field(
        default="127.0.0.1",
        description="The address on which the web server listens. Demo sign-in exists on loopback only.",
    )
    port: int = Field(default=8000, ge=1, le=65535, description="The port on which the web server listens.")
    public_url: str | None = Field(
        default=None,
        description="The address people use, for links in e-mail. Unset: http://localhost and the port.",
    )
    database_pool: int = Field(
        default=10, ge=1, description="The most database connections that one process holds."
    )
    statement_timeout_seconds: float = Field(
        default=5.0,
        gt=0,
        description="How long one statement of a page may take, in seconds, before the page says that it is busy.",
    )
    smtp_host: str | None = Field(
        default=None,
        description="The mail server for notices. Unset: notices stay in the pages' inbox only.",
    )
    smtp_port: int = Field(default=25, ge=1, le=65535, description="The mail server's port.")
    smtp_user: str | None = Field(
        default=None, description="The name to sign in to the mail server with, if it asks."
    )
    smtp_password: SecretStr | None = Field(default=None, description="The password that goes with the name.")
    smtp_start_tls: bool = Field(default=False, description="Whether to turn to TLS after connecting.")
    mail_from: str = Field(
        default="Attested <no-reply@attested.test>",
        description="The sender of notices.",
    )
    session_secret: SecretStr | None = Field(
        default=None,
        description="At least 32 characters that sign forms against forgery. Unset: made anew at each start.",
    )
    oidc_issuer: str | None = Field(
        default=None,
        description="The force's identity provider. While it is unset, demo sign-in is offered, on loopback only.",
    )
    log_format: str = Field(
        default="console",
        pattern="^(console|json)$",
        description="How logs are written: console for people, json for machines.",
    )

    @property
    def address(self) -> str:
        """Return the address under which people reach the pages, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")


@cache
def settings() -> Settings:
    """Return the settings, read once."""
    return Settings()
