"""Has generated clients call a running SIAGA: in Python, in TypeScript (with Spectral) and in Go.

Each tool is installed, in the version that `clients/` names, into `.clients/`, away from SIAGA's own
environment. What is missing on this machine is told and left out; what is there must work.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
OWN = ROOT / ".clients"
SOURCE = ROOT / "clients"
DOCUMENT = ROOT / "openapi.yaml"
ACCOUNT = "operator.polda-banten"
START_SECONDS = 60
GO_PACKAGES = Path("/usr/share/gocode")
DEBIAN = ("golang-go", "golang-golang-x-oauth2-dev", "golang-gopkg-validator.v2-dev")


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """One command, which must end well."""
    print("+", *command[:2], flush=True)
    subprocess.run([str(each) for each in command], cwd=cwd, check=True)  # noqa: S603 - our own commands


@contextmanager
def serving() -> Iterator[tuple[str, str]]:
    """A service of its own with demo data: its address, and a token."""
    with tempfile.TemporaryDirectory(prefix="siaga-clients-") as data, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port, password = probe.getsockname()[1], secrets.token_urlsafe(24)
        probe.close()
        environment = {
            **os.environ,  # noqa: TID251 - what the child needs besides our settings
            "SIAGA_DATA_DIR": data,
            "SIAGA_PORT": str(port),
            "SIAGA_DEMO_PASSWORD": password,
        }
        command = [sys.executable, "-m", "app", "serve"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            yield (url := f"http://127.0.0.1:{port}"), token(url, password)
        finally:
            process.terminate()
            process.wait(30)


def token(url: str, password: str) -> str:
    """A token of a demo account, once the service is up."""
    form = urllib.parse.urlencode({"grant_type": "password", "username": ACCOUNT, "password": password})
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{url}/oauth2/token", form.encode()) as answer:  # noqa: S310 - loopback
                said: str = json.load(answer)["access_token"]
                return said
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def packages() -> Path:
    """The environment with the generators that are Python packages."""
    home = OWN / "python"
    marker, wanted = home / "installed", (SOURCE / "requirements.txt").read_text("utf-8")
    if not marker.exists() or marker.read_text("utf-8") != wanted:
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        pip = (home / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check")
        run(*pip, "-r", SOURCE / "requirements.txt")
        marker.write_text(wanted, "utf-8")
    return home


def check_python(url: str, bearer: str) -> None:
    """openapi-python-client."""
    home = packages()
    python = home / "bin" / "python"
    made = home / "made"
    shutil.rmtree(made, ignore_errors=True)
    generator = home / "bin" / "openapi-python-client"
    # It has no words for tables and NDJSON and warns of them; what it makes without them must work.
    run(generator, "generate", "--path", DOCUMENT, "--output-path", made, "--meta", "none")
    package = home / "siaga_generated"
    shutil.rmtree(package, ignore_errors=True)
    made.rename(package)
    shutil.copy(SOURCE / "check.py", home)
    run(python, home / "check.py", url, bearer, cwd=home)


def check_typescript(url: str, bearer: str) -> None:
    """openapi-typescript with openapi-fetch, and Spectral's word on the document."""
    home = OWN / "typescript"
    home.mkdir(parents=True, exist_ok=True)
    for each in (SOURCE / "typescript").iterdir():
        shutil.copy(each, home)
    marker, wanted = home / "installed", (home / "package.json").read_text("utf-8")
    if not marker.exists() or marker.read_text("utf-8") != wanted:
        run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", cwd=home)
        marker.write_text(wanted, "utf-8")
    tools = home / "node_modules" / ".bin"
    run(tools / "openapi-typescript", DOCUMENT, "-o", home / "siaga.d.ts", cwd=home)
    run(tools / "tsc", "-p", home, cwd=home)
    run("node", home / "built" / "check.js", url, bearer, cwd=home)
    run(tools / "spectral", "lint", DOCUMENT, "--ruleset", home / "spectral.yaml", cwd=home)


def check_go(url: str, bearer: str) -> None:
    """openapi-generator's Go, with the packages of Debian that it needs."""
    home = OWN / "go"
    package = home / "src" / "siaga"
    shutil.rmtree(home, ignore_errors=True)
    options = "packageName=siaga,withGoMod=false,enumClassPrefix=true"
    parts = "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"
    generator = packages() / "bin" / "openapi-generator-cli"
    asked = ("-i", DOCUMENT, "-o", package, "--additional-properties", options, "--global-property", parts)
    with (OWN / "go.log").open("wb") as log:  # it warns of each table and stream
        print("+", generator, "generate", flush=True)
        subprocess.run([generator, "generate", "-g", "go", *asked], stdout=log, stderr=log, check=True)  # noqa: S603
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": f"{home}:{GO_PACKAGES}"}  # noqa: TID251
    command = ["go", "run", str(SOURCE / "go" / "check.go"), url, bearer]
    print("+ go run", flush=True)
    subprocess.run(command, env=environment, check=True)  # noqa: S603 - our own command


def always() -> bool:
    """What needs nothing but Python."""
    return True


def has_node() -> bool:
    """Whether the client in TypeScript can be tried."""
    return all(shutil.which(each) for each in ("node", "npm"))


def has_go() -> bool:
    """Whether the client in Go can be tried."""
    sources = [GO_PACKAGES / "src" / each for each in ("golang.org/x/oauth2", "gopkg.in/validator.v2")]
    return all(shutil.which(each) for each in ("go", "java")) and all(each.is_dir() for each in sources)


CHECKS = (
    (always, check_python, "Python"),
    (has_node, check_typescript, "TypeScript and Spectral, which need Node and npm"),
    (has_go, check_go, f"Go, which needs Java and Debian's {' '.join(DEBIAN)}"),
)


def main() -> int:
    """All that can be tried here."""
    OWN.mkdir(exist_ok=True)
    with serving() as (url, bearer):
        for is_possible, check, without in CHECKS:
            if is_possible():
                check(url, bearer)
            else:
                print(f"not tried: {without}")
    print("The generated clients work.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
