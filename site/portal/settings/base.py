"""Settings shared by every environment; safe for production, which dev and test only relax."""

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from portal.environment import BASE_DIR, env, stored_secret  # BASE_DIR is a setting too

DATA_DIR = env.data_dir
for _folder in ("run", "media", "static"):
    (DATA_DIR / _folder).mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.secret_key or stored_secret(DATA_DIR / "secret-key")
DEBUG = False
ALLOWED_HOSTS = env.allowed_hosts or ["localhost", "127.0.0.1", "[::1]"]
WAGTAILADMIN_BASE_URL = env.public_url
CSRF_TRUSTED_ORIGINS = [env.public_url]

INSTALLED_APPS = [
    "portal",
    "home",
    "news",
    "policies",
    "infographics",
    "frames",
    "contests",
    "training",
    "events",
    "archives",
    "organisations",
    "api",
    "search",
    "crossposting",
    "outbox",
    "pagecache",
    "visits",
    "pages",
    "accounts",
    "images",
    "documents",
    "taxonomy",
    "core",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.wagtail_users.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "crossposting.feeds.polls.FeedPolls",
    "portal.middleware.StaticFileHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.ContentSecurityPolicy",
    "portal.compression.Compression",
    "django.middleware.http.ConditionalGetMiddleware",
    "visits.middleware.VisitCounter",
    "portal.middleware.CacheHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.MemberAccounts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.portal",
            ],
        },
    },
]

SQLITE = env.database["ENGINE"] == "django.db.backends.sqlite3"
if not SQLITE:
    INSTALLED_APPS.append("django.contrib.postgres")  # the admin's search index is made of its fields
SQLITE_OPTIONS = {
    # Writers queue instead of failing half-way; WAL lets readers go on meanwhile.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
        "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
    ),
}
DATABASES = {
    "default": {
        **env.database,
        "CONN_MAX_AGE": None if SQLITE else 60,
        "OPTIONS": {
            **env.database.get("OPTIONS", {}),  # type: ignore[dict-item]  # the parser's dict holds plain objects
            **(SQLITE_OPTIONS if SQLITE else {}),
        },
    },
    # Counts of views never wait for the content's write lock, nor it for them.
    "visits": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "visits.sqlite3",
        "OPTIONS": {**SQLITE_OPTIONS, "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"},
        "TEST": {"MIGRATE": False},  # the migrations of all other apps would run there for nothing
    },
}
DATABASE_ROUTERS = ["visits.routers.VisitsRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Limits of attempts live here, too: room enough that nobody pushes them out by trying many names.
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
    # Rendered feeds, named by the state they show: shared by all processes, made anew when lost.
    "feeds": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "feeds",
        "TIMEOUT": 60 * 60 * 24 * 3,
        "OPTIONS": {"MAX_ENTRIES": 4000},
    },
    # Answers of the public interface, the same way; apart, so that many questions push no feed out.
    "api": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "api",
        "TIMEOUT": 60 * 60 * 24,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "phien"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # allauth's own pages do it
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm", "signup": "accounts.forms.SignupForm"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the e-mail is changed
ACCOUNT_CHANGE_EMAIL = True  # one e-mail for each account; a new one counts once it is proved
# Besides allauth's own, which stay on. A hall of forty activates from one address.
ACCOUNT_RATE_LIMITS = {"activate": "60/m/ip,5/5m/key", "export": "5/h/user"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ADAPTER = "accounts.two_step.TwoStepAdapter"
MFA_FORMS = {"add_webauthn": "accounts.passkeys.AddPasskeyForm", "edit_webauthn": "accounts.passkeys.RenamePasskeyForm"}
MFA_TOTP_ISSUER = "Công đoàn"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["portal.formats"]
# Ours comes first, so that a message of the portal wins over the same words of a library.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "upstream"]

STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # a header on every file, for fonts that other sites would take from ours
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static_files.StaticFiles"},
}
FILE_UPLOAD_PERMISSIONS = 0o644

