// The left column: interviews, drawn lists, filters, categories, cases, what is still open, and what was not found again.
(() => {
  const { words, fill, say, ask } = window.app;
  const { state, made, byId, codeOf, tinted } = window.reading;
  const shut = new Set(["cases"]); // parts that are folded
  let typed = ""; // what is searched among the categories

  const bar = (value, most, label) => made("progress", { value: Math.min(value, most), max: Math.max(1, most), "aria-label": label });
  function part(name, title, ...rows) {
    const box = made("details", { open: !shut.has(name), "data-part": name }, made("summary", {}, made("h2", { text: title })), ...rows);
    box.addEventListener("toggle", () => { if (box.open) { shut.delete(name); } else { shut.add(name); } });
    return box;
  }

  function interviews() {
    const rows = state.stand.docs.map((doc) => {
      const here = state.talk && !state.queue && state.talk.doc === doc.doc;
      const told = doc.first === "needed" ? words.first_open : fill(words.doc_state, { read: doc.read, codable: doc.codable, open: doc.open });
      const row = made("button", { type: "button", class: "pick", "data-do": "doc", "data-doc": doc.doc, "aria-current": here ? "true" : null }, made("span", { class: "name", text: doc.doc }), made("span", { class: "title", text: doc.title === doc.doc ? "" : doc.title }), made("span", { class: "soft small whole", text: told }));
      return made("li", {}, row, bar(doc.read, doc.codable, fill(words.doc_bar, { doc: doc.doc })));
    });
    return part("docs", words.interviews, made("ul", { class: "picks" }, ...rows));
  }

  function queues() {
    const all = state.stand.queues || [];
    if (!all.length) { return ""; }
    const rows = all.map((one) => {
      const told = fill(one.blind ? words.queue_blind : words.queue_state, { mode: words["mode_" + one.mode] || one.mode, done: one.done, total: one.total });
      const row = made("button", { type: "button", class: "pick", "data-do": "queue", "data-queue": one.name, "aria-current": state.queue === one.name ? "true" : null }, made("span", { class: "name", text: one.name }), made("span", { class: "soft small whole", text: told }));
      return made("li", {}, row, bar(one.done, one.total, fill(words.queue_bar, { queue: one.name })));
    });
    return part("queues", words.queues, made("ul", { class: "picks" }, ...rows));
  }

  function choice(id, label, value, options, set) {
    const field = made("select", { id }, ...options.map(([v, text]) => made("option", { value: v, text })));
    field.value = value;
    field.addEventListener("change", () => { set(field.value); window.reading.filtered(); });
    return made("p", { class: "field" }, made("label", { for: id, text: label }), field);
  }
  function filters() {
    const f = state.filter;
    const only = made("input", { type: "checkbox", id: "f-offen" });
    only.checked = f.open;
    only.addEventListener("change", () => { f.open = only.checked; window.reading.filtered(); });
    const cases = Object.entries((state.stand.progress || {}).cases || {}).map(([id, one]) => [id, one.label && one.label !== id ? one.label + " (" + id + ")" : id]);
    const rows = [
      made("p", { class: "field" }, made("label", { for: "f-offen" }, only, " ", words.only_open)),
      choice("f-sicher", words.by_chance, f.sure, [["", words.chance_all], ["unsure", words.chance_unsure], ["sure", words.chance_sure]], (v) => { f.sure = v; }),
      choice("f-fall", words.by_case, f.case, [["", words.all_cases], ...cases], (v) => { f.case = v; }),
    ];
    if (f.code || f.sure || f.case || f.open) {
      const clear = made("button", { type: "button", "data-do": "clear", text: words.clear });
      clear.addEventListener("click", () => { state.filter = { code: "", sure: "", case: "", open: false }; window.reading.filtered(); });
      if (f.code) { rows.push(made("p", { class: "small", text: fill(words.only_code, { code: codeOf(f.code).label }) })); }
      rows.push(clear);
    }
    return part("filters", words.filters, ...rows);
  }

  function codes() {
    const progress = (state.stand.progress || {}).codes || {};
    const field = made("input", { id: "f-suche", type: "search", placeholder: words.search_code, "aria-label": words.search_code, autocomplete: "off", spellcheck: "false" });
    field.value = typed;
    const list = made("ul", { class: "codes" });
    const draw = () => {
      typed = field.value;
      const wanted = typed.trim().toLowerCase();
      list.replaceChildren(...state.order.filter((code) => !wanted || (code.label + " " + code.id).toLowerCase().includes(wanted)).map((code) => {
        const told = progress[code.id] || {};
        const chosen = state.filter.code === code.id;
        const row = made("button", { type: "button", class: "pick code depth-" + Math.min(3, code.within.length - 1), "data-do": "code", "data-code": code.id, "aria-pressed": chosen ? "true" : "false", title: code.id + (code.definition ? ": " + code.definition : "") }, tinted(made("span", { class: "swatch solid" }), code.id), made("span", { class: "what", text: code.label }), told.proposed || told.given ? made("span", { class: "soft small n", text: fill(words.code_state, { given: told.given || 0, decided: told.decided || 0, proposed: told.proposed || 0 }) }) : null);
        return made("li", {}, row, told.proposed ? bar(told.decided || 0, told.proposed, fill(words.code_bar, { code: code.label })) : null);
      }));
    };
    field.addEventListener("input", draw);
    draw();
    return part("codes", words.codes, made("p", { class: "soft small", text: words.codes_hint }), field, list);
  }

  function cases() {
    const rows = Object.entries((state.stand.progress || {}).cases || {}).map(([id, one]) => made("li", {}, made("span", { class: "small", text: fill(words.case_state, { case: one.label || id, read: one.read, turns: one.turns }) }), bar(one.read, one.turns, one.label || id)));
    return rows.length ? part("cases", words.cases, made("ul", { class: "picks" }, ...rows)) : "";
  }

  function undone() {
    const told = new Set(); // the same reason stands beside many: it is read once
    const once = (reason) => { const said = told.has(reason) ? "" : reason || ""; told.add(reason); return said; };
    const rows = (state.stand.open || []).map((one) => made("li", {}, made("button", { type: "button", class: "pick", "data-do": "place", "data-doc": one.doc, "data-turn": one.turn }, made("span", { class: "name", text: one.doc + "-" + one.turn }), made("span", { class: "small", text: (one.codes || []).map((id) => codeOf(id).label).join(", ") }), made("span", { class: "soft small", text: once(one.reason) }))));
    return rows.length ? part("open", fill(words.still_open, { n: rows.length }), made("ul", { class: "picks" }, ...rows)) : "";
  }

  function lost() {
    const all = state.stand.unplaced || [];
    if (!all.length) { return ""; }
    const rows = all.map((one) => {
      const place = Number.isInteger(one.turn) && one.turn > 0;
      const send = async (ok, turn, start, end) => {
        const answer = await ask("/lesen/ort", { coder: state.coder, decision: one.decision, doc: one.doc, turn, start, end, ok });
        if (!answer.ok) { say((answer.data.problems || [words.gone]).join(" "), true); return; }
        say(ok ? words.placed : words.let_go);
        await window.reading.refresh();
        if (state.talk) { await window.reading.load(state.talk.doc, state.queue, turn); }
      };
      const go = place ? made("button", { type: "button", "data-do": "place", "data-doc": one.doc, "data-turn": one.turn, text: words.look }) : null;
      const yes = place ? made("button", { type: "button", "data-lost": "yes", text: words.right_here }) : null;
      const chosen = made("button", { type: "button", "data-lost": "chosen", text: words.chosen_place });
      const no = made("button", { type: "button", "data-lost": "no", text: words.let_go_do });
      if (yes) { yes.addEventListener("click", () => send(true, one.turn, one.start, one.end)); }
      chosen.addEventListener("click", () => {
        if (!state.picked || !state.talk || state.talk.doc !== one.doc) { say(words.choose_first, true); return; }
        const here = window.reading.range();
        send(true, state.picked.turn, here.start, here.end);
      });
      no.addEventListener("click", async () => { if (await window.reading.sure(words.let_go_sure, words.let_go_do)) { send(false, one.turn || 0, one.start || 0, one.end || 0); } });
      const like = place && typeof one.likeness === "number" ? fill(words.likely, { place: one.doc + "-" + one.turn, n: Math.round(one.likeness > 1 ? one.likeness : one.likeness * 100) }) : words.nowhere;
      return made("li", { class: "lost" }, made("strong", { text: codeOf(one.code).label }), made("q", { text: one.quote || "" }), one.likely ? made("span", { class: "small" }, words.now_there + " ", made("q", { text: one.likely })) : null, made("span", { class: "soft small", text: like + " " + (one.reason || "") }), made("span", { class: "row" }, go, yes, chosen, no));
    });
    return part("lost", fill(words.not_found, { n: all.length }), made("ul", { class: "picks" }, ...rows));
  }

  function drawLeft() {
    if (!state.stand) { return; }
    window.reading.keeping(byId("links"), () => {
      const top = byId("links").scrollTop;
      const who = made("p", { class: "who" }, made("span", { text: fill(words.coder, { coder: state.coder || "–" }) }), made("button", { type: "button", "data-do": "coder", text: words.other_coder }));
      const notes = (state.stand.notes || []).map((line) => made("p", { class: "note small", text: line }));
      const again = made("button", { type: "button", "data-do": "compute", text: words.compute });
      again.addEventListener("click", async () => {
        const answer = await ask("/lesen/auffrischen", {});
        say(answer.ok ? words.computing : (answer.data.problems || [words.gone]).join(" "), !answer.ok);
      });
      byId("links").replaceChildren(who, ...notes, interviews(), queues(), undone(), lost(), filters(), codes(), cases(), made("p", { class: "compute" }, again), made("p", { id: "lauf", class: "soft small" }));
      window.reading.drawRun();
      byId("links").scrollTop = top;
    });
  }
  // What an act changed in the counts, told with its answer.
  function progressed(fresh) {
    const known = state.stand.progress || (state.stand.progress = {});
    for (const kind of ["codes", "cases"]) { known[kind] = { ...known[kind], ...fresh[kind] }; }
  }
  Object.assign(window.reading, { drawLeft, progressed });
})();
