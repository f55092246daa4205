"""Stage document: the report as a Word document."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def render(settings: SimpleNamespace, codebook_file: Path, guide_file: Path, method_file: Path, **tables: pd.DataFrame) -> dict[str, bytes]:
    from docx import Document

    made, out = Document(), io.BytesIO()
    made.add_heading(settings.title)
    made.save(out)
    return {"report.docx": out.getvalue()}
