"""The frame of the app's own pages: navigation, style, script and data, under a policy that allows these alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.responses import HTMLResponse

from pipeline.language import _, current
from pipeline.pages import TEMPLATES, environment, policy_hash

APP = TEMPLATES / "app"


def pages() -> list[dict[str, str]]:
    """The rooms of the app, as its navigation shows them."""
    return [
        {"to": "/lesen", "label": _("Lesen und entscheiden")}, {"to": "/konsens", "label": _("Übereinstimmung")},
        {"to": "/formulare", "label": _("Notizen und Protokolle")}, {"to": "/namen", "label": _("Namen")}, {"to": "/", "label": _("Bericht")},
    ]  # fmt: skip


def page(name: str, here: str, title: str, words: Mapping[str, Any], data: Mapping[str, Any] | None = None, **values: Any) -> HTMLResponse:
    """A page out of `templates/app/<name>/`: `page.html.j2` for its body, all `*.css` and `*.js` in the order of their names.

    The script finds `words` in `#worte` and `data` in `#daten`, both JSON. `here` is the page's address in the navigation.
    """
    css, js = (
        "\n".join(path.read_text("utf-8") for folder in ("shell", name) for path in sorted((APP / folder).glob(f"*.{kind}"))) for kind in ("css", "js")
    )
    css = (TEMPLATES / "css" / "10_colours.css").read_text("utf-8") + css
    policy = f"default-src 'none'; script-src '{policy_hash(js)}'; style-src '{policy_hash(css)}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    body = environment().get_template(f"app/{name}/page.html.j2").render(**values)
    made = environment().get_template("app/shell/frame.html.j2").render(
        language=current(), title=title, here=here, pages=pages(), style=Markup(css), script=Markup(js), body=Markup(body), words=island(words), data=island(data or {}),
    )  # fmt: skip
    return HTMLResponse(made, headers={"content-security-policy": policy})


def island(data: Mapping[str, Any]) -> Markup:
    """Data as JSON that nothing in it can end."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
