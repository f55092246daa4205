// Forms: one table and one dialog, built from what the server says each form is.
(() => {
  const { words, data, fill, say, ask, plain, byId: at, made: make } = window.app;
  const STEP = 100;
  const forms = new Map(data.forms.map((form) => [form.name, form]));
  const label = new Map(data.codes.map((code) => [code.id, code.label]));
  let form = data.forms[0];
  let stand = { rows: [], undo: false };
  let limit = STEP;
  let noteLimit = STEP;
  let sorted = { name: "", up: true };
  let place = null;

  const counted = (n, one, many) => (n === 1 ? words[one] : fill(words[many], { n }));
  const columns = () => [...(form.anchored ? [{ name: "quote", label: words.place, kind: "long" }] : []), ...form.fields.filter((field) => field.shown)];
  const told = (field, row) => {
    const value = row.cells[field.name] || "";
    if (field.kind === "choice") { return field.words[value] || value; }
    if (field.name === "quote" && row.cells.doc) { return value + "\n(" + row.cells.doc + ")"; }
    return value;
  };
  const named = (row) => (row.cells.paraphrase || row.cells.why || row.cells.whom || row.cells.readings || row.cells.memo || row.id).slice(0, 60);

  const shown = () => {
    const term = plain(at("forms-search").value.trim());
    const rows = stand.rows.filter((row) => !term || Object.values(row.cells).some((cell) => plain(cell).includes(term)) || columns().some((field) => plain(told(field, row)).includes(term)));
    const field = columns().find((one) => one.name === sorted.name);
    if (!field) { return rows.reverse(); }
    const by = (a, b) => told(field, a).localeCompare(told(field, b), "de", { numeric: true }) || a.line - b.line;
    return rows.sort((a, b) => (sorted.up ? by(a, b) : by(b, a)));
  };
  const head = (field) => {
    const mine = sorted.name === field.name;
    const button = make("button", { type: "button", text: field.label + (mine ? (sorted.up ? " ↑" : " ↓") : ""), title: words.sort, onclick: () => {
      sorted = { name: field.name, up: mine ? !sorted.up : true };
      draw();
      Array.from(at("forms-table").tHead.querySelectorAll("button")).find((one) => one.textContent.startsWith(field.label))?.focus();
    } });
    return make("th", { scope: "col", "aria-sort": mine ? (sorted.up ? "ascending" : "descending") : "none" }, button);
  };
  const line = (row) => make("tr", {},
    ...columns().map((field) => make("td", { class: field.name === "quote" ? "quote" : ["date", "coder", "choice", "code"].includes(field.kind) ? "narrow" : "", "data-label": field.label, text: told(field, row) })),
    make("td", { class: "acts" },
      make("button", { type: "button", text: words.edit, "aria-label": fill(words.edit_of, { what: named(row) }), title: fill(words.in_file, { file: form.file, line: row.line }), onclick: () => open(row, {}) }),
      make("button", { type: "button", text: words.delete, "aria-label": fill(words.delete_of, { what: named(row) }), onclick: () => send({ act: "delete", id: row.id, mark: row.mark }, words.deleted) })));

  const draw = () => {
    for (const button of at("forms-tabs").children) { button.setAttribute("aria-pressed", String(button.dataset.form === form.name)); }
    at("forms-title").textContent = form.title;
    at("forms-about").replaceChildren(...form.about.map((text) => make("p", { text })));
    at("forms-example").hidden = !form.example.length;
    at("forms-example").querySelector("dl").replaceChildren(...form.example.flatMap(([what, text]) => [make("dt", { text: what }), make("dd", { text })]));
    at("forms-new").textContent = fill(words.new, { one: form.one });
    at("forms-undo").disabled = !stand.undo;
    const rows = shown();
    const count = stand.rows.length;
    at("forms-count").textContent = rows.length !== count ? fill(words.found, { n: rows.length, of: count }) : count ? counted(count, "count_one", "count") : words.none;
    at("forms-table").hidden = !rows.length;
    at("forms-table").tHead.replaceChildren(make("tr", {}, ...columns().map(head), make("th", { scope: "col", text: words.acts })));
    at("forms-table").tBodies[0].replaceChildren(...rows.slice(0, limit).map(line));
    at("forms-more").hidden = rows.length <= limit;
    at("forms-more").textContent = words.more;
    reductions();
    proposals();
    notes();
  };

  const reductions = () => {
    at("forms-reductions").hidden = form.name !== "inductive";
    const found = stand.reductions || [];
    at("forms-reductions-list").replaceChildren(...(found.length ? found.map((one) => make("li", {},
      make("strong", { text: one.reduction }), make("span", { text: counted(one.n, "passages_one", "passages") }),
      make("span", { class: "soft", text: counted(one.docs.length, "interviews_one", "interviews") + ": " + one.docs.join(", ") }),
      make("button", { type: "button", text: words.draft, "aria-label": fill(words.draft_of, { what: one.reduction }), onclick: () => drafted(one.reduction) }),
      one.generalisations.length ? make("p", { class: "soft small", text: one.generalisations.join(" · ") }) : null)) : [make("li", { class: "soft", text: words.no_reductions })]));
    at("forms-reduced").replaceChildren(...found.map((one) => make("option", { value: one.reduction })));
  };
  const drafted = async (reduction) => {
    const answer = await ask("/formulare/entwurf?reduction=" + encodeURIComponent(reduction));
    if (!answer.ok) { say((answer.data.problems || [words.lost]).join(" "), true); return; }
    at("forms-yaml").textContent = answer.data.yaml;
    at("forms-draft").showModal();
  };

  const proposals = () => {
    at("forms-proposals").hidden = form.name !== "log";
    const found = stand.proposals || [];
    const line = (one) => {
      const what = fill(words.changes[one.what], { codes: one.codes.map((code) => (label.has(code) ? code + " (" + label.get(code) + ")" : code)).join(", ") });
      const version = fill(one.date ? words.version_day : words.version_today, { version: one.version.slice(0, 8), date: one.date });
      return make("li", {}, make("strong", { text: what }), make("span", { class: "soft", text: version }),
        make("button", { type: "button", text: words.explain, "aria-label": fill(words.explain_of, { what }), onclick: () => open(null, { what: one.what, code: one.codes.join("; "), version: one.version.slice(0, 12) }) }));
    };
    at("forms-proposals-list").replaceChildren(...(found.length ? found.map(line) : [make("li", { class: "soft", text: words.no_proposals })]));
  };

  const notes = () => {
    at("forms-notes").hidden = form.name !== "memos";
    const all = stand.notes || [];
    const chosen = at("forms-notes-kind").value;
    const kinds = new Map(all.map((note) => [note.of, note.kind]));
    at("forms-notes-kind").replaceChildren(at("forms-notes-kind").options[0], ...Array.from(kinds, ([value, text]) => make("option", { value, text })));
    at("forms-notes-kind").value = kinds.has(chosen) ? chosen : "";
    const term = plain(at("forms-search").value.trim());
    const found = all.filter((note) => (!chosen || note.of === chosen) && (!term || Object.values(note).some((cell) => plain(cell).includes(term))));
    at("forms-notes-count").textContent = all.length ? counted(found.length, "count_one", "count") : words.notes_none;
    at("forms-notes-table").hidden = !found.length;
    at("forms-notes-table").tHead.replaceChildren(make("tr", {}, ...Object.values(words.headings).map((text) => make("th", { scope: "col", text }))));
    at("forms-notes-table").tBodies[0].replaceChildren(...found.slice(0, noteLimit).map((note) => make("tr", {}, ...Object.keys(words.headings).map((name) => make("td", { class: ["date", "coder", "turn", "doc", "kind"].includes(name) ? "narrow" : "", "data-label": words.headings[name], text: note[name] })))));
    at("forms-notes-more").hidden = found.length <= noteLimit;
    at("forms-notes-more").textContent = words.more;
  };

  const problems = (lines) => {
    at("forms-problems").hidden = !lines.length;
    at("forms-problems").replaceChildren(...lines.map((text) => make("li", { text })));
  };
  const load = async (name) => {
    form = forms.get(name) || form;
    limit = noteLimit = STEP;
    sorted = { name: "", up: true };
    at("forms-search").value = "";
    const answer = await ask("/formulare/stand?form=" + encodeURIComponent(form.name));
    stand = answer.ok ? answer.data : { rows: [], undo: false };
    problems([...data.problems, ...(answer.ok ? [] : answer.data.problems || [words.lost])]);
    at("forms-new").disabled = !answer.ok;
    draw();
  };
  const send = async (body, done) => {
    const answer = await ask("/formulare/akt", { form: form.name, ...body });
    const fresh = answer.data.stand;
    if (fresh) { stand = fresh; draw(); }
    if (answer.ok) { say(done); } else { say(answer.data.conflict ? words.conflict : (answer.data.problems || [words.lost]).join(" "), true); }
    return answer;
  };

  const keysFor = (kind) => {
    const lists = { code: data.codes.map((code) => [code.id, code.label]), interview: data.docs.map((doc) => [doc, ""]), reading: data.docs.map((doc) => [doc, ""]), case: data.cases.map((one) => [one, ""]) };
    at("forms-keys").replaceChildren(...(lists[kind] || []).map(([value, text]) => make("option", { value, label: text || value })));
  };
  const input = (field, value) => {
    const id = "forms-field-" + field.name;
    const more = { id, name: field.name, "aria-describedby": id + "-hint", ...(field.needed ? { "aria-required": "true" } : {}) };
    let made;
    if (field.kind === "choice") {
      const known = Object.entries(field.words);
      made = make("select", more, ...("" in field.words || value ? [] : [make("option", { value: "", text: words.choose })]), ...known.map(([one, text]) => make("option", { value: one, text })));
      if (value && !(value in field.words)) { made.append(make("option", { value, text: value })); }
    } else if (field.kind === "long") {
      made = make("textarea", { ...more, rows: "3", maxlength: String(field.most) });
    } else {
      const list = { code: "forms-codes", codes: "forms-codes", key: "forms-keys", reduction: "forms-reduced" }[field.kind];
      made = make("input", { ...more, type: field.kind === "date" ? "date" : "text", maxlength: String(field.most), autocomplete: "off", ...(list ? { list } : {}) });
    }
    made.value = value;
    if (field.name === "kind") { made.addEventListener("change", () => keysFor(made.value)); keysFor(value); }
    return make("p", { class: "field" }, make("label", { for: id, text: field.label + (field.needed ? " " + words.needed : "") }), made, make("span", { class: "hint", id: id + "-hint", text: field.hint }));
  };
  const quoted = (found) => {
    at("forms-quote").hidden = !found;
    if (!found) { return; }
    for (const part of ["before", "quote", "after"]) { at("forms-quote").querySelector("[data-part=" + part + "]").textContent = found[part] || ""; }
    at("forms-quote").querySelector("[data-part=where]").textContent = found.turn ? fill(words.where, found) : found.doc || "";
  };
  const fetched = async (doc, turn, start, end) => {
    const query = new URLSearchParams({ doc, turn: String(turn), ...(start === undefined ? {} : { start: String(start), end: String(end) }) });
    const answer = await ask("/formulare/stelle?" + query);
    place = answer.ok ? { doc: answer.data.doc, turn: answer.data.turn, start: answer.data.start, end: answer.data.end } : null;
    quoted(answer.ok ? answer.data : null);
    at("forms-bad").textContent = answer.ok ? "" : (answer.data.problems || [words.lost]).join(" ");
  };

  const open = (row, given) => {
    const dialog = at("forms-dialog");
    place = null;
    at("forms-dialog-title").textContent = fill(row ? words.edit_title : words.new_title, { one: form.one });
    at("forms-bad").textContent = "";
    const cells = row ? row.cells : { date: data.today, coder: data.coder, ...given };
    const placed = form.anchored || Boolean(cells.quote) || given.placed;
    at("forms-place").hidden = !placed;
    at("forms-place-ask").hidden = Boolean(row) || Boolean(given.placed);
    at("forms-place-doc").value = at("forms-place-turn").value = "";
    quoted(row && cells.quote ? cells : null);
    at("forms-fields").replaceChildren(...form.fields.map((field) => input(field, cells[field.name] || "")));
    dialog.querySelector("form").onsubmit = async (event) => {
      event.preventDefault();
      if (placed && !row && !place) { at("forms-bad").textContent = words.no_place; return; }
      const sent = Object.fromEntries(form.fields.map((field) => [field.name, at("forms-field-" + field.name).value]));
      const body = row ? { act: "edit", id: row.id, mark: row.mark, cells: sent } : { act: "add", cells: sent, ...(place ? { place } : {}) };
      const answer = await send(body, row ? words.edited : words.added);
      if (answer.ok) { data.coder = sent.coder || data.coder; dialog.close(); } else { at("forms-bad").textContent = answer.data.conflict ? words.conflict : (answer.data.problems || [words.lost]).join(" "); }
    };
    dialog.showModal();
    const first = form.fields.find((field) => !cells[field.name]) || form.fields[0];
    at("forms-field-" + first.name).focus();
  };

  at("forms-tabs").append(...data.forms.map((one) => make("button", { type: "button", "data-form": one.name, text: one.title, onclick: () => load(one.name) })));
  at("forms-codes").append(...data.codes.map((code) => make("option", { value: code.id, label: code.id + " – " + code.label })));
  at("forms-docs").append(...data.docs.map((doc) => make("option", { value: doc })));
  at("forms-new").addEventListener("click", () => open(null, form.name === "sampling" ? { status: "planned" } : {}));
  at("forms-undo").addEventListener("click", () => send({ act: "undo" }, words.undone));
  at("forms-search").addEventListener("input", () => { limit = noteLimit = STEP; draw(); });
  at("forms-notes-kind").addEventListener("change", () => { noteLimit = STEP; notes(); });
  at("forms-more").addEventListener("click", () => { limit += STEP; draw(); });
  at("forms-notes-more").addEventListener("click", () => { noteLimit += STEP; notes(); });
  at("forms-place-get").addEventListener("click", () => fetched(at("forms-place-doc").value.trim(), at("forms-place-turn").value.trim()));
  at("forms-copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(at("forms-yaml").textContent);
      say(words.copied);
    } catch {
      getSelection().selectAllChildren(at("forms-yaml"));
      say(words.not_copied, true);
    }
  });
  for (const button of document.querySelectorAll("[data-close]")) { button.addEventListener("click", () => button.closest("dialog").close()); }

  // Who comes from a passage finds the form open, with its words.
  const begin = async () => {
    const asked = data.asked;
    await load(forms.has(asked.neu) ? asked.neu : forms.has(asked.tab) ? asked.tab : form.name);
    if (!forms.has(asked.neu) || at("forms-new").disabled) { return; }
    const given = Object.fromEntries(["kind", "key", "code", "reduction"].filter((name) => asked[name] && form.fields.some((field) => field.name === name)).map((name) => [name, asked[name]]));
    const there = asked.doc && asked.turn;
    if (there && form.name === "memos") { given.kind = given.kind || "passage"; given.key = given.key || [asked.doc, asked.turn, asked.start || "0"].join("."); }
    open(null, { ...given, placed: Boolean(there) });
    if (there) { await fetched(asked.doc, asked.turn, asked.start || undefined, asked.end || undefined); }
  };
  begin();
})();
