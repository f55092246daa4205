"""Pictures: each is a function from tables to rows and an Altair chart, drawn once as SVG and again, live, by the page.

How to add one: write `charts/<name>.py` with `def picture(desk) -> Picture | dict[str, Picture] | None` (heavy imports inside) and name
it in `gallery.PICTURES` (id -> function). `desk` is `sections/answers/desk.py` (`tables`, `rows(table)`, `names`, `settings`, `guide`, `label`, `order`,
`with_proposals`, `known`: what must be said beside proposals, `known.withheld(code)` from comparisons). A dict gives one
picture for each value: the id is then `<id>_<key>`; none: this material has nothing to show.

    rows = [{"code": …, "people": 3, "to": to_quotes(label, code=…, basis="reviewed"), "words": "Wohnen\nBefragte, gelesen: {people}"}]
    chart = alt.Chart(style.named()).mark_rect().encode(…)            # data always by name: `style.named("edges")` for `more={"edges": …}`
    Picture(title, caption, alt, chart, rows, headings, table, count="people")

* `to`: from `pipeline/addresses.py` only; a click goes there. `words`: lines of text for hovering, as text only, or the name of a
  text in `Picture.words` that many rows share; `{field}` in them stands for the field's value, so that figures that change in the page change
  there too. Marks of other data sets (`more`) have `to` and `words` of their own.
* Colours: only those of `style.py` (`COLOURS`; a test looks), set as constants or by ordinal scales (`scale=alt.Scale(domain=…, range=…)`),
  never blended: the page's style maps each to the theme's variable. Proposals: `style.HOLLOW` (dashed, on paper). Colour never says it alone.
* No width of the container: sizes are fixed (`style.STEP`, `WIDTH`); wide pictures scroll. Labels at axes: `style.cut`, limit `style.LABEL`.
* Figures that may change in the page are read by the chart from `count`'s field (colour steps by `transform_calculate`), not worked out before.
* What is read counts; a proposal is a second, hollow mark; nothing asked and nothing found are two different marks; small groups are named so.
* Matrices are made by `grid.matrix`; `fold=True` lets the page open and close families of categories (rows with `level` and `family`).
* `table`: lists of strings, numbers or `{"text": …, "to": …}` (`"open": True`: a proposal); the first cell is the row's head.
  It is what people with keyboard or screen reader use, so it says all that the picture says.

In the page (`ui.picture("<id>")`, `js/50_pictures.js`): `<figure class="picture" id="bild-<id>">` with `figcaption`, `<div class="drawing">` around the
SVG, `<script type="application/json" class="spec">` with the description, and `<details>` with the table. The script draws into `.drawing`
when it comes into view; without script and in print the SVG stands.
"""
