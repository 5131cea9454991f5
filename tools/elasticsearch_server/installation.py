"""The server's jars, resolved by Maven into the user's cache, and laid out as the server expects its home to be."""

import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

VERSION = "8.19.21"
POM = Path(__file__).with_name("pom.xml")
# A pinned version of the plugin: which one Maven would take otherwise depends on the Maven.
COPY_DEPENDENCIES = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
TRANSPORT = "transport-netty4"
DESCRIPTOR = "plugin-descriptor.properties"
INSTALL_COMMAND = "python -m tools.elasticsearch_server install"


class UnavailableError(RuntimeError):
    """Elasticsearch cannot be installed or started here; the message says what is missing."""


def installation() -> Path:
    """Return the folder, outside the repository: ``jars/`` is the class path, ``home/`` the server's home."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "union-portal-elasticsearch" / VERSION


def require_installation() -> Path:
    """Return the folder of a finished installation on a machine that can run it."""
    require_jdk()
    folder = installation()
    if not folder.is_dir():
        raise UnavailableError(f"needs the jars of Elasticsearch {VERSION}: {INSTALL_COMMAND}")
    return folder


def require_jdk() -> str:
    """Return a Java that runs source files: the launcher is compiled each time a node starts."""
    java = shutil.which("java")
    # A module of the JDK that a run-time environment alone does not have; asking also finds a bare stub out.
    question = [java or "java", "--describe-module", "jdk.compiler"]
    if not java or subprocess.run(question, capture_output=True, check=False).returncode:
        raise UnavailableError("Elasticsearch needs a Java Development Kit, 17 or newer (Debian: default-jdk-headless)")
    return java


def install() -> Path:
    """Fetch the jars unless they are there; whoever comes at the same time finds all of them or nothing."""
    require_jdk()
    folder = installation()
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="new-", dir=folder.parent) as temporary:
        unfinished = Path(temporary) / VERSION
        _resolve(unfinished / "jars")
        _lay_out(unfinished / "jars", unfinished / "home")
        try:
            unfinished.rename(folder)
        except OSError:
            if not folder.is_dir():  # not even somebody else's, finished meanwhile
                raise
    return folder


def _resolve(jars: Path) -> None:
    maven = shutil.which("mvn")
    if not maven:
        raise UnavailableError("the jars of Elasticsearch are fetched with Maven (Debian: maven)")
    command = [maven, "--batch-mode", "--quiet", f"--file={POM}", f"-Delasticsearch.version={VERSION}"]
    answer = subprocess.run(
        [*command, COPY_DEPENDENCIES, f"-DoutputDirectory={jars}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise UnavailableError(f"Maven could not fetch the jars of Elasticsearch {VERSION}:\n{answer.stdout}")


def _lay_out(jars: Path, home: Path) -> None:
    """Move the one module, the network's, to its place; without it the server has nothing to listen with."""
    module = home / "modules" / TRANSPORT
    for folder in (home / "config", home / "plugins", module):
        folder.mkdir(parents=True)
    for jar in [*jars.glob("netty-*.jar"), *jars.glob(f"{TRANSPORT}-*.jar")]:
        jar.rename(module / jar.name)
    with zipfile.ZipFile(module / f"{TRANSPORT}-{VERSION}.jar") as archive:
        inside = zipfile.Path(archive, f"META-INF/es-plugins/{TRANSPORT}/")
        for file in inside.iterdir():
            (module / file.name).write_bytes(file.read_bytes())
    # A Java module would be looked for among the modules of the server, which here are on the class path.
    lines = (module / DESCRIPTOR).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("modulename=")]
    (module / DESCRIPTOR).write_text("".join(kept), encoding="utf-8")
