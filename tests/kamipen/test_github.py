"""What stands in .github: forms that the service accepts, commands that exist, links that lead somewhere."""

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from kamipen import project
from kamipen.article.articles import discover
from kamipen.project import ROOT

GITHUB = ROOT / ".github"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
DOCUMENTS = [*GITHUB.glob("*.md"), ROOT / "README.md"]


def jobs(name: str) -> dict[str, Any]:
    return yaml.safe_load((GITHUB / f"workflows/{name}.yml").read_text("utf-8"))["jobs"]


def steps(name: str, job: str) -> list[dict[str, Any]]:
    return jobs(name)[job]["steps"]


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
        if "uses" in job:  # another workflow of ours, with limits of its own
            continue
        assert "timeout-minutes" in job
        for step in job["steps"]:
            for command in re.findall(r"\bmake ([a-z ]+)", step.get("run", "")):
                assert set(command.split()) <= TARGETS


def test_builds_of_pull_requests_hold_no_secret_and_no_permission() -> None:
    text = (GITHUB / "workflows/preview.yml").read_text("utf-8")
    assert "secrets." not in text and "write" not in text and "token" not in text
    deploy = (GITHUB / "workflows/preview-deploy.yml").read_text("utf-8")
    refs = [step["with"]["ref"] for step in steps("preview-deploy", "deploy") if "checkout" in step.get("uses", "")]
    assert refs == ["${{ github.event.repository.default_branch }}"], "never the code of a pull request beside a secret"
    assert deploy.count("head_sha") == 2 and "head_ref" not in deploy and "head_branch" not in deploy


def test_actions_are_pinned_by_commit_and_each_by_one() -> None:
    used = {use for path in WORKFLOWS for use in re.findall(r"(?<!\w)uses: (?!\./)(.*)", path.read_text("utf-8"))}
    assert used and all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use) for use in used), used
    assert len({use.partition("@")[0] for use in used}) == len(used), "one action, one commit"


def test_the_branch_that_colab_opens_holds_every_notebook_that_articles_link_to(tmp_path: Path) -> None:
    """Run the job's own shell, with a bare repository for the service and a stand-in for its command line."""
    jobs = yaml.safe_load((GITHUB / "workflows/pages.yml").read_text("utf-8"))["jobs"]
    links = {f"{article.url}{article.slug}.ipynb" for article in discover(ROOT / "docs")}
    (pattern,) = (
        step["with"]["path"] for step in jobs["build"]["steps"] if step.get("with", {}).get("name") == "notebooks"
    )
    assert all(Path("site", link).match(pattern) for link in links)
    for link in links:
        (tmp_path / "built" / link).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "built" / link).write_text("{}", "utf-8")
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin/gh"
    gh.write_text('#!/bin/sh\nif [ "$1" = run ]; then cp -r built notebooks; fi\n', "utf-8")
    gh.chmod(0o755)
    origin = tmp_path / "origin"
    subprocess.run(["git", "init", "--quiet", "--bare", str(origin)], check=True)
    environment = {
        "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "GITHUB_SHA": "0" * 40,
        "GH_REPO": "reader/fork",
        "RUN": "1",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{origin}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/reader/fork",
    }
    for _ in "a deployment", "the next one":
        subprocess.run(["rm", "-rf", "notebooks"], cwd=tmp_path, check=True)
        for step in jobs["notebooks"]["steps"]:
            subprocess.run(["bash", "-e", "-c", step["run"]], cwd=tmp_path, env=environment, check=True)
    command = ["git", "ls-tree", "-r", "--name-only", "notebooks"]
    assert set(subprocess.check_output(command, cwd=origin, text=True).split()) == links
    assert jobs["notebooks"]["permissions"] == {"actions": "read", "contents": "write"}
    assert not any("uses" in step for step in jobs["notebooks"]["steps"]), "nothing else may use that permission"


def test_the_repository_is_set_in_one_place_and_named_alike_elsewhere() -> None:
    """To move house: change `repo_url` in mkdocs.yml, then what this test names."""
    owner, name = project.REPOSITORY.removeprefix("https://github.com/").split("/")
    tracked = subprocess.check_output(
        ["git", "ls-files", "*.md", "*.yml", "*.cff", "*.py", "*.html"], cwd=ROOT, text=True
    )
    strays = [
        f"{path}:{number}: {found[0]}"
        for path in tracked.split()
        if not path.startswith("tests/")
        for number, line in enumerate((ROOT / path).read_text("utf-8").splitlines(), 1)
        for found in re.finditer(r"github\.com/kamipen/[\w-]+|kamipen\.github\.io/[\w-]+|@kamipen/", line)
        if found[0] not in (f"github.com/{owner}/{name}", f"{owner}.github.io/{name}", f"@{owner}/")
    ]
    assert not strays, "\n".join(strays)
    code = [path for path in tracked.split() if path.startswith("src/") and path.endswith((".py", ".html"))]
    assert [path for path in code if f"{owner}/{name}" in (ROOT / path).read_text("utf-8")] == [
        "src/kamipen/bench/cost.py"
    ]


def test_the_citation_names_this_version_and_place() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert {"cff-version", "message", "title", "authors", "license"} <= citation.keys()
    assert (citation["version"], citation["url"]) == (version, project.ADDRESS)
    assert citation["repository-code"] == project.REPOSITORY


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
