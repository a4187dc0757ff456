"""Write a GPU companion as a notebook: its prose, its code, and the outputs that were recorded."""

from __future__ import annotations

import re

from kamipen import texts
from kamipen.article import figure_words, outline
from kamipen.article.articles import split_front_matter
from kamipen.article.outline import Block, Fence
from kamipen.errors import SourceError, nearest
from kamipen.export import ipynb
from kamipen.export.companion import SOURCES, Companion, Recording
from kamipen.export.ipynb import Json
from kamipen.project import DOCS, ROOT, setting

COLAB = "https://colab.research.google.com/github/"

_ADDRESS = re.compile(r"<(https?://[^>\s]+)>")
_HEADING = re.compile(r"(?m)^(?=#{1,6} )")
_ID = re.compile(r"(?m)^(#{1,6} .*?) *\{ *#([\w-]+) *\} *$")


def notebook(companion: Companion, language: str, recording: Recording) -> Json:
    """Return a companion's notebook in a language, with what was recorded."""
    return _Writer(companion, language, recording).notebook()


class _Writer:
    """A notebook while it is written."""

    def __init__(self, companion: Companion, language: str, recording: Recording) -> None:
        self.companion, self.language, self.recording = companion, language, recording
        self.path = companion.source(language)
        self.t = texts.load(language)
        try:
            self.matter, text, line = split_front_matter(self.path.read_text("utf-8"))
            self.words = figure_words.read(self.matter)
            self.nodes = outline.parse(text, line)
        except SourceError as error:
            raise error.at(self.path, error.line) from None

    def notebook(self) -> Json:
        cells = [self.prose(f"# {self.matter['title']}\n\n{self.introduction()}", "")]
        waiting, shown = "", list[str]()
        for node in self.nodes:
            if isinstance(node, Block):
                raise SourceError(f"a notebook has no blocks such as `{node.name}`", self.path, node.line)
            if isinstance(node, Fence) and node.info == "cell":
                cells += [*self.proses(waiting), *self.code(node, shown)]
                waiting = ""
            else:
                waiting += f"{node.text}\n"
        if list(self.companion.steps) != shown:
            missing = [name for name in self.companion.steps if name not in shown]
            problem = f"does not show {', '.join(missing)}" if missing else "shows the cells in another order"
            raise SourceError(problem, self.path)
        cells += self.proses(waiting)
        return ipynb.notebook(cells, self.metadata(), self.companion.slug)

    def metadata(self) -> Json:
        colab: Json = {"provenance": []}
        gpu = self.matter.get("gpu", True)  # a notebook that says `gpu: false` takes none from others
        machine = {"accelerator": "GPU", "colab": {"gpuType": "T4", **colab}} if gpu else {"colab": colab}
        return {
            **machine,
            **ipynb.PYTHON,
            "title": self.matter["title"],
            "kamipen": {
                "article": self.matter["article"],
                "device": self.recording.device,
                "facts": self.facts(),
                "links": self.links(),
                "notice": self.notice(),
                "volatile": self.t("cell.volatile"),
            },
        }

    def introduction(self) -> str:
        """Return what a reader on Colab sees first: where it belongs, what it costs, what it was recorded on."""
        site = setting("site_url", self.language)
        article = f"[{self.article_title()}]({site}{self.matter['article']}/)"
        rows = [self.t("companion.companion", article=article), self.t("companion.costs", cost=self.matter["cost"])]
        return "\n\n".join([*rows, self.notice()])

    def notice(self) -> str:
        if not self.recording.code:
            return self.t("companion.unrecorded")
        kind = "cpu" if self.recording.device.startswith("CPU") else "gpu"
        return self.t(f"companion.on-{kind}", device=self.recording.device.partition(" ")[2])

    def facts(self) -> list[list[str]]:
        """Return the rows above the page: names and Markdown."""
        article = f"[{self.article_title()}](../{self.matter['article']}.md)"
        return [[self.t("companion.article"), article], [self.t("companion.cost"), self.matter["cost"]]]

    def links(self) -> list[list[str]]:
        repository = setting("repo_url", self.language)
        branch = setting("edit_uri", self.language).split("/")[1]
        notebook = self.companion.path(self.language).relative_to(ROOT).as_posix()
        colab = repository.replace("https://github.com/", COLAB)
        source = (SOURCES / f"{self.companion.name}.py").relative_to(ROOT).as_posix()
        return [
            [self.t("companion.colab"), f"{colab}/blob/{branch}/{notebook}"],
            [self.t("companion.download"), f"{self.companion.slug}.ipynb"],
            [self.t("companion.source"), f"{repository}/blob/{branch}/{source}"],
        ]

    def article_title(self) -> str:
        path = DOCS / self.language / f"{self.matter['article']}.md"
        if not path.exists():
            raise SourceError(f"there is no article {path.relative_to(ROOT)}", self.path, 1)
        return str(split_front_matter(path.read_text("utf-8"))[0]["title"])

    def proses(self, text: str) -> list[Json]:
        """Return prose as cells that begin with their heading; ids go to the page only."""
        cells: list[Json] = []
        for part in _HEADING.split(text):
            found = _ID.search(part)
            if part.strip():
                cells.append(self.prose(_ID.sub(r"\1", part).strip(), found[2] if found else ""))
        return cells

    def prose(self, text: str, heading: str) -> Json:
        metadata = {"kamipen": {"id": heading}} if heading else {}
        linked = _ADDRESS.sub(r"[\1](\1)", text)  # the page's Markdown, inside HTML, would take <https://…> for a tag
        return ipynb.markdown_cell(linked, metadata)

    def code(self, fence: Fence, shown: list[str]) -> list[Json]:
        name, *options = [line.strip() for line in fence.source.strip().splitlines()]
        if name not in self.companion.steps:
            known = nearest(name, self.companion.steps)
            raise SourceError(f"script `gpu/{self.companion.name}` has no cell `{name}`{known}", self.path, fence.line)
        first = sum(len(self.companion.steps[before]) for before in shown)
        shown.append(name)
        alt = next((line.removeprefix("alt:").strip() for line in options if line.startswith("alt:")), "")
        cells: list[Json] = []
        for number, step in enumerate(self.companion.steps[name], first):
            outputs, count = (self.recording.outputs[number], number + 1) if self.recording.code else ([], None)
            outputs = [ipynb.translated(output, self.words) for output in outputs]
            metadata: Json = {"kamipen": {"name": step.name} | ({"alt": alt} if alt else {})}
            cells.append(ipynb.code_cell(step.source, outputs, count, metadata))
        return cells
