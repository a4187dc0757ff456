"""The parts list of the runtime as a table: `/// sbom`."""

from typing import override
from xml.etree.ElementTree import Element, SubElement

from kamipen.markdown.block import PageBlock
from kamipen.runtime.sbom import parts


class PartsList(PageBlock):
    """`/// sbom`: the served files as a table."""

    NAME = "sbom"

    @override
    def on_create(self, parent: Element) -> Element:
        """Write the table."""
        texts = self.page.texts
        around = SubElement(parent, "div", {"class": "kp-wide", "tabindex": "0", "role": "region"})
        around.set("aria-label", texts("parts.title"))
        table = SubElement(around, "table", {"class": "kp-table"})
        head = SubElement(SubElement(table, "thead"), "tr")
        for heading in ("part", "version", "licence", "file", "digest"):
            SubElement(head, "th", {"scope": "col"}).text = texts(f"parts.{heading}")
        body = SubElement(table, "tbody")
        for part in parts():
            row = SubElement(body, "tr")
            SubElement(row, "th", {"scope": "row"}).text = part.name
            SubElement(row, "td").text = part.version
            SubElement(row, "td").text = part.licence
            SubElement(row, "td").text = f"{part.file} ({part.size / 1e6:.2f} MB)"
            SubElement(SubElement(row, "td"), "code").text = part.sha256
        return around
