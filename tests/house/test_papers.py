"""What the house says about itself is true: settings, glossary, capabilities, sources of figures."""

import ast
import re

import pytest
import yaml

from anmin.settings.env import VARIABLES
from anmin.settings.reference import page
from tests.house.source import HOUSE, ROOT, TESTS, nothing_in, parsed, python_files, said

CAPABILITIES = ROOT / "docs" / "reference" / "capabilities.txt"


def test_every_setting_is_documented() -> None:
    written = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert written == page(), "run: anmin settings reference > docs/reference/settings.md"


def test_the_reference_page_has_a_line_for_each_setting_and_shows_no_secret() -> None:
    rows = re.findall(r"^\| `(ANMIN_[A-Z_]+)` \| (.+?) \| (.+) \|$", page(), re.MULTILINE)
    assert [name for name, _, _ in rows] == list(VARIABLES)
    assert all(default == "must be given" for name, default, _ in rows if VARIABLES[name].secret)


def reads_past_the_declarations(tree: ast.Module) -> list[str]:
    """The variables that are read from the environment without being declared as settings."""
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"ANMIN_[A-Z_]+", node.value)
        and node.value.removesuffix("_FILE") not in VARIABLES
    ]


def test_no_setting_is_read_without_being_declared() -> None:
    found = {said(path): reads_past_the_declarations(parsed(path.read_text())) for path in python_files(HOUSE)}
    nothing_in(found)


def test_a_declared_and_an_undeclared_setting() -> None:
    assert reads_past_the_declarations(parsed('os.environ["ANMIN_DEMO"]')) == []
    assert reads_past_the_declarations(parsed('os.environ.get("ANMIN_SECRET_SWITCH")')) == ["ANMIN_SECRET_SWITCH"]


def known_capabilities() -> dict[str, str]:
    """The numbered capabilities of the bureau's report, with their titles."""
    lines = [line for line in CAPABILITIES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split(maxsplit=1) for line in lines)


def test_the_list_of_capabilities_is_whole() -> None:
    known = known_capabilities()
    assert len(known) == 136
    assert [name for name in known if not re.fullmatch(r"(SA|EC|LP|SO|PN|CD|FU|MA|VR|LO|SF|RP)-\d\d", name)] == []


def claimed(tree: ast.Module) -> list[str]:
    """The capabilities that tests say they show."""
    return [
        ast.unparse(node.args[0]).strip("'") if node.args else ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "capability"
    ]


def test_every_capability_that_a_test_shows_is_known() -> None:
    known = known_capabilities()
    claims = {(name, said(path)) for path in python_files(TESTS) for name in claimed(parsed(path.read_text()))}
    nothing_in(sorted((name, path) for name, path in claims if name not in known))


def test_claims_are_read_whatever_their_shape() -> None:
    good = 'pytestmark = pytest.mark.capability("SA-01")\n@mark.capability("SA-02")\ndef test_x(): ...'
    assert claimed(parsed(good)) == ["SA-01", "SA-02"]
    assert claimed(parsed("@pytest.mark.capability(NAME)\ndef test_x(): ...")) == ["NAME"]


def unsourced(text: str) -> list[str]:
    """The values of a policy file that nobody could trace: without document, number, issuer, day or confidence."""
    content = yaml.safe_load(text)
    found = []
    for row in content.get("values") or [{}]:
        document = row.get("document") or {}
        missing = [key for key in ("from", "value", "issuer", "published", "confidence") if row.get(key) in (None, "")]
        missing += [f"document.{key}" for key in ("title", "number") if not document.get(key)]
        if missing:
            found.append(f"{row.get('from')}: {', '.join(missing)}")
    return found


@pytest.mark.capability("RP-05")
def test_every_policy_value_is_sourced() -> None:
    files = [path for path in sorted((ROOT / "policy").rglob("*.yaml")) if "cases" not in path.parts]
    assert len(files) > 20
    found = {said(path): unsourced(path.read_text(encoding="utf-8")) for path in files}
    nothing_in(found)


def test_a_sourced_and_an_unsourced_value() -> None:
    good = """
values:
  - {from: 2024-07-01, value: 820, issuer: county, published: 2024-07-01, confidence: stated,
     document: {title: 关于调整标准的通知, number: 某发〔2024〕1号}}
"""
    assert unsourced(good) == []
    assert unsourced(good.replace(", number: 某发〔2024〕1号", "")) == ["2024-07-01: document.number"]
    assert unsourced(good.replace("confidence: stated,", "")) == ["2024-07-01: confidence"]
    assert unsourced("label: 无") == ["None: from, value, issuer, published, confidence, document.title, document.number"]


def glossary_identifiers(text: str) -> list[str]:
    """Every identifier between backticks in the table's second column."""
    return [
        identifier
        for line in text.splitlines()
        if line.startswith("|") and line.count("|") >= 4
        for identifier in re.findall(r"`([^`]+)`", line.split("|")[2])
    ]


def words_of_the_house() -> str:
    """Everything in which an identifier can live: the code, the law as data with the names of its files."""
    code = [path.read_text(encoding="utf-8") for path in python_files(HOUSE)]
    names = [path.relative_to(ROOT / "policy").with_suffix("").as_posix() for path in (ROOT / "policy").rglob("*.yaml")]
    modules = [path.relative_to(HOUSE).with_suffix("").as_posix() for path in python_files(HOUSE)]
    return "\n".join([*code, *(name.replace("/", ".") for name in (*names, *modules))])


def dead(identifiers: list[str], house: str) -> list[str]:
    """The identifiers that occur nowhere as a word of their own."""
    return [each for each in identifiers if not re.search(rf"(?<![A-Za-z0-9_]){re.escape(each)}(?![A-Za-z0-9_])", house)]


def test_every_glossary_word_is_alive() -> None:
    identifiers = glossary_identifiers((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))
    assert len(identifiers) > 20
    nothing_in(dead(identifiers, words_of_the_house()))


def test_a_glossary_row_is_read_and_a_dead_word_found() -> None:
    table = "| 中文 | Identifier | English |\n|---|---|---|\n| 家庭 | `Household` / `HouseholdMember` | household |\n"
    assert glossary_identifiers(table) == ["Household", "HouseholdMember"]
    assert dead(["Household", "House"], "class Household: ...") == ["House"]
