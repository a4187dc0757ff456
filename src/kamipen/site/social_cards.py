"""Social cards, drawn at build time: a title on graph paper, or the bare mark where no Japanese font is installed."""

import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kamipen.article.articles import Article
from kamipen.project import CACHE, LANGUAGES, setting

SIZE = (1200, 630)
PAPER, GRID, INK, BLUE, RED = "#f6f9f9", "#dcebeb", "#14213a", "#1b4b8f", "#c0202b"
_NO_BREAK_BEFORE = "、。，．」』】）？！…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ?!,.:;)"
_ELSEWHERE = (  # where no fontconfig answers
    "/System/Library/Fonts/ヒラギノ明朝 ProN.ttc",
    "C:/Windows/Fonts/yumindb.ttf",
)


def write(site: Path, articles: Sequence[Article]) -> str:
    """Put a card beside each article and one above each language; return what to tell the person who builds."""
    for article in articles:
        _copy(_drawn(article.language, article.title), site / article.url / "card.png")
    for language in LANGUAGES:
        _copy(_drawn(language, setting("site_name", language)), site / language / "card.png")
    return f"{len(articles)} cards" if font_file() else "cards, the Japanese ones without titles for want of a font"


@cache
def font_file() -> Path | None:
    """A bold Japanese serif of this machine, else any Japanese font, else none."""
    try:
        for wanted in (":lang=ja:bold:family=Noto Serif CJK JP", ":lang=ja:bold", ":lang=ja"):
            command = ["fc-list", "--format", "%{file}\n", wanted]
            found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split("\n")[0]
            if found:
                return Path(found)
    except FileNotFoundError:
        pass
    return next((path for path in map(Path, _ELSEWHERE) if path.exists()), None)


def draw(language: str, title: str, font: Path | None) -> Image.Image:
    """Draw one card."""
    card = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(card)
    for position in range(0, SIZE[0], 30):
        pen.line([(position, 0), (position, SIZE[1])], GRID)
        pen.line([(0, position), (SIZE[0], position)], GRID)
    if font is None and language == "ja":
        _mark(card, 390, 105, 420)
        return card
    _mark(card, 70, 470, 100)
    pen.text((195, 520), setting("site_name", language), INK, _face(font, 38), anchor="lm")
    pen.rectangle([70, 70, 190, 80], BLUE)
    for size in (76, 66, 58, 50):
        face = _face(font, size)
        lines = balanced(title, face, SIZE[0] - 140)
        if len(lines) * size * 1.35 <= 350:
            break
    for number, line in enumerate(lines):
        pen.text((70, 115 + number * size * 1.35), line, INK, face)
    return card


def balanced(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Break a title into as few lines as fit, and none much shorter than the others."""
    lines = wrap(text, face, width)
    while width > 10 and len(narrower := wrap(text, face, width := width - 10)) == len(lines):
        lines = narrower
    return lines


def wrap(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Break a title into lines: between Japanese characters anywhere that is allowed, else between words."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and face.getlength(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.strip() for line in lines]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        glued = pieces and (
            character in _NO_BREAK_BEFORE
            or pieces[-1][-1] in "「『【（("
            or (character.isascii() and character != " " and pieces[-1][-1].isascii() and pieces[-1][-1] != " ")
        )
        if glued:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _mark(card: Image.Image, left: int, top: int, size: int) -> None:
    """Draw the mark of `src/theme/assets/mark.svg`, four times too large, and shrink it."""
    scale = size * 4 / 64
    mark = Image.new("RGBA", (size * 4, size * 4))
    pen = ImageDraw.Draw(mark)

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x * scale, y * scale) for x, y in points]

    sheet = at((6, 4), (45, 4), (58, 17), (58, 60), (6, 60))
    pen.polygon(sheet, "#fff")
    for line in (((6, 22.5), (58, 22.5)), ((6, 41), (58, 41)), ((23.5, 4), (23.5, 60)), ((41, 4), (41, 60))):
        pen.line(at(*line), "#a9d6d6", int(1.5 * scale))
    pen.line([*sheet, sheet[0], sheet[1]], INK, int(3.5 * scale), joint="curve")
    pen.line(at((14, 20), (26, 31.5), (14, 43)), INK, int(6 * scale), joint="curve")
    pen.line(at((29, 52), (38, 50.3), (49, 51.2)), RED, int(4 * scale), joint="curve")
    nib = at((29.5, 51), (34.5, 35.7), (40.2, 31.3), (47.1, 37.1), (43.7, 43.4))
    barrel = at((40.2, 31.3), (57, 10.6), (64.3, 16.7), (47.1, 37.1))
    for shape, colour in ((barrel, RED), (nib, INK)):
        pen.polygon(shape, colour, outline="#fff", width=int(2 * scale))
    card.paste(small := mark.resize((size, size), Image.Resampling.LANCZOS), (left, top), small)


def _face(font: Path | None, size: int) -> ImageFont.FreeTypeFont:
    """The font, or the Latin one that matplotlib carries."""
    carried = "mpl-data/fonts/ttf/DejaVuSerif-Bold.ttf"
    return ImageFont.truetype(str(font or files("matplotlib").joinpath(carried)), size)


def _drawn(language: str, title: str) -> Path:
    """The card, drawn or from the cache."""
    font = font_file()
    key = hashlib.sha256(f"{language}\n{title}\n{font}\n".encode() + Path(__file__).read_bytes()).hexdigest()[:16]
    path = CACHE / "cards" / f"{key}.png"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draw(language, title, font).quantize(64).save(path, optimize=True)
    return path


def _copy(card: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(card, target)
