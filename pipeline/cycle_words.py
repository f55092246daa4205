"""What the words in lists of the category cycle mean: the same on the page of forms, in report and document."""

from __future__ import annotations

from pipeline.language import N_

LOG = {
    "new": N_("neue Kategorie"), "renamed": N_("umbenannt"), "merged": N_("zusammengelegt"), "split": N_("geteilt"), "defined": N_("anders definiert"),
    "dropped": N_("gestrichen"), "other": N_("anderes"),
}  # fmt: skip
SAMPLING = {"planned": N_("geplant"), "asked": N_("angefragt"), "done": N_("Gespräch geführt"), "declined": N_("abgesagt")}
