"""What can an operator set, what does each setting mean, and what holds when it is not set?"""

from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 32


class Settings(BaseSettings):
    """Every setting, read once from the environment (or `.env`)."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: str | None = Field(
        default=None,
        description="A managed PostgreSQL 15 or newer, as postgresql://user:password@host/name. Unset: the embedded one.",
    )
    migration_url: str | None = Field(
        default=None,
        description="The same database as DATABASE_URL, by the login that owns it, for migrations. Unset: DATABASE_URL.",
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
        description="The force's identity provider, by its exact issuer. Unset: demo sign-in, on loopback only.",
    )
    oidc_client_id: str | None = Field(
        default=None, description="The name under which the identity provider knows this service."
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None,
        description="What this service proves itself to the identity provider with. Unset: PKCE alone.",
    )
    oidc_step_up_acr: str = Field(
        default="",
        description="The values of acr, apart by spaces, that open health and vetting. Unset: having signed in within the last 15 minutes is enough.",
    )
    oidc_api_audience: str | None = Field(
        default=None,
        description="The audience that tokens of other systems must be made for. Unset: PUBLIC_URL.",
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=10,
        description="How many of our own proxies stand before the service, each adding to X-Forwarded-For.",
    )
    seal_key_file: Path | None = Field(
        default=None,
        description=(
            "The file with the Ed25519 key, in PEM, that signs the heads of the audit; every worker needs the same one. "
            "Unset: made on the first start, in ATTESTED_DATA/seal."
        ),
    )
    heads_file: Path | None = Field(
        default=None,
        description=(
            "The file outside the database to which every signed head of the audit is added. "
            "Unset: ATTESTED_DATA/heads/heads.jsonl."
        ),
    )
    attachment_megabytes: int = Field(
        default=10,
        ge=1,
        le=100,
        description="How large one file may be that somebody attaches, in megabytes.",
    )
    attachment_scanner: str | None = Field(
        default=None,
        description=(
            "What looks for viruses in every file before it is kept: clamd by its socket, as clamd:/run/clamav/clamd.ctl "
            "or clamd://host:3310, or a command that reads the file and ends with 0 (clean) or 1 (not). While it does "
            "not answer nothing is taken. Unset: nothing looks."
        ),
    )
    attachment_store: str | None = Field(
        default=None,
        description=(
            "Where attached files are kept: a bucket that speaks S3, as s3://bucket/folder. "
            "Unset: the folder ATTESTED_DATA/attachments."
        ),
    )
    attachment_store_endpoint: str | None = Field(
        default=None,
        description="The address of the S3 service, where it is not Amazon's own. It must be https, or on this machine.",
    )
    attachment_store_region: str | None = Field(
        default=None, description="The region of the bucket, if its service has any."
    )
    attachment_store_key_id: str | None = Field(
        default=None,
        description="The name to sign in to the bucket with. Unset: what the machine itself is allowed.",
    )
    attachment_store_key: SecretStr | None = Field(
        default=None, description="The secret that goes with the name for the bucket."
    )
    api_calls_a_minute: int = Field(
        default=600,
        ge=1,
        description="How many calls of the API one person or one system may make in a minute.",
    )
    log_format: str = Field(
        default="console",
        pattern="^(console|json)$",
        description="How logs are written: console for people, json for machines.",
    )

    @model_validator(mode="after")
    def _says_enough_to_sign_in(self) -> Self:
        if self.oidc_issuer is None:
            return self
        if not is_private(self.oidc_issuer):
            raise ValueError("OIDC_ISSUER must begin with https://")
        if not self.oidc_client_id:
            raise ValueError("OIDC_ISSUER needs OIDC_CLIENT_ID beside it")
        if len(self.session_secret.get_secret_value() if self.session_secret else "") < SHORTEST_SECRET:
            raise ValueError(f"OIDC_ISSUER needs a SESSION_SECRET of {SHORTEST_SECRET} characters beside it")
        return self

    @model_validator(mode="after")
    def _says_where_files_are_kept(self) -> Self:
        store, endpoint = self.attachment_store, self.attachment_store_endpoint
        if store is not None and not (store.startswith("s3://") and urlsplit(store).netloc):
            raise ValueError("ATTACHMENT_STORE must be s3://bucket, or s3://bucket/folder")
        if endpoint is not None and not is_private(endpoint):
            raise ValueError("ATTACHMENT_STORE_ENDPOINT must begin with https://")
        if (self.attachment_store_key_id is None) != (self.attachment_store_key is None):
            raise ValueError("ATTACHMENT_STORE_KEY_ID and ATTACHMENT_STORE_KEY go together")
        return self

    @property
    def address(self) -> str:
        """Return the address under which people reach the pages, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")


def is_private(url: str) -> bool:
    """Say whether nobody on the way can listen in: over TLS, or without leaving this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def is_loopback(host: str) -> bool:
    """Say whether an address, or the one name every machine has for itself, is of this very machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@cache
def settings() -> Settings:
    """Return the settings, read once."""
    return Settings()
