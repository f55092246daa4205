// Keys and buttons: both lead to the same acts. A key never fires while somebody writes.
(() => {
  const r = window.reading;
  const { state, byId } = r;
  const KEPT = "lesen-tasten";
  let on = true;
  try { on = localStorage.getItem(KEPT) !== "aus"; } catch { on = true; }
  function keysOn(value) {
    if (value !== undefined) { on = value; try { localStorage.setItem(KEPT, on ? "an" : "aus"); } catch { return on; } }
    return on;
  }

  function toLeft(id, part) {
    const box = byId("links").querySelector("[data-part=\"" + part + "\"]");
    if (box) { box.open = true; }
    opened(true);
    const field = byId(id);
    if (field) { field.focus(); }
  }
  function opened(value) {
    byId("links").classList.toggle("open", value);
    byId("links-knopf").setAttribute("aria-expanded", value ? "true" : "false");
  }

  const ACTS = {
    next: () => r.next(1), before: () => r.next(-1), inward: () => r.within(1), outward: () => r.within(-1), accept: () => r.accept(), agree: () => r.accept(), reject: r.reject, change: r.change,
    add: () => r.add(), borders: () => r.borders(), split: () => r.split(), merge: r.merge, withdraw: r.withdraw, memo: r.memo, star: r.star, negative: r.negative, inductive: r.inductive,
    read: () => r.read(true), unread: () => r.read(false), readcode: () => r.read(true, [state.filter.code]), undo: r.undo, item: () => r.nextItem(1, true),
    filters: () => toLeft("f-offen", "filters"), search: () => toLeft("f-suche", "codes"), help: () => r.help(), unpick: () => r.unpick(), coder: () => r.coder(),
    "mode-ok": () => r.modeOk(), "mode-no": () => r.modeNo(),
  };
  const KEYS = {
    j: "next", k: "before", ArrowDown: "next", ArrowUp: "before", ArrowRight: "inward", ArrowLeft: "outward", a: "accept", x: "reject", c: "change", n: "add", b: "borders", s: "split", m: "merge",
    d: "withdraw", Delete: "withdraw", e: "memo", "*": "star", g: "negative", i: "inductive", r: "read", u: "undo", w: "item", f: "filters", "/": "search", "?": "help",
  };
  const IDLE = new Set(["add", "borders", "split", "merge", "withdraw", "accept", "reject", "change", "read", "negative", "star", "undo"]); // not before the first reading is done

  const writes = (element) => Boolean(element && element.closest && element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]"));
  function pressed(event) {
    const to = event.target;
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) { return; }
    if (writes(to)) {
      if (event.key === "Escape" || (to.id === "notiz-feld" && event.key === "Enter" && (event.ctrlKey || event.metaKey))) { event.preventDefault(); to.blur(); opened(false); r.focusTurn(); }
      if (to.id === "erstes-notiz" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); byId("erstes-fertig").click(); }
      if (to.id === "f-suche" && event.key === "Enter") { event.preventDefault(); const first = byId("links").querySelector(".codes .code"); if (first) { chose(first.dataset.code); } }
      return;
    }
    const within = to.closest && to.closest("button, summary, a, input");
    if (state.mode && !event.ctrlKey && !event.metaKey) {
      if (within && (event.key === "Enter" || event.key === " ")) { return; }
      if (r.press(event)) { event.preventDefault(); return; }
      if (KEYS[event.key]) { event.preventDefault(); return; } // first this, then another
    }
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "Escape") { if (state.picked) { r.unpick(); } opened(false); r.focusTurn(); return; }
    if (!on && event.key !== "?") { return; }
    const arrow = event.key.startsWith("Arrow");
    if (arrow && (event.shiftKey || (to.closest && to.closest("#links, #rechts")))) { return; }
    const act = /^[1-5]$/.test(event.key) ? "number" : KEYS[event.key];
    if (!act || !state.stand) { return; }
    event.preventDefault();
    run(act, event.key);
  }
  function run(act, key) {
    if (r.needs() && (IDLE.has(act) || act === "number")) { window.app.say(window.app.words.first_panel, true); return; }
    if (state.mode && !act.startsWith("mode-") && act !== "help") { r.modeNo(); }
    if (act === "number") { r.numbered(Number(key)); } else if (ACTS[act]) { ACTS[act](); }
  }
  function chose(code) {
    state.filter.code = state.filter.code === code ? "" : code;
    r.filtered();
  }

  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-do]");
    if (!one || one.disabled) { return; }
    const { doc, turn, queue, code, key } = one.dataset;
    switch (one.dataset.do) {
      case "doc": opened(false); r.load(doc, ""); break;
      case "queue": opened(false); toQueue(queue); break;
      case "place": opened(false); if (state.talk && state.talk.doc === doc && !state.queue) { r.go(r.index(Number(turn)), ""); } else { r.load(doc, "", Number(turn)); } break;
      case "code": chose(code); break;
      case "mark": r.go(state.at, key, true); break;
      default: run(one.dataset.do);
    }
  });
  function toQueue(name) {
    state.queue = name;
    state.item = null;
    if (!r.nextItem(1, true)) { state.item = null; r.nextItem(1, false); }
  }
  byId("links-knopf").addEventListener("click", () => opened(!byId("links").classList.contains("open")));
  window.addEventListener("hashchange", () => {
    const [, doc, n] = location.hash.match(/^#(.+)-(\d+)$/) || [];
    if (!doc || !state.stand) { return; }
    if (state.talk && state.talk.doc === doc) { const at = r.index(Number(n)); if (at >= 0 && at !== state.at) { r.go(at, r.stops(state.talk.turns[at])[0]); } } else { r.load(doc, "", Number(n)); }
  });
  Object.assign(r, { keysOn, toQueue });
})();
