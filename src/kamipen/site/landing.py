"""What stands above both languages: the page that leads to them, those for lost links and for no network, robots."""

from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from kamipen.project import LANGUAGES, setting
from kamipen.texts import load

_HERE = Path(__file__).parent
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
)


def write(site: Path, address: str) -> None:
    """Write the pages and files above the languages of a site at this address."""
    common = {
        "address": address,
        "names": {language: setting("site_name", language) for language in LANGUAGES},
        "texts": {language: load(language) for language in LANGUAGES},
        "style": Markup((_HERE / "landing.css").read_text("utf-8")),
    }
    # Served for any lost address, however deep: only an absolute path finds the style sheet.
    for name, page, base in (("landing", "index", ""), ("not_found", "404", urlsplit(address).path)):
        html = _TEMPLATES.get_template(f"{name}.html.j2").render(common, base=base)
        (site / f"{page}.html").write_text(html, "utf-8")
    away = _TEMPLATES.get_template("away.html.j2")
    for language, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
        html = away.render(common, base=urlsplit(address).path, lang=language, other=other)
        (site / language / "away.html").write_text(html, "utf-8")
    (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n", "utf-8")
    (site / ".nojekyll").touch()
