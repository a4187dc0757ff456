"""A published output holds on the reader's processor too: the recorded text is what other BLAS kernels print."""

import platform
import re

import pytest

from kamipen.article.scripts import Scripts
from kamipen.project import CACHE, DOCS, SNIPPETS
from kamipen.recording.records import Records

SCRIPTS = Scripts(SNIPPETS)
VOLATILE = re.compile(r"^```cell\n(\S+#\S+)\n(?:.+\n)*?volatile: true", re.M)
PROCESSORS = {
    "SSE3": {  # sums in another order, exponentials rounded in another way
        "OPENBLAS_CORETYPE": "Prescott",
        "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR",
    },
    "AVX2": {"OPENBLAS_CORETYPE": "Haswell"},
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="names kernels of x86-64 alone"),
]


def volatile() -> set[str]:
    """Return the cells that measure the machine they run on, and so print something else everywhere."""
    pages = (page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md"))
    return {cell for page in pages for cell in VOLATILE.findall(page)}


@pytest.mark.parametrize("processor", PROCESSORS)
@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_every_processor_prints_what_is_published(name, processor):
    """Recorded once for each version of a script, like what is published; a test run only compares."""
    published = Records(SCRIPTS).get(name).printed
    here = Records(SCRIPTS, CACHE / "record" / processor, PROCESSORS[processor]).get(name).printed
    skipped = {reference.split("#")[1] for reference in volatile() if reference.startswith(f"{name}#")}
    for cell in published.keys() - skipped:
        assert here[cell] == published[cell], f"{name}#{cell} depends on the processor: round less, or settle sooner"
