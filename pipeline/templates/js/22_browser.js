"use strict";
// The browser of quotes: search, filters with counts, a list that grows while one reads, context, copies, and addresses that lead here.
(function () {
  const nenner = window.nenner;
  const section = document.getElementById("belege");
  if (!nenner || !nenner.quotes || !section) { return; }
  const quotes = nenner.quotes;
  const made = nenner.made;
  const say = nenner.say;
  const words = JSON.parse(document.getElementById("worte").textContent);
  const part = function (name) { return section.querySelector(name); };
  const field = document.getElementById("suche");
  const order = document.getElementById("ordnung");
  const reset = document.getElementById("alle");
  const status = document.getElementById("filterstand");
  const chosenButton = document.getElementById("auswahl");
  const facets = part(".facets");
  const chips = part(".chips");
  const list = part(".list");
  const PAGE = 30;
  const chosen = new Set();
  let state = { wanted: {}, label: "", order: "rank" };
  let rows = [];
  let shown = 0;
  let begun = false;
  part(".browser").hidden = false;

  // --- one quote
  function button(text, act) {
    const found = made("button", text);
    found.type = "button";
    found.addEventListener("click", function () { act(found); });
    return found;
  }
  function link(text, to) {
    const found = made("a", text);
    found.href = to;
    return found;
  }
  // Words are marked where they stand as words: `hits` as they are written, `looked` folded.
  nenner.marked = function (into, text, hits, looked) {
    let last = 0;
    for (const word of text.matchAll(nenner.WORD)) {
      const hit = hits.has(word[0]);
      const found = !hit && looked.length > 0 && looked.some(function (term) { return nenner.fold(word[0]).includes(term); });
      if (!hit && !found) { continue; }
      into.append(text.slice(last, word.index), made("mark", word[0], hit ? "" : "found"));
      last = word.index + word[0].length;
    }
    into.append(text.slice(last));
    return into;
  };
  function place(row) {
    const doc = quotes.value(row, "doc");
    const turn = nenner.turn(doc, quotes.store().turn[row]);
    const lines = turn && /^\S+ \d+$/.test(turn.place) && turn.place.startsWith(say("line")) ? turn.place : say("turn", { n: quotes.store().turn[row] });
    return { doc: doc, line: lines, clock: nenner.clock(quotes.store().second[row]) };
  }
  function citation(row) {
    const at = place(row);
    return [quotes.store().docs[at.doc][1], at.line, at.clock].filter(Boolean).join(", ");
  }
  function told(row) {
    const store = quotes.store();
    const said = quotes.text(row);
    return (store.hidden[row] ? said : "„" + said + "“") + " (" + citation(row) + ")";
  }
  function drawn(row, looked) {
    const store = quotes.store();
    const basis = quotes.value(row, "basis");
    const id = store.mention[row];
    const at = place(row);
    const code = quotes.value(row, "code");
    const one = made("article", "", "quote" + (basis === "reviewed" ? "" : " open"));
    one.id = "zitat-" + id;
    one.dataset.row = String(row);
    one.tabIndex = -1;
    const said = made("p", "", "said");
    if (store.hidden[row]) { said.textContent = quotes.text(row); } else {
      const hits = new Set(store.words[store.hits[row]].flatMap(function (w) { return Array.from(w.matchAll(nenner.WORD), function (m) { return m[0]; }); }));
      said.append(store.first[row] > 0 ? "„… " : "„");
      nenner.marked(said, quotes.text(row), hits, looked);
      said.append("“");
    }
    const source = made("p", "", "source");
    const bear = link(quotes.label("code", code), quotes.write({ code: [code] }, quotes.label("code", code), ""));
    bear.className = "tag bears";
    source.append(bear, " ", link([store.docs[at.doc][0], at.line, at.clock].filter(Boolean).join(", "), "#" + at.doc + "-" + store.turn[row]));
    const who = store.cases[quotes.value(row, "case")];
    if (who) { source.append(" · " + who); }
    const prompt = quotes.value(row, "prompt");
    const question = quotes.value(row, "question");
    if (prompt) { source.append(" · " + quotes.label("prompt", prompt) + (question ? " (" + question + ")" : "")); }
    const chance = store.chance[row] < 0 ? "" : ": " + words.chances[store.chance[row]];
    source.append(" ", made("span", say("basis." + basis) + chance, "tag " + (basis === "reviewed" ? "reviewed" : basis === "proposed" ? "open" : "caution")));
    for (const n of store.tags[row]) { source.append(" ", made("span", store.texts[n], "tag")); }
    one.append(said, source);
    if (store.why[row].length) { one.append(made("p", say("why", { why: store.why[row].map(function (n) { return store.texts[n]; }).join("; ") }), "source why")); }
    const tools = made("p", "", "tools");
    const context = button(say("context.open"), function () { toggle(one, row, context); });
    context.setAttribute("aria-expanded", "false");
    const pick = made("label");
    const tick = made("input");
    tick.type = "checkbox";
    tick.checked = chosen.has(id);
    tick.addEventListener("change", function () { if (tick.checked) { chosen.add(id); } else { chosen.delete(id); } count(); });
    pick.append(tick, " " + say("choose"));
    const anchor = link("#", "#zitat-" + id);
    anchor.title = say("link");
    anchor.setAttribute("aria-label", say("link"));
    anchor.className = "anchor";
    tools.append(context, button(say("copy"), function (pressed) { copy(told(row), pressed); }), pick, anchor);
    one.append(tools);
    return one;
  }

  // Two turns before and after, in the words of the conversation.
  function toggle(one, row, pressed) {
    const old = one.querySelector(".context");
    pressed.setAttribute("aria-expanded", String(!old));
    pressed.textContent = say(old ? "context.open" : "context.close");
    if (old) { old.remove(); return; }
    const store = quotes.store();
    const doc = quotes.value(row, "doc");
    const talk = nenner.talk(doc);
    const around = made("div", "", "context");
    around.setAttribute("role", "group");
    around.setAttribute("aria-label", say("context.label"));
    const at = talk ? talk.at.get(store.turn[row]) : -1;
    for (let n = Math.max(0, at - 2); talk && n <= Math.min(talk.turns.length - 1, at + 2); n += 1) {
      const turn = talk.turns[n];
      const line = made("div", "", "turn " + turn.role + (n === at ? " here" : ""));
      const who = made("div", "", "who");
      who.append(link(turn.turn + " · " + (turn.speaker || "?"), "#" + doc + "-" + turn.turn));
      if (turn.second >= 0) { who.append(made("br"), nenner.clock(turn.second)); }
      const said = made("p");
      turn.pieces.forEach(function (piece, k) {
        const inside = n === at && k >= store.first[row] && k <= store.last[row];
        said.append(inside ? made("mark", piece, "here") : piece);
      });
      line.append(who, said);
      around.append(line);
    }
    one.append(around);
  }

  // Copies: where the browser does not let the page write to the clipboard, the text stands marked to be copied by keys.
  function copy(text, pressed) {
    const before = pressed.dataset.words || pressed.textContent;
    pressed.dataset.words = before;
    const done = function () {
      pressed.textContent = say("copy.done");
      window.setTimeout(function () { pressed.textContent = before; }, 2000);
    };
    const failed = function () {
      let area = pressed.parentElement.querySelector("textarea");
      if (!area) {
        area = made("textarea");
        area.readOnly = true;
        area.rows = 3;
        area.setAttribute("aria-label", say("copy.field"));
        pressed.after(area);
      }
      area.value = text;
      area.focus();
      area.select();
      pressed.textContent = say("copy.marked");
    };
    if (navigator.clipboard && navigator.clipboard.writeText) { navigator.clipboard.writeText(text).then(done, failed); } else { failed(); }
  }
  function count() {
    chosenButton.hidden = !chosen.size;
    delete chosenButton.dataset.words;
    chosenButton.textContent = say("copy.chosen", { n: chosen.size });
  }
  chosenButton.addEventListener("click", function () {
    const store = quotes.store();
    const mine = Array.from(chosen).filter(function (id) { return store.row.has(id); }).map(function (id) { return store.row.get(id); });
    copy(quotes.sorted(mine, state.order).map(told).join("\n\n"), chosenButton);
  });

  // --- the list: more is drawn when its end comes near, or by the button
  const more = button("", function () { grow(); });
  more.className = "more";
  function grow() {
    const focus = document.activeElement === more;
    const looked = state.wanted.q ? quotes.terms(state.wanted.q).flatMap(function (term) { return term.split(" "); }) : [];
    const until = Math.min(rows.length, shown + PAGE);
    const added = document.createDocumentFragment();
    for (let n = shown; n < until; n += 1) { added.append(drawn(rows[n], looked)); }
    const first = added.firstElementChild;
    more.remove();
    list.append(added);
    shown = until;
    if (shown < rows.length) {
      more.textContent = say("more", { n: rows.length - shown });
      list.append(more);
    }
    if (focus && first) { first.focus({ preventScroll: false }); }
  }
  list.addEventListener("scroll", function () {
    if (shown < rows.length && list.scrollTop + list.clientHeight > list.scrollHeight - 900) { grow(); }
  }, { passive: true });

  // --- filters
  const panels = new Map();
  const MANY = 14;
  function panel(facet) {
    const details = made("details", "", "facet");
    details.dataset.key = facet.key;
    details.append(made("summary", facet.label), made("ul"));
    details.addEventListener("toggle", function () { if (details.open) { fill(facet); } });
    facets.append(details);
    panels.set(facet.key, { box: details, wide: false, sums: null });
  }
  function fill(facet) {
    const own = panels.get(facet.key);
    const body = own.box.querySelector("ul");
    const on = new Set(state.wanted[facet.key] || []);
    const focus = body.contains(document.activeElement) ? document.activeElement.value : null;
    body.textContent = "";
    const values = facet.values.map(function (v, n) { return [v, own.sums ? own.sums[n] : 0]; }).filter(function (pair) { return pair[1] > 0 || on.has(pair[0][0]); });
    values.slice(0, own.wide ? values.length : MANY).forEach(function (pair) {
      const line = made("li", "", "l" + pair[0][2]);
      const label = made("label");
      const tick = made("input");
      tick.type = "checkbox";
      tick.value = pair[0][0];
      tick.checked = on.has(pair[0][0]);
      tick.addEventListener("change", function () { choose(facet.key, pair[0][0], tick.checked); });
      label.append(tick, made("span", pair[0][1]), made("span", String(pair[1]), "n"));
      line.append(label);
      body.append(line);
      if (focus === tick.value) { tick.focus({ preventScroll: true }); }
    });
    if (!own.wide && values.length > MANY) {
      const line = made("li");
      line.append(button(say("filter.more"), function () { own.wide = true; fill(facet); const next = body.querySelectorAll("input")[MANY]; if (next) { next.focus(); } }));
      body.append(line);
    }
  }
  function choose(key, value, on) {
    const wanted = Object.assign({}, state.wanted);
    const values = (wanted[key] || []).filter(function (v) { return v !== value; });
    if (on) { values.push(value); }
    if (values.length) { wanted[key] = values; } else { delete wanted[key]; }
    go(wanted, "", state.order, false);
  }
  function chip(text, off) {
    const found = button(text + " ×", off);
    found.className = "chip";
    found.setAttribute("aria-label", say("filter.off", { what: text }));
    chips.append(found);
  }

  function show() {
    const store = quotes.store();
    const answer = quotes.ask(state.wanted, true);
    rows = quotes.sorted(answer.rows, state.order);
    store.facets.forEach(function (facet, n) {
      if (!panels.has(facet.key)) { panel(facet); }
      const own = panels.get(facet.key);
      own.sums = answer.counts[n];
      own.box.classList.toggle("on", Boolean(state.wanted[facet.key]));
      own.box.hidden = facet.values.length < 2 && !state.wanted[facet.key];
      if (own.box.open) { fill(facet); }
    });
    const by = { reviewed: 0, proposed: 0, uncounted: 0 };
    const bases = store.by.basis;
    const named = bases.combos.map(function (combo) { return bases.values[combo[0]][0]; });
    for (const row of rows) { by[named[bases.rows[row]]] += 1; }
    const parts = [["read", by.reviewed], ["open", by.proposed], ["uncounted", by.uncounted]].filter(function (p) { return p[1]; });
    const sum = rows.length ? say("by", { places: nenner.places(rows.length), who: nenner.people(quotes.people(rows)) }) : say("none");
    status.textContent = (state.label ? state.label + ": " : "") + sum + (parts.length > 1 ? " (" + parts.map(function (p) { return say(p[0], { n: p[1] }); }).join("; ") + ")" : "");
    chips.textContent = "";
    for (const key of Object.keys(state.wanted)) {
      if (key === "q") { chip(say("filter.words", { what: state.wanted.q }), function () { go(without("q"), "", state.order, false); field.focus(); }); continue; }
      if (key === "mention") { chip(say("filter.mention"), function () { go(without("mention"), "", state.order, false); }); continue; }
      for (const value of state.wanted[key]) { chip(store.by[key].label + ": " + quotes.label(key, value), function () { choose(key, value, false); }); }
    }
    reset.hidden = !Object.keys(state.wanted).length;
    if (document.activeElement !== field) { field.value = state.wanted.q || ""; }
    order.value = state.order;
    list.textContent = "";
    list.scrollTop = 0;
    shown = 0;
    grow();
  }
  function without(key) {
    const wanted = Object.assign({}, state.wanted);
    delete wanted[key];
    return wanted;
  }
  function go(wanted, label, how, quiet) {
    state = { wanted: wanted, label: label, order: how };
    const address = quotes.write(wanted, label, how);
    // Typing is one step back, everything else one each.
    const here = { y: window.scrollY };
    if (quiet) { history.replaceState(here, "", address); } else { history.pushState(here, "", address); }
    begin();
    show();
  }
  let typed = 0;
  field.addEventListener("input", function () {
    window.clearTimeout(typed);
    typed = window.setTimeout(function () {
      const wanted = without("q");
      if (field.value.trim()) { wanted.q = field.value.trim(); }
      go(wanted, "", state.order, Boolean(state.wanted.q));
    }, 120);
  });
  order.addEventListener("change", function () { go(state.wanted, state.label, order.value, false); });
  reset.addEventListener("click", function () { field.value = ""; go({}, "", state.order, false); field.focus(); });
  for (const how of ["rank", "place", "typical"]) {
    const option = made("option", say("sort." + how));
    option.value = how;
    order.append(option);
  }
  // What the search needs is made while nothing else is to do.
  function idle() { if (!quotes.prepare(10)) { later(idle); } }
  const later = window.requestIdleCallback ? function (act) { window.requestIdleCallback(act); } : function (act) { window.setTimeout(act, 60); };
  function begin() {
    if (!begun) { later(idle); }
    begun = true;
  }
  document.addEventListener("nenner:quotes", function () { if (begun) { show(); } });

  // --- addresses
  const notice = made("p", "", "note addressnote");
  notice.setAttribute("role", "status");
  notice.hidden = true;
  document.getElementById("inhalt").prepend(notice);
  nenner.unknown = function (key, what) {
    notice.textContent = say(key, { what: what });
    notice.hidden = false;
    nenner.land(notice);
  };
  function lead() {
    // Who comes for certain quotes is led past what explains the list: to the filters beside them, or on narrow screens to how many there are.
    const filtered = Object.keys(state.wanted).length > 0;
    nenner.land(!filtered ? section : window.matchMedia("(max-width: 64rem)").matches ? status : part(".filterbar"));
    section.querySelector("h2").focus({ preventScroll: true });
  }
  function route() {
    const name = location.hash.slice(1);
    notice.hidden = true;
    if (name === "belege" || name.startsWith("belege?")) {
      const found = quotes.read(name.slice("belege?".length));
      const known = {};
      for (const key of Object.keys(found.wanted)) {
        const mine = key === "q" || key === "mention" ? found.wanted[key] : found.wanted[key].filter(function (v) { return quotes.store().by[key].numbers.has(v); });
        if (mine.length) { known[key] = mine; }
      }
      state = { wanted: known, label: found.label, order: ["rank", "place", "typical"].includes(found.order) ? found.order : "rank" };
      field.value = known.q || "";
      begin();
      show();
      lead();
      if (found.unknown.length) { nenner.unknown("unknown.filter", found.unknown.join(", ")); }
      return;
    }
    let plain = name;
    try { plain = decodeURIComponent(name); } catch (broken) { plain = name; }
    if (plain.startsWith("zitat-")) {
      const id = plain.slice("zitat-".length);
      if (!quotes.store().row.has(id)) { nenner.unknown("unknown.mention", id); return; }
      const uncounted = quotes.value(quotes.store().row.get(id), "basis") === "uncounted";
      state = { wanted: uncounted ? { mention: [id], basis: ["uncounted"] } : { mention: [id] }, label: "", order: state.order };
      begin();
      show();
      const one = document.getElementById(plain);
      if (one) { nenner.land(one, true); one.classList.add("target"); one.focus({ preventScroll: true }); }
      return;
    }
    if (plain && !document.getElementById(plain) && !(nenner.toTurn && nenner.toTurn(plain))) { nenner.unknown("unknown.address", plain); }
  }
  nenner.route = route;
  window.addEventListener("hashchange", route);
  // The address that stands there already leads there again.
  document.addEventListener("click", function (event) {
    const to = event.target.closest("a[href^='#']");
    if (to && to.getAttribute("href") === location.hash && location.hash.length > 1) { event.preventDefault(); route(); }
  });
  // Without an address the first quotes are drawn when somebody comes near.
  new IntersectionObserver(function (seen, watch) {
    if (!seen.some(function (one) { return one.isIntersecting; })) { return; }
    watch.disconnect();
    if (!begun) { begin(); show(); }
  }, { rootMargin: "1200px" }).observe(section);
}());
