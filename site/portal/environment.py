"""The one place where environment variables are read.

Everything is parsed to a type here and an unusable value stops the start with a sentence that names the variable.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]

SearchEngine = Literal["embedded", "elasticsearch"]
SEARCH_ENGINES: tuple[SearchEngine, ...] = ("embedded", "elasticsearch")
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


def parse_bool(name: str, value: str) -> bool:
    """Read a switch; anything but a plain yes or no is refused, since a typing slip must not loosen a setting."""
    word = value.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def parse_int(name: str, value: str, *, minimum: int, maximum: int) -> int:
    """Read a whole number between two limits (both allowed)."""
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if not minimum <= number <= maximum:
        raise ImproperlyConfigured(f"{name} must be from {minimum} to {maximum}, not {number}.")
    return number


def parse_list(value: str) -> list[str]:
    """Split a comma-separated list, without empty parts."""
    return [part.strip() for part in value.split(",") if part.strip()]


def parse_database_url(url: str) -> dict[str, object]:
    """Turn ``sqlite:////path`` or ``postgresql://user:password@host:port/name?option=value`` into Django's form."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        # SQLAlchemy's convention: three slashes for a relative path, four for an absolute one.
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path)[1:]}
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        host = options.pop("host", "") or parts.hostname or ""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "OPTIONS": options,
        }
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgresql://.")