# pages.atomic writes redirects in the same transaction as the change; Wagtail's own receivers may come after a crash.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAIL_SITE_NAME = "Cổng thông tin Công đoàn"
WAGTAIL_PAGE_MODEL = "pages.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "images.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "images.forms.PortalImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "documents.PortalDocument"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif", "avif", "heic"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
# A signed scan of an agreement easily passes Wagtail's 10 MB.
FILE_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
VIDEO_MAX_UPLOAD_SIZE = env.video_max_megabytes * 1024 * 1024
WAGTAILDOCS_MAX_UPLOAD_SIZE = max(FILE_MAX_UPLOAD_SIZE, VIDEO_MAX_UPLOAD_SIZE)
WAGTAILDOCS_DOCUMENT_FORM_BASE = "documents.forms.PortalDocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "txt", "csv", "zip"]
WAGTAILDOCS_EXTENSIONS += ["mp3", "m4a", "ogg", "opus", "wav", "mp4", "webm", "vtt"]
# What machines' own lists leave out or call otherwise.
WAGTAILDOCS_CONTENT_TYPES = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "h3", "ol", "ul", "link", "document-link", "hr"]},
    }
}
WAGTAIL_MODERATION_ENABLED = True
# In milliseconds after the last key. With Wagtail's own half a second a draft is often just being saved when its editor
# presses «publish», who is then told of a newer version in another window.
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no third-party request, in the admin neither
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = [{"class": "wagtail.embeds.finders.oembed"}]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": f"core.admin_search.{'sqlite' if SQLITE else 'postgresql'}"}}
TAGGIT_CASE_INSENSITIVE = True
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_SEARCH_ENABLED = False  # words are searched for by the portal's own engine
WAGTAILAPI_RICH_TEXT_FORMAT = "html"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin shows previews in a frame of its own
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False  # the admin's own scripts read it
SESSION_COOKIE_SAMESITE = "Lax"
TRUSTED_PROXY = env.trusted_proxy
ALLAUTH_TRUSTED_PROXY_COUNT = int(TRUSTED_PROXY)  # limits of attempts count readers, not the proxy
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if env.https:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365

PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
# No nonce: the bytes of a public page are the same for every reader, and may be stored and served again.
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": ["https://www.youtube-nocookie.com"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
# Wagtail's date choosers still print inline scripts and its editor sets style attributes.
ADMIN_CSP = {
    **SECURE_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF, "https://www.youtube-nocookie.com"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "wagtail": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},  # a line for every request otherwise
    },
}

# Without a mail server, messages are kept as files: a forgotten password must not end in an error page.
MAILERS = {
    "default": env.mail
    or {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": str(DATA_DIR / "mail")}}
}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mail_from or "cong-thong-tin@localhost"

SEARCH_ENGINE = env.search_engine
ELASTICSEARCH_URL = env.elasticsearch_url
ELASTICSEARCH_INDEX = env.elasticsearch_index
ELASTICSEARCH_SHARDS = env.elasticsearch_shards
ELASTICSEARCH_REPLICAS = env.elasticsearch_replicas
ELASTICSEARCH_TIMEOUT = env.elasticsearch_timeout
ELASTICSEARCH_API_KEY = env.elasticsearch_api_key
ELASTICSEARCH_CA_CERTS = env.elasticsearch_ca_certs

# Servers that carry news of a feed to its subscribers at once; the portal tells them, and feeds name them.
WEBSUB_HUBS = env.websub_hubs

CHANNEL_URLS = env.channel_urls
CHANNEL_TIMEOUTS = env.channel_timeouts
CHANNEL_ASK_AFTER = env.channel_ask_after
CHANNEL_PRIVATE_NETWORKS = env.channel_private_networks
CHANNEL_FRESH_HOURS = 48  # a post that has waited longer is no news any more, and a person decides
CHANNEL_NEWS_DAYS = 7  # an item dated earlier is not posted by itself, however it came here
