"""Write every reference page: `make docs`."""

from scripts.reference import FOLDER, PAGES

for name, page in PAGES.items():
    (FOLDER / name).write_text(page(), "utf-8")
print(f"Wrote {len(PAGES)} pages to docs/reference.")