def parse_mail_url(url: str) -> dict[str, object]:
    """Turn ``smtp://user:password@host:port`` (STARTTLS), ``smtps://…`` or ``smtp+plain://…`` into Django's form."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must look like smtp://user:password@host:587 or smtps://…:465.")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or {"smtp": 587, "smtps": 465, "smtp+plain": 25}[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 10,
        },
    }


def read_elasticsearch(variables: Mapping[str, str]) -> dict[str, Any]:
    """Parse what says where Elasticsearch is and how the index lies there."""
    url = variables.get("ELASTICSEARCH_URL", "")
    if any(urlsplit(node).scheme not in {"http", "https"} or not urlsplit(node).hostname for node in parse_list(url)):
        raise ImproperlyConfigured(
            "ELASTICSEARCH_URL must be addresses like http://127.0.0.1:9200, with commas between."
        )
    index = variables.get("ELASTICSEARCH_INDEX") or "union-portal"
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,99}", index):
        raise ImproperlyConfigured("ELASTICSEARCH_INDEX must be a name of small letters, digits and «-_.».")
    shards = variables.get("ELASTICSEARCH_SHARDS") or "1"
    replicas = variables.get("ELASTICSEARCH_REPLICAS") or "0"
    timeout = variables.get("ELASTICSEARCH_TIMEOUT") or "5"
    return {
        "elasticsearch_url": url,
        "elasticsearch_index": index,
        "elasticsearch_shards": parse_int("ELASTICSEARCH_SHARDS", shards, minimum=1, maximum=64),
        "elasticsearch_replicas": parse_int("ELASTICSEARCH_REPLICAS", replicas, minimum=0, maximum=8),
        "elasticsearch_timeout": parse_int("ELASTICSEARCH_TIMEOUT", timeout, minimum=1, maximum=60),
        "elasticsearch_api_key": variables.get("ELASTICSEARCH_API_KEY", ""),
        "elasticsearch_ca_certs": variables.get("ELASTICSEARCH_CA_CERTS", ""),
    }


def parse_hubs(value: str) -> list[str]:
    """Read the addresses of WebSub hubs."""
    hubs = parse_list(value)
    if any(urlsplit(hub).scheme not in {"http", "https"} or not urlsplit(hub).hostname for hub in hubs):
        raise ImproperlyConfigured("WEBSUB_HUBS must be addresses like https://hub.example.org/, with commas between.")
    return hubs


CHANNEL_NETWORKS = ("facebook", "zalo", "zalo_oauth", "telegram", "mastodon", "bluesky", "webhook", "youtube")


def parse_by_network(name: str, value: str) -> dict[str, str]:
    """Read ``telegram=…,zalo=…``, one value for each network that differs from its default."""
    pairs = dict(part.partition("=")[::2] for part in parse_list(value))
    if unknown := sorted(set(pairs) - set(CHANNEL_NETWORKS)):
        raise ImproperlyConfigured(f"{name} knows {', '.join(CHANNEL_NETWORKS)}, not {unknown[0]!r}.")
    return {network: text.strip() for network, text in pairs.items()}


def parse_seconds_by_network(name: str, value: str) -> dict[str, float]:
    """The same with seconds, of which fractions are allowed."""
    try:
        seconds = {network: float(text) for network, text in parse_by_network(name, value).items()}
    except ValueError:
        raise ImproperlyConfigured(f"{name} must name seconds for each network, like telegram=20,zalo=30.") from None
    if any(not 0 < number <= 3600 for number in seconds.values()):
        raise ImproperlyConfigured(f"{name}: seconds must be more than 0 and at most 3600.")
    return seconds


def read_channels(variables: Mapping[str, str]) -> dict[str, Any]:
    """Parse where networks are, how long they are waited for, and which private networks may be called."""
    urls = parse_by_network("CHANNEL_URLS", variables.get("CHANNEL_URLS", ""))
    if any(urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname for url in urls.values()):
        raise ImproperlyConfigured("CHANNEL_URLS must look like telegram=https://host,zalo=https://host.")
    private = parse_list(variables.get("CHANNEL_PRIVATE_NETWORKS", ""))
    try:
        for network in private:
            ip_network(network)
    except ValueError:
        raise ImproperlyConfigured(
            "CHANNEL_PRIVATE_NETWORKS must be networks like 10.1.2.0/24, with commas between."
        ) from None
    return {
        "channel_urls": urls,
        "channel_timeouts": parse_seconds_by_network("CHANNEL_TIMEOUTS", variables.get("CHANNEL_TIMEOUTS", "")),
        "channel_ask_after": parse_seconds_by_network("CHANNEL_ASK_AFTER", variables.get("CHANNEL_ASK_AFTER", "")),
        "channel_private_networks": private,
    }


def stored_secret(path: Path) -> str:
    """Return the site's secret key from its file, drawing it on the first start.

    The key lives with the site's data, readable by its owner alone, so that a clean clone needs no configuration and
    no secret is ever in the repository. Two processes starting at once agree: whoever is first puts a whole file there.
    """
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", encoding="ascii", dir=path.parent, prefix=".key-") as drawn:  # mode 0600
            drawn.write(secrets.token_urlsafe(64))
            drawn.flush()
            with suppress(FileExistsError):
                os.link(drawn.name, path)
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 50:
        raise ImproperlyConfigured(f"{path} is damaged: delete it to draw a new key (all sessions end).")
    return key


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the environment says, typed. ``docs/developers/settings.md`` lists every variable."""

    data_dir: Path
    port: int = 8000
    bind: str = "127.0.0.1"
    web_processes: int = 2
    secret_key: str = ""
    base_url: str = ""
    allowed_hosts: list[str] = field(default_factory=list)
    trusted_proxy: bool = False
    demo: bool = True
    admin_password: str = ""
    database: dict[str, object] = field(default_factory=dict)
    mail: dict[str, object] = field(default_factory=dict)
    mail_from: str = ""
    search_engine: SearchEngine = "embedded"
    elasticsearch_url: str = ""
    elasticsearch_index: str = "union-portal"
    elasticsearch_shards: int = 1
    elasticsearch_replicas: int = 0
    elasticsearch_timeout: int = 5
    elasticsearch_api_key: str = ""
    elasticsearch_ca_certs: str = ""
    channel_urls: dict[str, str] = field(default_factory=dict)
    channel_timeouts: dict[str, float] = field(default_factory=dict)
    channel_ask_after: dict[str, float] = field(default_factory=dict)
    channel_private_networks: list[str] = field(default_factory=list)
    websub_hubs: list[str] = field(default_factory=list)
    video_max_megabytes: int = 300

    @property
    def public_url(self) -> str:
        """The address readers use, without a final slash."""
        return self.base_url.rstrip("/") or f"http://localhost:{self.port}"

    @property
    def https(self) -> bool:
        """Whether readers reach the portal by HTTPS; switches secure cookies and HSTS."""
        return self.public_url.startswith("https://")


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Parse the variables; raise ImproperlyConfigured on the first that makes no sense."""
    data_dir = Path(variables.get("DATA_DIR") or BASE_DIR / "var")
    if not data_dir.is_absolute():
        data_dir = BASE_DIR / data_dir
    engine = variables.get("SEARCH_ENGINE") or "embedded"
    if engine not in SEARCH_ENGINES:
        raise ImproperlyConfigured(f"SEARCH_ENGINE must be one of {', '.join(SEARCH_ENGINES)}, not {engine!r}.")
    base_url = variables.get("BASE_URL", "")
    if base_url and urlsplit(base_url).scheme not in {"http", "https"}:
        raise ImproperlyConfigured("BASE_URL must begin with http:// or https://.")
    database_url = variables.get("DATABASE_URL", "")
    return Environment(
        data_dir=data_dir,
        port=parse_int("PORT", variables.get("PORT") or "8000", minimum=1, maximum=65535),
        bind=variables.get("BIND") or "127.0.0.1",
        web_processes=parse_int("WEB_PROCESSES", variables.get("WEB_PROCESSES") or "2", minimum=1, maximum=64),
        secret_key=variables.get("SECRET_KEY", ""),
        base_url=base_url,
        allowed_hosts=parse_list(variables.get("ALLOWED_HOSTS", "")),
        trusted_proxy=parse_bool("TRUSTED_PROXY", variables.get("TRUSTED_PROXY", "0")),
        demo=parse_bool("DEMO", variables.get("DEMO", "1")),
        admin_password=variables.get("ADMIN_PASSWORD", ""),
        database=(
            parse_database_url(database_url)
            if database_url
            else {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data_dir / "portal.sqlite3")}
        ),
        mail=parse_mail_url(variables["EMAIL_URL"]) if variables.get("EMAIL_URL", "") else {},
        mail_from=variables.get("EMAIL_FROM", ""),
        search_engine=engine,
        websub_hubs=parse_hubs(variables.get("WEBSUB_HUBS", "")),
        video_max_megabytes=parse_int(
            "VIDEO_MAX_MEGABYTES", variables.get("VIDEO_MAX_MEGABYTES") or "300", minimum=1, maximum=10_000
        ),
        **read_elasticsearch(variables),
        **read_channels(variables),
    )


env = read_environment(os.environ)
