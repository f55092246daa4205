// From passage to passage: what is next, what the address says, which interview or list is open.
(() => {
  const { words, fill, say, ask } = window.app;
  const { state, byId, made, turn, index, marks, open, current, codeOf, chance, needs, announce } = window.reading;
  const SETTLE = 250; // ms until the address follows
  let settled = 0, refreshing = 0, loads = 0;

  const query = (values) => "?" + new URLSearchParams(Object.entries(values).filter(([, v]) => v)).toString();
  const queue = () => (state.stand.queues || []).find((one) => one.name === state.queue);

  // Turns that j and k stop at; others stay to be read, but pale.
  function wanted(one) {
    if (!one.codable) { return true; }
    const f = state.filter;
    if (f.case && one.case && one.case !== f.case) { return false; }
    if (state.queue && state.item && state.item.doc === state.talk.doc && one.turn !== state.item.turn) { return false; }
    return true;
  }
  function stops(one) {
    if (!one.codable || !wanted(one) || !one.words.length) { return []; }
    if (needs()) { return [""]; }
    const found = open(one).map((m) => m.key);
    if (found.length) { return found; }
    const f = state.filter;
    if (f.open) { return f.code || f.sure || one.read ? [] : [""]; }
    return f.code || f.sure ? marks(one).slice(0, 1).map((m) => m.key) : [""];
  }

  function address() {
    clearTimeout(settled);
    settled = setTimeout(() => {
      const one = turn();
      history.replaceState(null, "", location.pathname + query({ coder: state.coder, queue: state.queue }) + (one ? "#" + state.talk.doc + "-" + one.turn : ""));
    }, SETTLE);
  }
  function seen(at) {
    const pane = byId("text"), box = window.reading.boxAt(at);
    const spot = (box.querySelector(".run.here, .run.chosen, .run.cut") || box).getBoundingClientRect();
    const flows = getComputedStyle(pane).overflowY !== "auto"; // on narrow screens the page itself scrolls
    const frame = flows ? { top: 0, height: window.innerHeight * 0.55 } : pane.getBoundingClientRect();
    const top = spot.top - frame.top;
    if (top < frame.height * 0.1 || top + Math.min(spot.height, frame.height * 0.5) > frame.height * 0.82) { (flows ? window : pane).scrollBy(0, top - frame.height * 0.3); }
  }
  function focusTurn() {
    const box = window.reading.boxAt(state.at);
    if (box) { box.focus({ preventScroll: true }); } else { byId("text").focus({ preventScroll: true }); }
  }

  function told() {
    const one = turn(), mark = current();
    if (!one) { return; }
    const left = open(one).length;
    announce(mark && mark.kind === "proposal" ? fill(words.at_proposal, { code: codeOf(mark.code).label, chance: chance(mark.raw), n: left }) : mark ? fill(words.at_coding, { code: codeOf(mark.code).label, coder: mark.raw.coder }) : fill(words.at_turn, { turn: one.turn, n: left }));
  }
  // The passage somebody is at from now on.
  function go(at, target, quiet) {
    if (!state.talk || !state.talk.turns[at]) { return; }
    const before = state.at;
    if (state.picked && state.picked.turn !== state.talk.turns[at].turn) { state.picked = null; if (state.talk.turns[before]) { window.reading.drawTurn(before); } }
    if (state.mode && state.mode.turn !== state.talk.turns[at].turn) { state.mode = null; window.reading.drawMode(); window.reading.drawTurn(before); }
    state.at = at;
    state.target = target || "";
    if (before !== at) { window.reading.light(before); }
    window.reading.light(at);
    window.reading.drawPanel();
    if (!quiet) { focusTurn(); }
    seen(at);
    told();
    address();
  }
  function next(step) {
    if (!state.talk) { return false; }
    const one = turn();
    const here = one ? stops(one) : [];
    let n = here.indexOf(state.target);
    if (n < 0 && one && state.target && here.length) { // at a coding: the next stop lies before or behind it
      const mark = current();
      const places = here.map((key) => marks(one).find((m) => m.key === key)).map((m) => (m && mark && m.from > mark.from ? 1 : 0));
      n = step > 0 ? places.lastIndexOf(0) : places.indexOf(1) < 0 ? here.length : places.indexOf(1);
    }
    if (one && here.length && here[n + step] !== undefined) { go(state.at, here[n + step]); return true; }
    for (let at = state.at + step; at >= 0 && at < state.talk.turns.length; at += step) {
      const found = stops(state.talk.turns[at]);
      if (found.length) { go(at, step > 0 ? found[0] : found[found.length - 1]); return true; }
    }
    if (state.queue) { return nextItem(step, false); }
    say(step > 0 ? words.at_end : words.at_begin);
    return false;
  }
  // Within the turn, also to codings.
  function within(step) {
    const one = turn();
    if (!one) { return; }
    const keys = ["", ...marks(one).map((m) => m.key)];
    go(state.at, keys[(keys.indexOf(state.target) + step + keys.length) % keys.length]);
  }
  // After an act: the next open passage of this turn, else the turn itself, so that it can be told as read.
  function onward() {
    const one = turn();
    const left = open(one);
    const mark = current();
    const behind = left.find((m) => !mark || m.from >= mark.from) || left[0];
    go(state.at, behind ? behind.key : "", true);
  }

  // --- lists drawn beforehand: in their own order, over interviews
  function nextItem(step, undone) {
    const all = queue() ? queue().items : [];
    let n = state.item ? all.findIndex(([doc, t]) => doc === state.item.doc && t === state.item.turn) : step > 0 ? -1 : all.length;
    for (n += step; n >= 0 && n < all.length; n += step) {
      if (!undone || !all[n][2]) { toItem(all[n]); return true; }
    }
    say(undone ? words.queue_done : step > 0 ? words.at_end : words.at_begin);
    return false;
  }
  async function toItem([doc, n]) {
    const before = state.item && state.talk && state.item.doc === state.talk.doc ? index(state.item.turn) : -1;
    state.item = { doc, turn: n };
    if (!state.talk || state.talk.doc !== doc || state.talk.queue !== state.queue) { await load(doc, state.queue, n); return; }
    const at = index(n);
    if (before >= 0) { window.reading.drawTurn(before); }
    window.reading.drawTurn(at);
    go(at, (stops(state.talk.turns[at]) || [""])[0]);
  }

  async function load(doc, name, n) {
    const mine = (loads += 1);
    const answer = await ask("/lesen/gespraech" + query({ coder: state.coder, doc, queue: name || "" }));
    if (mine !== loads) { return; }
    if (!answer.ok) { say((answer.data.problems || [words.gone]).join(" "), true); return; }
    shown(answer.data, name || "", n);
  }
  function shown(talk, name, n) {
    Object.assign(state, { talk, queue: name, mode: null, picked: null, at: -1, target: "" });
    window.reading.learnRevs(talk);
    if (!name) { state.item = null; }
    if (name && (!state.item || state.item.doc !== talk.doc)) {
      const mine = (queue() ? queue().items : []).filter(([d]) => d === talk.doc);
      const first = mine.find(([, t]) => t === n) || mine.find(([, , done]) => !done) || mine[0];
      state.item = first ? { doc: first[0], turn: first[1] } : null;
    }
    byId("titel").textContent = talk.title && talk.title !== talk.doc ? talk.doc + " · " + talk.title : talk.doc;
    document.querySelector(".to-item").hidden = !name;
    document.title = talk.doc + " – " + words.title;
    window.reading.drawMode();
    window.reading.drawText();
    window.reading.drawHints();
    window.reading.drawLeft();
    const to = n !== undefined ? index(n) : state.item ? index(state.item.turn) : -1;
    if (to >= 0) { go(to, stops(talk.turns[to])[0]); return; }
    const at = talk.turns.findIndex((one) => stops(one).some((key) => key !== "" || !one.read));
    if (at >= 0) { go(at, stops(talk.turns[at])[0]); } else { const any = talk.turns.findIndex((one) => stops(one).length); if (any >= 0) { go(any, stops(talk.turns[any])[0]); } else { window.reading.drawPanel(); } }
  }

  async function refresh() {
    const answer = await ask("/lesen/stand" + query({ coder: state.coder }));
    if (!answer.ok) { return false; }
    window.reading.learn(answer.data);
    window.reading.drawLeft();
    return true;
  }
  function later() {
    clearTimeout(refreshing);
    refreshing = setTimeout(() => { if (!document.hidden) { refresh(); } }, 1500);
  }
  function filtered() {
    if (state.talk) {
      for (const one of state.talk.turns) { one.held = null; }
      window.reading.drawText();
      const one = turn();
      if (one && !stops(one).includes(state.target)) { state.target = ""; if (!stops(one).length) { next(1); } else { go(state.at, stops(one)[0], true); } } else { go(state.at, state.target, true); }
    }
    window.reading.drawLeft();
  }
  // The server's turn is in place: draw it, and stay where one was as far as that is still there.
  function redrawn(at, before) {
    const one = state.talk.turns[at];
    if (at === state.at) {
      if (state.mode && state.mode.turn === one.turn && before.rev !== one.rev) { state.mode = null; window.reading.drawMode(); }
      if (state.target && !marks(one).some((m) => m.key === state.target)) { state.target = (state.next && state.next.turn === one.turn ? found(one) : "") || again(one, before); }
      else if (!state.target && state.next && state.next.turn === one.turn) { state.target = found(one); }
      window.reading.drawTurn(at);
      window.reading.drawPanel();
    } else { window.reading.drawTurn(at); }
  }
  // A coding that was just made: the page goes there when it comes back under its new name.
  function found(one) {
    const like = marks(one).filter((m) => m.kind === "mine" && m.code === state.next.code && m.start <= state.next.end && m.end >= state.next.start);
    if (!one.pending) { state.next = null; }
    return like.length ? like[0].key : "";
  }
  // The same coding under a new name, as after a note.
  function again(one, before) {
    const old = marks(before).find((m) => m.key === state.target);
    const same = old && old.kind === "mine" ? marks(one).find((m) => m.kind === "mine" && m.code === old.code && m.start === old.start && m.end === old.end) : null;
    return same ? same.key : "";
  }
  // An act was sent: the turn shows that it waits.
  function pending(one) {
    one.held = null;
    const at = state.talk.turns.indexOf(one);
    window.reading.drawTurn(at);
  }

  function drawHints() {
    const box = byId("hinweis"), talk = state.talk, rows = [];
    if (talk.blind) { rows.push(made("p", { class: "note", text: words.blind_banner })); }
    if (talk.queue && queue()) { rows.push(made("p", { class: "small soft", text: fill(words.in_queue, { queue: talk.queue, mode: words["mode_" + talk.mode] || talk.mode }) })); }
    if (needs()) {
      const field = made("textarea", { id: "erstes-notiz", rows: 4, "aria-describedby": "erstes-warum" });
      field.value = field.dataset.saved = (talk.first && talk.first.memo) || "";
      const done = made("button", { type: "button", class: "main", id: "erstes-fertig", text: words.first_done });
      done.addEventListener("click", async () => {
        const answer = await ask("/lesen/erstes", { coder: state.coder, doc: talk.doc, memo: field.value });
        if (!answer.ok) { say((answer.data.problems || [words.gone]).join(" "), true); return; }
        field.dataset.saved = field.value;
        say(words.first_saved);
        await refresh();
        await load(talk.doc, state.queue);
      });
      rows.push(made("div", { class: "note first" }, made("h2", { text: words.first_title }), made("p", { id: "erstes-warum", text: words.first_why }), made("label", { for: "erstes-notiz", text: words.first_memo }), field, made("p", { class: "row" }, done, made("span", { class: "soft small", text: words.first_keys }))));
    }
    box.replaceChildren(...rows);
  }
  // Draws part of the page anew and puts the focus back on what stands in the same place.
  function keeping(part, draw) {
    const had = part.contains(document.activeElement) ? document.activeElement : null;
    const name = had && (had.id ? "#" + CSS.escape(had.id) : had.dataset && had.dataset.do ? "[data-do=\"" + had.dataset.do + "\"]" + ["doc", "queue", "code", "key", "turn"].filter((k) => had.dataset[k]).map((k) => "[data-" + k + "=\"" + CSS.escape(had.dataset[k]) + "\"]").join("") : "");
    draw();
    if (!had || had.isConnected) { return; }
    const again = name ? part.querySelector(name) : null;
    if (again && !again.disabled) { again.focus({ preventScroll: true }); } else { focusTurn(); }
  }
  Object.assign(window.reading, { wanted, stops, go, next, within, onward, nextItem, load, shown, refresh, later, filtered, redrawn, pending, drawHints, keeping, focusTurn, query });
})();
