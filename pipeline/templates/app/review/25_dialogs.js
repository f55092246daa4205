// Questions in a window of their own: a sentence to write, a yes, and the palette of categories. Focus goes back to where it was.
(() => {
  const { words, fill } = window.app;
  const { state, made, codeOf, tinted } = window.reading;
  const MOST = 60; // rows of the palette

  function shown(dialog, to) {
    const before = document.activeElement;
    document.body.append(dialog);
    return new Promise((given) => {
      let answer = null;
      dialog.answer = (value) => { answer = value; dialog.close(); };
      dialog.addEventListener("close", () => {
        dialog.remove();
        if (before && before.isConnected && before !== document.body) { before.focus({ preventScroll: true }); } else { window.reading.focusTurn(); }
        given(answer);
      });
      dialog.addEventListener("click", (event) => { if (event.target === dialog) { dialog.close(); } });
      dialog.showModal();
      (to || dialog).focus();
    });
  }

  // A text to write: null where somebody thinks better of it.
  function write({ title, text, label, value, many, needed, list }) {
    const field = many ? made("textarea", { id: "frage-feld", rows: 4 }) : made("input", { id: "frage-feld", autocomplete: "off", spellcheck: "false", list: list ? "frage-liste" : null });
    field.value = value || "";
    const form = made("form", { method: "dialog" }, made("h2", { id: "frage-titel", text: title }), text ? made("p", { class: "soft", text }) : null, made("label", { for: "frage-feld", text: label }), made("p", {}, field));
    if (list) { form.append(made("datalist", { id: "frage-liste" }, ...list.map((one) => made("option", { value: one })))); }
    const ok = made("button", { type: "submit", class: "main", text: words.ok });
    const no = made("button", { type: "button", text: words.cancel });
    form.append(made("p", { class: "row" }, ok, no, many ? made("span", { class: "soft small", text: words.ctrl_enter }) : null));
    const dialog = made("dialog", { "aria-labelledby": "frage-titel" }, form);
    no.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (needed && !field.value.trim()) { field.focus(); return; }
      dialog.answer(field.value.trim());
    });
    field.addEventListener("keydown", (event) => { if (many && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); } });
    return shown(dialog, field);
  }

  function sure(text, yes) {
    const ok = made("button", { type: "button", class: "main", text: yes });
    const no = made("button", { type: "button", text: words.cancel });
    const dialog = made("dialog", { "aria-label": yes }, made("p", { text }), made("p", { class: "row" }, ok, no));
    ok.addEventListener("click", () => dialog.answer(true));
    no.addEventListener("click", () => dialog.close());
    return shown(dialog, ok).then(Boolean);
  }

  // How well a category fits what was typed; below 0: not at all. Label before name, beginning before middle.
  function fit(code, typed) {
    if (!typed) { const n = state.lately.indexOf(code.id); return n < 0 ? 100 : n; }
    const label = code.label.toLowerCase(), id = code.id.toLowerCase(), all = (code.path.join(" ") + " " + label + " " + id).toLowerCase();
    if (label.startsWith(typed)) { return 1; }
    if (id.startsWith(typed)) { return 2; }
    if (id.split(".").some((part) => part.startsWith(typed)) || label.split(/[\s/-]+/).some((part) => part.startsWith(typed))) { return 3; }
    return typed.split(/\s+/).every((part) => all.includes(part)) ? 4 : -1;
  }

  // The palette: a code's id, or null.
  function palette(title, chosen) {
    const field = made("input", { id: "palette-feld", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-liste", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", placeholder: words.palette_hint });
    const list = made("ul", { id: "palette-liste", role: "listbox", "aria-label": words.codes });
    const about = made("div", { class: "palette-about small" });
    const dialog = made("dialog", { class: "palette", "aria-labelledby": "palette-titel" }, made("h2", { id: "palette-titel", text: title }), made("label", { for: "palette-feld", class: "unseen", text: words.search_code }), field, list, about, made("p", { class: "soft small", text: words.palette_keys }));
    let found = [], at = 0;
    const may = state.order.filter((code) => code.coded);
    const mark = () => {
      Array.from(list.children).forEach((one, n) => one.setAttribute("aria-selected", n === at ? "true" : "false"));
      const one = list.children[at];
      if (one) { field.setAttribute("aria-activedescendant", one.id); one.scrollIntoView({ block: "nearest" }); } else { field.removeAttribute("aria-activedescendant"); }
      const code = found[at];
      about.replaceChildren(...(code ? [made("strong", { text: code.label }), made("span", { text: " " + (code.definition || "") })] : []));
    };
    const draw = () => {
      const typed = field.value.trim().toLowerCase();
      found = may.map((code, n) => [fit(code, typed), n, code]).filter((one) => one[0] >= 0).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((one) => one[2]).slice(0, MOST);
      at = Math.max(0, typed ? 0 : found.findIndex((code) => code.id === chosen));
      list.replaceChildren(...found.map((code, n) => {
        const row = made("li", { id: "palette-" + n, role: "option", "data-n": n }, tinted(made("span", { class: "swatch solid" }), code.id), made("span", { class: "what", text: code.label }), made("span", { class: "soft small", text: [...code.path, code.id].join(" › ") }));
        return row;
      }));
      if (!found.length) { list.append(made("li", { role: "option", "aria-disabled": "true", class: "soft", text: words.palette_none })); }
      mark();
    };
    const take = () => { const code = found[at]; if (code) { state.lately = [code.id, ...state.lately.filter((id) => id !== code.id)].slice(0, 8); dialog.answer(code.id); } };
    field.addEventListener("input", draw);
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
      if (step) { event.preventDefault(); at = Math.min(found.length - 1, Math.max(0, at + step)); mark(); }
      if (event.key === "Enter") { event.preventDefault(); take(); }
    });
    list.addEventListener("click", (event) => { const row = event.target.closest("[data-n]"); if (row) { at = Number(row.dataset.n); take(); } });
    draw();
    return shown(dialog, field);
  }

  function help() {
    const on = made("input", { type: "checkbox", id: "tasten-an" });
    on.checked = window.reading.keysOn();
    on.addEventListener("change", () => window.reading.keysOn(on.checked));
    const rows = words.help.map(([keys, text]) => made("tr", {}, made("th", { scope: "row" }, ...keys.split(" ").flatMap((one, n) => [n ? " " : "", made("kbd", { text: one })])), made("td", { text })));
    const legend = words.legend.map(([kind, text]) => made("li", {}, tinted(made("span", { class: "swatch " + kind }), state.order.length ? state.order[0].id : ""), " ", text));
    const no = made("button", { type: "button", class: "main", text: words.close });
    const dialog = made("dialog", { class: "help", "aria-labelledby": "hilfe-titel" }, made("h2", { id: "hilfe-titel", tabindex: "-1", text: words.help_title }), made("ul", { class: "legend small" }, ...legend), made("table", { class: "small" }, made("tbody", {}, ...rows)), made("p", {}, made("label", {}, on, " ", words.keys_on)), no);
    no.addEventListener("click", () => dialog.close());
    return shown(dialog, dialog.querySelector("h2"));
  }
  Object.assign(window.reading, { write, sure, palette, help });
})();
