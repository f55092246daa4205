"""What the documentation says is true: verbs, settings, files, links; and the repository speaks of the project alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from pipeline.__main__ import HELP, VERBS
from pipeline.study import Study
from pipeline.tables import TABLES

REPO = Path(__file__).parent.parent
DOCS = sorted(
    [REPO / "README.md", REPO / "CHANGELOG.md", *(REPO / "docs").glob("*.md"), *REPO.glob("[a-z]*/README.md")]
)


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files"], cwd=REPO, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [REPO / name for name in done.stdout.splitlines() if (REPO / name).is_file()]


def test_every_verb_is_explained_where_people_look() -> None:
    readme, makefile = (REPO / "README.md").read_text("utf-8"), (REPO / "Makefile").read_text("utf-8")
    assert set(VERBS) == set(HELP)
    for verb in VERBS:
        assert f"`{verb}" in readme, verb
        assert verb in makefile, verb


def test_every_setting_is_explained_beside_it() -> None:
    demo = (REPO / "codebooks" / "demo" / "study.yaml").read_text("utf-8")
    reference = (REPO / "codebooks" / "README.md").read_text("utf-8")
    for name, field in Study.model_fields.items():
        inner = getattr(field.annotation, "model_fields", None) if name != "variables" else None
        for key in inner or {name: None}:
            line = re.search(rf"(?m)^ *{key}: ?(.*)$", demo)
            assert line, f"{name}.{key} is missing in the demo's study.yaml"
            assert key in reference, f"{name}.{key} is missing in codebooks/README.md"


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.relative_to(REPO).as_posix())
def test_links_lead_to_files_that_are_there(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        assert target.startswith("https:") or (path.parent / target).exists(), target


def test_the_architecture_names_every_table() -> None:
    text = (REPO / "docs" / "architecture.md").read_text("utf-8")
    families = {re.sub(r"^findings_.*", "findings_", name) for name in TABLES}
    assert not [name for name in families if name not in text]


def test_nothing_personal_is_tracked() -> None:
    names = [p.relative_to(REPO).as_posix() for p in tracked()]
    allowed = (
        "transcripts/demo/",
        "transcripts/README.md",
        "codebooks/demo/",
        "codebooks/_schema/",
        "codebooks/README.md",
        "outputs/README.md",
    )
    for name in names:
        if name.startswith(("transcripts/", "codebooks/", "outputs/", "private/")):
            assert name.startswith(allowed), name


def test_no_absolute_paths_and_no_registry_hosts() -> None:
    bad = re.compile(r"/(?:home|root|work|tmp|Users)/[\w.-]+|pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian")
    for path in tracked():
        if path.suffix in (".docx", ".png") or path == Path(__file__):
            continue
        found = bad.search(path.read_bytes().decode("utf-8", "replace"))
        assert not found, f"{path}: {found.group() if found else ''}"


def test_every_requirement_is_locked_with_hashes() -> None:
    for name in ("core.txt", "dev.txt"):
        text = (REPO / "pipeline" / "locks" / name).read_text("utf-8")
        packages = re.findall(r"(?m)^([\w.-]+)==", text)
        assert len(packages) > 10
        assert not [p for p in packages if p.startswith("de-core")]
        for block in re.split(r"(?m)^(?=[\w.-]+==)", text)[1:]:
            assert "--hash=sha256:" in block, block[:60]
