"""README is true: its tables are what the code says, its tour works as it is written."""

import argparse
import re
import shlex
from string import Template

import httpx

from app import cli
from app.domain.permissions import GRANTS
from tests.house.test_architecture import ROOT, tracked_files
from tests.support.service import Service

README = (ROOT / "README.md").read_text("utf-8")
TOUR = re.search(r"^## Five minutes with curl$.*?^```sh$(.*?)^```$", README, re.MULTILINE | re.DOTALL)[1]


def section(title: str) -> str:
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(title: str) -> dict[str, str]:
    """The tables of a section: what stands in backticks in the first column, and the second column."""
    return dict(re.findall(r"^\| `([^`]+)` \|([^|]*)\|", section(title), re.MULTILINE))


def curl(arguments: str, variables: dict[str, str]) -> httpx.Request:
    """The request that curl would send."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-i", action="store_true")
    parser.add_argument("-X", dest="method")
    for option in ("-H", "-d", "--data-urlencode"):
        parser.add_argument(option, action="append", default=[])
    filled = [Template(each).substitute(variables) for each in shlex.split(arguments)]
    asked = parser.parse_args(filled)
    headers = dict(each.split(": ", 1) for each in asked.H)
    fields = [*asked.d, *asked.data_urlencode]
    is_form = fields and "Content-Type" not in headers
    return httpx.Request(
        asked.method or ("POST" if fields else "GET"),
        asked.url,
        headers=headers,
        data=dict(each.split("=", 1) for each in fields) if is_form else None,
        content=None if is_form or not fields else fields[0],
    )


def commands() -> list[tuple[str, str, str, str]]:
    """Of each command of the tour: the comment above it, the variable it sets, its arguments, the field."""
    found, comment = [], ""
    for block in re.split(r"\n(?=# |curl |\w+=\$\(curl )", TOUR):
        if block.startswith("#"):
            comment = block
        elif match := re.match(r"(?:(\w+)=\$\()?curl (.*?)(?: \| field (\w+)\))?\s*\Z", block, re.DOTALL):
            found.append((comment, match[1], match[2].replace("\\\n", " "), match[3]))
    return found


async def test_the_tour_works_as_it_is_written(service: Service):
    client = await service.anonymous()
    variables = {"api": str(client.base_url), "password": service.password}
    tour = commands()
    assert len(tour) == TOUR.count("curl ")
    for comment, variable, arguments, field in tour:
        answer = await client.send(curl(arguments, variables))
        said = re.search(r"\b4\d\d\b", comment)
        assert answer.status_code == int(said[0]) if said else answer.is_success, f"{comment}\n{answer.text}"
        if variable:
            variables[variable] = answer.json()[field]


def test_the_table_of_roles_is_what_they_are_granted():
    listed = {role: re.findall(r"`([^`]+)`", granted) for role, granted in rows("Roles").items()}
    assert listed == {role: sorted(granted) for role, granted in GRANTS.items()}


def test_the_map_of_the_house_is_the_house():
    folders = set()
    for path in tracked_files():
        top, *rest = path.relative_to(ROOT).parts
        if rest:
            folders.add(f"{top}/")
        if top == "app" and len(rest) > 1:
            folders.add(f"app/{rest[0]}/")
    assert rows("The house").keys() == folders


def test_the_commands_are_those_of_the_program():
    offered = next(
        action.choices for action in cli._parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    assert rows("Commands").keys() == {f"python -m app {name}" for name in offered}
