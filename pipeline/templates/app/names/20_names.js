// Cards of names: moving, deciding, taking back. What the server answers is what is shown; nothing is decided here alone.
(() => {
  const { words, data, fill, say, ask, plain, byId: at, made: make } = window.app;
  const STEP = 60;
  const KEYS = { e: "replace", b: "keep", n: "reject", v: "generalise", z: "merge" };
  let cards = [];
  let now = { mark: "", open: 0, total: 0, pending: 0, undo: 0 };
  let tab = "open";
  let current = "";
  let limit = STEP;
  let busy = false;

  const list = at("names-list");
  const fits = (card, term) => !term || [card.name, card.replacement, card.row, card.note, ...card.forms, ...card.docs].some((text) => plain(text).includes(term));
  const shown = () => {
    const term = plain(at("names-search").value.trim());
    const kind = at("names-kind").value;
    return cards.filter((card) => card.state === tab && (!kind || card.kind === kind) && fits(card, term));
  };
  const counted = (n) => (n === 1 ? words.count_one : fill(words.count, { n }));
  const status = (card) => words.status[card.status === "rejected" ? "rejected" : card.level === "keep" ? "keep" : card.level === "generalise" && card.status !== "suspected" ? "generalise" : card.status];

  const place = (one) => make("li", {},
    make("span", { text: one.before }), make("mark", { text: one.said }), make("span", { text: one.after }), " ",
    make("span", { class: "where", text: one.turn ? fill(words.where, one) : fill(words.head, one) }));

  const drawn = (card) => {
    const about = [words.kinds[card.kind] || card.kind, card.row.replace(/^=.*/, ""), counted(card.n || card.count)];
    if (card.docs.length) { about.push(fill(words.interviews, { docs: card.docs.slice(0, 8).join(", ") + (card.docs.length > 8 ? " …" : "") })); }
    const box = make("li", { class: "names-card", tabindex: "-1", "data-id": card.id, onfocus: () => mark(card.id) });
    box.append(make("h3", { text: card.name }), make("span", { class: "tag", text: status(card) }));
    if (card.everywhere) { box.append(make("span", { class: "tag", text: words.everywhere })); }
    if (card.pending) { box.append(make("span", { class: "tag late", text: words.card_pending })); }
    box.append(make("span", { class: "about", text: about.filter(Boolean).join(" · ") }));
    if (card.state === "replaced" || (card.form && card.replacement)) {
      box.append(make("p", { text: card.replacement ? fill(words.becomes, { what: card.replacement }) : words.chosen_later }));
    }
    if (card.forms.length > 1) { box.append(make("p", { class: "about", text: fill(words.forms, { forms: card.forms.join(" | ") }) })); }
    if (card.state === "open" && card.form && card.forms.length > 1) { box.append(make("p", { class: "about", text: words.else })); }
    if (card.state === "open" && card.short) { box.append(make("p", { class: "about", text: words.short })); }
    if (card.note) { box.append(make("p", { class: "about", text: card.note })); }
    if (card.places.length) {
      box.append(make("ul", {}, ...card.places.map(place)));
      if (card.n > card.places.length) { box.append(make("p", { class: "about", text: fill(words.more_places, { n: card.n - card.places.length }) })); }
    }
    const acts = Object.entries(KEYS).map(([key, act]) => make("button", {
      type: "button", tabindex: "-1", "data-act": act, onclick: () => { mark(card.id); begin(act); },
    }, make("span", { text: words.acts[act] }), " ", make("kbd", { text: key, "aria-hidden": "true" })));
    box.append(make("div", { class: "acts" }, ...acts));
    return box;
  };

  const mark = (id) => {
    current = id;
    for (const box of list.children) {
      const here = box.dataset.id === id;
      if (here) { box.setAttribute("aria-current", "true"); } else { box.removeAttribute("aria-current"); }
      for (const button of box.querySelectorAll("button")) { button.tabIndex = here ? 0 : -1; }
    }
  };

  const figures = () => {
    at("names-progress").textContent = fill(words.progress, { done: now.total - now.open, total: now.total, open: now.open });
    at("names-bar").max = Math.max(now.total, 1);
    at("names-bar").value = now.total ? now.total - now.open : 1;
    at("names-pending").hidden = at("names-run").hidden = !now.pending;
    at("names-pending").textContent = now.pending === 1 ? words.pending_one : fill(words.pending, { n: now.pending });
    at("names-undo").disabled = !now.undo;
    for (const button of document.querySelectorAll("[data-tab]")) {
      button.textContent = fill(words["tab_" + button.dataset.tab], { n: cards.filter((card) => card.state === button.dataset.tab).length });
      button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
      if (button.dataset.tab === tab) { at("names-heading").textContent = button.textContent; }
    }
  };

  const draw = (focus) => {
    figures();
    const found = shown();
    if (!found.some((card) => card.id === current)) { current = found.length ? found[0].id : ""; }
    const seen = found.findIndex((card) => card.id === current);
    limit = Math.max(limit, seen + 5);
    list.replaceChildren(...found.slice(0, limit).map(drawn));
    mark(current);
    at("names-empty").hidden = found.length > 0;
    at("names-empty").textContent = tab === "open" && !at("names-search").value ? words.empty_open : words.empty;
    at("names-more").hidden = found.length <= limit;
    at("names-more").textContent = words.more;
    if (focus) { look(); }
  };
  const box = () => Array.from(list.children).find((one) => one.dataset.id === current);
  const look = () => {
    const here = box();
    if (here) { here.focus({ preventScroll: true }); here.scrollIntoView({ block: "nearest" }); }
  };
  const move = (by) => {
    const found = shown();
    const here = found.findIndex((card) => card.id === current);
    const next = found[Math.min(Math.max(here + by, 0), found.length - 1)];
    if (!next) { return; }
    current = next.id;
    if (!box()) { limit += STEP; draw(); }
    mark(current);
    look();
  };

  const whole = (given) => {
    const told = given.problems || [];
    at("names-problems").hidden = !told.length;
    at("names-problems").replaceChildren(...told.map((line) => make("li", { text: line })));
    cards = given.cards || [];
    now = { mark: "", open: 0, total: 0, pending: 0, undo: 0, ...given };
  };
  const changed = (given) => {
    const gone = new Set([...given.gone, ...given.cards.map((card) => card.id)]);
    cards = cards.filter((card) => !gone.has(card.id));
    for (const card of given.cards) {
      const before = card.after ? cards.findIndex((one) => one.id === card.after) + 1 : 0;
      cards.splice(before, 0, card);
    }
    now = { ...now, ...given };
  };
  const reload = async () => {
    const answer = await ask("/namen/stand");
    if (answer.ok || answer.data.problems) { whole(answer.data); draw(); }
  };

  const send = async (act, card, more = {}) => {
    if (busy) { return null; }
    busy = true;
    const found = shown();
    const here = found.findIndex((one) => one.id === current);
    const after = found.slice(here + 1).concat(found.slice(0, Math.max(here, 0)).reverse());
    const answer = await ask("/namen/akt", { act, mark: now.mark, ...(card ? { row: card.row, form: card.form } : {}), ...more });
    busy = false;
    if (answer.ok && answer.data.ok) {
      changed(answer.data);
      if (act !== "undo") { current = (after.find((one) => cards.some((card) => card.id === one.id && card.state === tab)) || {}).id || ""; }
      else { current = (answer.data.cards[0] || {}).id || current; tab = (cards.find((one) => one.id === current) || { state: tab }).state; }
      draw(true);
      say(fill(words.done[act], { name: card ? card.name : "", into: more.said || "" }));
    } else if (answer.data.conflict) {
      whole(answer.data.stand);
      draw(true);
      say(words.conflict, true);
    } else if (!answer.data.ask) {
      say((answer.data.problems || [words.lost]).join(" "), true);
    }
    return answer;
  };
  const refused = (answer) => (answer && !(answer.ok && answer.data.ok) && !answer.data.conflict ? (answer.data.problems || [words.lost]).join(" ") : "");

  const begin = async (act) => {
    const card = cards.find((one) => one.id === current);
    if (!card) { return; }
    if (act === "replace" || act === "generalise") { word(act, card); return; }
    if (act === "merge") { merge(card); return; }
    const answer = await send(act, card);
    if (answer && answer.data.ask) { really(act, card, {}, answer.data.ask); }
  };
  const open = (id, title, card) => {
    at(id + "-title").textContent = fill(title, { name: card.name });
    at(id).showModal();
  };
  const word = (act, card) => {
    const dialog = at("names-word");
    at("names-word-kind").value = card.kind;
    at("names-word-text").value = act === "replace" && card.state === "open" && card.status === "suspected" ? "" : card.replacement;
    at("names-word-everywhere").checked = card.everywhere || card.short;
    at("names-everywhere-field").hidden = act !== "replace";
    at("names-word-bad").textContent = "";
    dialog.querySelector("form").onsubmit = async (event) => {
      event.preventDefault();
      const typed = at("names-word-text").value.trim();
      const more = { kind: at("names-word-kind").value, replacement: typed === card.replacement ? "" : typed, everywhere: act === "replace" && at("names-word-everywhere").checked };
      const answer = await send(act, card, more);
      if (answer && answer.data.ask) { dialog.close(); really(act, card, more, answer.data.ask); return; }
      const bad = refused(answer);
      at("names-word-bad").textContent = bad;
      if (answer && !bad) { dialog.close(); look(); }
    };
    open("names-word", words[act + "_title"], card);
    at("names-word-text").focus();
  };
  const really = (act, card, more, text) => {
    const dialog = at("names-ask");
    at("names-ask-text").textContent = text;
    dialog.querySelector("form").onsubmit = async (event) => {
      event.preventDefault();
      dialog.close();
      await send(act, card, { ...more, sure: true });
    };
    open("names-ask", words.ask_title, card);
  };
  const merge = (card) => {
    const dialog = at("names-merge");
    const field = at("names-merge-text");
    const rows = new Map(cards.filter((one) => one.row !== card.row).map((one) => [one.row, one]));
    const take = async (into) => {
      const answer = await send("merge", card, { into: into.row, said: into.name });
      const bad = refused(answer);
      at("names-merge-bad").textContent = bad;
      if (answer && !bad) { dialog.close(); look(); }
    };
    const matching = () => {
      const term = plain(field.value.trim());
      const order = (one) => (term && plain(one.name).startsWith(term) ? 0 : 1) + (one.kind === card.kind ? 0 : 2) + (one.state === "replaced" ? 0 : 1);
      return Array.from(rows.values()).filter((one) => fits(one, term)).sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name, "de")).slice(0, 12);
    };
    const offer = () => {
      const found = matching();
      const line = (one) => [one.forms.join(" | "), words.kinds[one.kind], status(one), one.replacement && fill(words.becomes, { what: one.replacement })].filter(Boolean).join(" · ");
      at("names-merge-found").replaceChildren(...(found.length
        ? found.map((one) => make("li", {}, make("button", { type: "button", text: line(one), onclick: () => take(one) })))
        : [make("li", { text: words.no_match })]));
    };
    field.value = "";
    field.oninput = offer;
    field.onkeydown = (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); const first = at("names-merge-found").querySelector("button"); if (first) { first.focus(); } }
    };
    at("names-merge-bad").textContent = "";
    dialog.querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      const first = matching()[0];
      if (first && field.value.trim()) { take(first); }
    };
    offer();
    open("names-merge", words.merge_title, card);
    field.focus();
  };
  const undo = async () => {
    if (!now.undo) { say(words.nothing_to_undo); return; }
    const answer = await send("undo", null);
    if (answer && answer.status === 409 && !answer.data.conflict) { const told = answer.data.problems; await reload(); say((told || []).join(" "), true); }
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) { return; }
    if (event.target.closest("input, select, textarea")) { if (event.key === "Escape") { event.target.blur(); look(); } return; }
    const acts = { j: () => move(1), k: () => move(-1), u: undo, "/": () => at("names-search").focus() };
    const act = acts[event.key] || (KEYS[event.key] && (() => begin(KEYS[event.key])));
    if (act) { event.preventDefault(); act(); }
  });
  for (const button of document.querySelectorAll("[data-close]")) { button.addEventListener("click", () => { button.closest("dialog").close(); look(); }); }
  for (const button of document.querySelectorAll("[data-tab]")) { button.addEventListener("click", () => { tab = button.dataset.tab; limit = STEP; current = ""; draw(); }); }
  for (const id of ["names-search", "names-kind"]) { at(id).addEventListener("input", () => { limit = STEP; draw(); }); }
  at("names-more").addEventListener("click", () => { limit += STEP; draw(); });
  at("names-undo").addEventListener("click", undo);
  at("names-run").addEventListener("click", async () => {
    const answer = await ask("/lesen/auffrischen", {});
    at("names-running").textContent = answer.ok ? words.begun : (answer.data.problems || [words.no_run]).join(" ");
  });

  // A run that goes on elsewhere is told here too; when it is done, the cards are read anew.
  let working = false;
  const line = new EventSource("/ereignisse");
  line.addEventListener("stand", (event) => {
    const told = JSON.parse(event.data);
    const works = told.phase === "rechnet";
    if (works) { at("names-running").textContent = fill(words.running, { step: told.step || "…" }); }
    if (working && !works) {
      at("names-running").textContent = told.problems.length ? told.problems.map((pair) => pair.join(": ")).join(" ") : words.run_done;
      if (!document.querySelector("dialog[open]")) { reload(); }
    }
    working = works;
  });
  whole(data);
  draw();
})();
