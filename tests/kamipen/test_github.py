"""What stands in .github: forms that the service accepts, commands that exist, links that lead somewhere."""

import re
from pathlib import Path

import pytest
import yaml

from kamipen import ROOT

GITHUB = ROOT / ".github"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
DOCUMENTS = [*GITHUB.glob("*.md"), ROOT / "README.md"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_has_what_the_service_asks_for_in_both_languages(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    assert {"name", "description", "body"} <= form.keys()
    assert JAPANESE.search(form["name"])
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert len(set(ids)) == len(ids)
    for field in form["body"]:
        assert field["type"] in ("input", "textarea", "dropdown", "checkboxes", "markdown")
        assert field["attributes"].get("label") or field["type"] == "markdown"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_run_the_commands_that_a_person_runs(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {}, "permissions are given to jobs, one by one"
    for job in workflow["jobs"].values():
        assert "timeout-minutes" in job
        for step in job["steps"]:
            for command in re.findall(r"\bmake ([a-z ]+)", step.get("run", "")):
                assert set(command.split()) <= TARGETS


def test_builds_of_pull_requests_hold_no_secret_and_no_permission() -> None:
    text = (GITHUB / "workflows/preview.yml").read_text("utf-8")
    assert "secrets." not in text and "write" not in text and "token" not in text
    deploy = (GITHUB / "workflows/preview-deploy.yml").read_text("utf-8")
    assert "checkout" not in deploy, "what deploys with a secret never holds the code of a pull request"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_files_that_documents_name_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    assert set(re.findall(r"`make ([a-z]+)", text)) <= TARGETS
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text):
        assert (path.parent / target).exists(), target
    for template in re.findall(r"template=([\w.-]+)", text):
        assert (GITHUB / "ISSUE_TEMPLATE" / template).exists(), template


def test_contributing_fits_on_a_page_in_both_languages() -> None:
    ja, en = ((GITHUB / name).read_text("utf-8") for name in ("CONTRIBUTING.ja.md", "CONTRIBUTING.md"))
    assert "CONTRIBUTING.ja.md" in en and "CONTRIBUTING.md" in ja
    assert max(len(ja.splitlines()), len(en.splitlines())) <= 60
    assert re.findall(r"```python\n.*?```", ja, re.DOTALL) == re.findall(r"```python\n.*?```", en, re.DOTALL)
