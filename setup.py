"""Which files are the program: the package, and `resources/` as its data (all but the decision records)."""

from pathlib import Path

from setuptools import find_packages, setup

RESOURCES = Path(__file__).parent / "resources"
FOLDERS = sorted({p.parent.relative_to(RESOURCES) for p in RESOURCES.rglob("*") if p.is_file()})
DATA = {
    ".".join(["followup_desktop.resources", *folder.parts]): f"resources/{folder.as_posix()}".removesuffix("/.")
    for folder in [Path(), *FOLDERS]
    if "decisions" not in folder.parts
}

setup(
    packages=[*find_packages(include=["followup_desktop*"]), *DATA],
    package_dir=DATA,
    package_data={name: ["*"] for name in DATA} | {"followup_desktop.store.migrations": ["*.mako", "versions/*.py"]},
)
