"""The workflows as a fresh repository runs them: their own shell, step by step, with stand-ins for the service."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from kamipen.project import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))


def load(name: str) -> dict[str, Any]:
    return yaml.safe_load((GITHUB / f"workflows/{name}.yml").read_text("utf-8"))


def steps(name: str, job: str) -> list[dict[str, Any]]:
    return load(name)["jobs"][job]["steps"]


def step(name: str, job: str, part: str) -> str:
    """Return the one script of a job that holds this."""
    (script,) = (step["run"] for step in steps(name, job) if part in step.get("run", ""))
    return script


class Runner:
    """An empty folder in which a step's shell runs as the service would run it, with stand-ins for commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bin").mkdir()
        self.output = folder / "output"

    def command(self, name: str, script: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(f'#!/bin/bash\necho {name} "$@" >> {self.folder}/calls\n{script}\n', "utf-8")
        path.chmod(0o755)

    def run(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        standard = {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "GITHUB_REPOSITORY": "Reader.x/My_Fork",
            "GITHUB_OUTPUT": str(self.output),
            "GH_REPO": "reader/fork",
        }
        command = ["bash", "-e", "-c", script]
        return subprocess.run(
            command, cwd=self.folder, env=standard | variables, capture_output=True, text=True, check=False
        )

    @property
    def calls(self) -> str:
        path = self.folder / "calls"
        return path.read_text("utf-8") if path.exists() else ""


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


ADDRESS = "gh api"


def test_without_pages_the_run_fails_and_says_where_to_enable_them(runner: Runner) -> None:
    runner.command("gh", 'echo \'{"message": "Not Found"}\'; exit 1')
    done = runner.run(step("pages", "build", ADDRESS))
    assert done.returncode == 1
    assert "::error::GitHub Pages is not enabled" in done.stdout
    assert "https://github.com/reader/fork/settings/pages" in done.stdout
    assert not runner.output.exists(), "an error is no address"


def test_with_pages_the_site_is_built_for_their_address(runner: Runner) -> None:
    runner.command("gh", "echo https://reader.github.io/fork/")
    assert runner.run(step("pages", "build", ADDRESS)).returncode == 0
    assert runner.output.read_text("utf-8") == "address=https://reader.github.io/fork/\n"


def test_what_fails_a_check_is_not_deployed() -> None:
    jobs = load("pages")["jobs"]
    assert jobs["check"]["uses"] == "./.github/workflows/check.yml"
    assert "workflow_call" in load("check")[True], "YAML reads `on` as true"
    for job in ("deploy", "notebooks"):
        assert set(jobs[job]["needs"]) == {"check", "build"}


def test_a_preview_is_built_for_the_address_at_which_it_is_deployed_from_forks_too(runner: Runner) -> None:
    sha = "0123456789abcdef0123456789abcdef01234567"
    text = (GITHUB / "workflows/preview.yml").read_text("utf-8")
    assert "vars." not in text, "a pull request from a fork has no variables"
    assert runner.run(step("preview", "build", "pages.dev"), SHA=sha).returncode == 0
    assert runner.output.read_text("utf-8") == "address=https://pr-0123456789ab.reader-x-my-fork.pages.dev/\n"
    runner.output.unlink()
    assert runner.run(step("preview-deploy", "deploy", "GITHUB_OUTPUT")).returncode == 0
    name = runner.output.read_text("utf-8").strip().removeprefix("name=")
    runner.command("gh", "")
    for tool in ("npm", "wrangler"):
        runner.command(tool, "")
    (runner.folder / ".github/wrangler/node_modules/.bin").mkdir(parents=True)
    shutil.copy(runner.folder / "bin/wrangler", runner.folder / ".github/wrangler/node_modules/.bin")
    for part in ("gh run download", "npm ci", "pages deploy", "gh api"):
        done = runner.run(step("preview-deploy", "deploy", part), SHA=sha, RUN="1", PROJECT=name)
        assert done.returncode == 0, done.stderr
    assert "wrangler pages deploy site --project-name reader-x-my-fork --branch pr-0123456789ab" in runner.calls
    assert "target_url=https://pr-0123456789ab.reader-x-my-fork.pages.dev/" in runner.calls


def test_a_private_repository_can_be_checked_out() -> None:
    for path in WORKFLOWS:
        for job in load(path.stem)["jobs"].values():
            if any("actions/checkout" in step.get("uses", "") for step in job.get("steps", ())):
                assert job["permissions"]["contents"] in ("read", "write"), path.name


CHANGES = "# Changelog\n\n## Unreleased\n\n- new\n\n## 11.0.0\n\n- eleven\n\n## 1.0.0 (2026-12-01)\n\n- one\n"


@pytest.mark.parametrize(
    ("tag", "notes"),
    [
        ("v1.0.0", "## 1.0.0 (2026-12-01)\n\n- one\n"),
        ("v11.0.0", "## 11.0.0\n\n- eleven\n\n"),
        ("v0.0", ""),
        ("v1.0", ""),
    ],
)
def test_a_release_has_the_words_of_its_own_section(tag: str, notes: str, runner: Runner) -> None:
    (runner.folder / "CHANGELOG.md").write_text(CHANGES, "utf-8")
    done = runner.run(step("release", "build", "CHANGELOG.md"), GITHUB_REF_NAME=tag)
    assert (done.returncode == 0) == bool(notes)
    assert (runner.folder / "release/notes.md").read_text("utf-8") == notes
    assert notes or f'CHANGELOG.md has no section for {tag}: head it "## {tag[1:]}"' in done.stdout


def test_a_release_asks_for_its_words_first_and_holds_what_it_lists(runner: Runner) -> None:
    scripts = [step["run"] for step in steps("release", "build") if "run" in step]
    assert "CHANGELOG.md" in scripts[0] and ".ci/run" in scripts[2]
    (runner.folder / "site/runtime").mkdir(parents=True)
    (runner.folder / "site/runtime/sbom.cdx.json").write_text("{}", "utf-8")
    (runner.folder / "CHANGELOG.md").write_text(CHANGES, "utf-8")
    runner.command("gh", "ls release")
    for script in (scripts[0], scripts[3], *(step["run"] for step in steps("release", "publish")[1:])):
        done = runner.run(script, GITHUB_REF_NAME="v1.0.0")
        assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["SHA256SUMS", "kamipen-v1.0.0-site.tar.gz", "sbom.cdx.json"]


def test_no_engine_is_left_out_silently() -> None:
    for name, job in (("check", "test"), ("release", "build")):
        text = "\n".join(step.get("run", "") for step in steps(name, job))
        assert all(package in text for package in ("webkit2gtk-driver", "xvfb", "fonts-noto-cjk")), name
        (run,) = (step for step in steps(name, job) if step.get("run") == ".ci/run")
        assert run["env"] == {"KAMIPEN_ENGINES": "required"}


def test_what_is_made_once_is_kept_between_checks() -> None:
    used = {step["uses"].partition("@")[0]: step["with"] for step in steps("check", "test") if "with" in step}
    assert used["actions/cache"]["path"].split() == [".cache/runtime", ".cache/record", ".cache/snapshot"]
    assert used["actions/setup-python"]["cache"] == "pip"


@pytest.mark.parametrize("already", [0, 1])
def test_advisories_open_one_issue_and_redden_no_pull_request(already: int, runner: Runner) -> None:
    assert not [path.name for path in WORKFLOWS if "make audit" in path.read_text("utf-8") and path.stem != "weekly"]
    report = load("weekly")["jobs"]["report"]
    assert set(report["needs"]) == load("weekly")["jobs"].keys() - {"report"} and report["if"] == "failure()"
    runner.command("gh", f'test "$2" = create || echo {already}')
    assert runner.run(report["steps"][0]["run"], RUN="https://github.com/reader/fork/actions/runs/1").returncode == 0
    assert ("issue create" in runner.calls) == (not already)


NODE_24 = {
    "actions/checkout": 5,
    "actions/setup-python": 6,
    "actions/cache": 5,
    "actions/upload-artifact": 6,
    "actions/upload-pages-artifact": 5,
    "actions/deploy-pages": 5,
}
"""Action → its first version that runs on Node 24, or uses none that does not."""


def test_actions_run_on_a_node_that_the_service_still_has() -> None:
    used = {
        use for path in WORKFLOWS for use in re.findall(r"(?<!\w)uses: (\S+)@\S+ # v(\d+)", path.read_text("utf-8"))
    }
    assert {name for name, _ in used} == NODE_24.keys()
    assert [name for name, version in used if int(version) < NODE_24[name]] == []


def test_what_deploys_previews_is_locked_to_the_digest() -> None:
    assert "npx" not in (GITHUB / "workflows/preview-deploy.yml").read_text("utf-8")
    lock = yaml.safe_load((GITHUB / "wrangler/package-lock.json").read_text("utf-8"))["packages"]
    assert "node_modules/wrangler" in lock
    assert all("integrity" in package for name, package in lock.items() if name)


def test_maintainers_are_told_which_settings_the_files_name() -> None:
    told = (GITHUB / "MAINTAINING.md").read_text("utf-8")
    names = set(re.findall(r"@[\w-]+/[\w-]+", (GITHUB / "CODEOWNERS").read_text("utf-8")))
    for form in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml"):
        names |= set(yaml.safe_load(form.read_text("utf-8")).get("labels", ()))
    for path in WORKFLOWS:
        text = path.read_text("utf-8")
        names |= set(re.findall(r"\b(?:vars|secrets)\.(\w+)", text))
        for job in load(path.stem)["jobs"].values():
            environment = job.get("environment", "")
            names.add(environment["name"] if isinstance(environment, dict) else environment)
    assert len(names) > 9
    assert [name for name in sorted(names - {""}) if f"`{name}`" not in told] == []
