// The transcript: a part for each turn, its words in runs that begin and end where marks do, bars in the margin, names of categories below.
(() => {
  const { words, fill } = window.app;
  const { state, made, byId, codeOf, tinted, marks, chance, turn, needs } = window.reading;
  const LANES = 6;
  let boxes = [];
  let watcher = null;

  const clock = (s) => { const n = Math.floor(s); return (n >= 3600 ? Math.floor(n / 3600) + ":" + String(Math.floor(n / 60) % 60).padStart(2, "0") : Math.floor(n / 60)) + ":" + String(n % 60).padStart(2, "0"); };
  const time = (one) => (typeof one.time === "number" ? clock(one.time) : one.time || "");

  // Where runs begin: at every first word of a mark and behind every last one; also at what is being chosen.
  function runs(one) {
    const all = marks(one);
    const last = one.words.length - 1;
    const cuts = new Set([0]);
    const ranges = all.map((m) => [m.from, m.to]);
    const chosen = window.reading.chosen ? window.reading.chosen(one) : null;
    if (chosen) { ranges.push([chosen.from, chosen.to]); }
    for (const [start, end] of one.stars || []) { ranges.push(window.reading.wordsOf(one, start, end)); }
    for (const [from, to] of ranges) { cuts.add(from); if (to < last) { cuts.add(to + 1); } }
    const at = Array.from(cuts).sort((a, b) => a - b);
    const stars = (one.stars || []).map(([start, end]) => window.reading.wordsOf(one, start, end));
    const here = window.reading.current();
    return at.map((from, n) => {
      const to = n + 1 < at.length ? at[n + 1] - 1 : last;
      const over = all.filter((m) => m.from <= from && m.to >= to);
      const ends = over.length && !all.some((m) => m.from <= to + 1 && m.to > to); // what is marked ends here: the blank behind it is not drawn as marked
      const said = one.words.slice(from, to + 1).map((w) => w[2]).join("");
      const run = made("span", { class: "run", "data-from": from, "data-to": to, text: ends ? said.trimEnd() : said });
      const blank = ends ? said.slice(said.trimEnd().length) : "";
      if (over.length) {
        const first = over.find((m) => m.kind === "mine") || over.find((m) => m.kind !== "proposal") || over[0];
        run.classList.add("over", first.kind);
        tinted(run, first.code);
        run.dataset.keys = over.map((m) => m.key).join(" ");
      }
      if (stars.some(([a, b]) => a <= from && b >= to)) { run.classList.add("star"); }
      if (chosen && chosen.from <= from && chosen.to >= to) { run.classList.add(chosen.split ? "cut" : "chosen"); }
      if (here && one === turn() && here.from <= from && here.to >= to) { run.classList.add("here"); }
      return blank ? [run, blank] : [run];
    }).flat();
  }

  function chips(one) {
    const all = marks(one);
    if (!all.length) { return ""; }
    return made("ul", { class: "chips" }, ...all.map((m) => {
      const told = m.kind === "proposal" ? fill(words.chip_proposal, { code: codeOf(m.code).label, chance: chance(m.raw) }) : m.kind === "mine" ? fill(words.chip_mine, { code: codeOf(m.code).label }) : fill(words.chip_other, { code: codeOf(m.code).label, coder: m.raw.coder });
      return made("li", {}, made("button", { type: "button", class: "chip", tabindex: "-1", "data-key": m.key, "aria-label": told, title: told }, tinted(made("span", { class: "swatch " + m.kind }), m.code), made("span", { text: codeOf(m.code).label + (m.raw.pending ? " …" : "") })));
    }));
  }

  function fill_in(box, one) {
    const id = "kopf-" + one.turn;
    const flags = [];
    const lacks = one.read ? window.reading.lacking(one).map((id) => codeOf(id).label).join(", ") : "";
    if (lacks) { flags.push(made("span", { class: "flag", text: fill(words.read_but, { codes: lacks }) })); } else if (one.read) { flags.push(made("span", { class: "flag done", text: words.read })); } else if ((one.read_codes || []).length) { flags.push(made("span", { class: "flag", text: fill(words.read_for, { codes: one.read_codes.map((c) => codeOf(c).label).join(", ") }) })); }
    if (one.blind && !needs()) { flags.push(made("span", { class: "flag", text: words.blind })); }
    if (one.pending) { flags.push(made("span", { class: "flag wait", text: words.pending })); }
    if ((one.negatives || []).length) { flags.push(made("span", { class: "flag", text: fill(words.negative_of, { codes: one.negatives.map((n) => codeOf(n.code).label).join(", ") }) })); }
    const head = made("p", { class: "turn-head", id }, made("span", { class: "who", text: one.speaker || "" }), made("span", { class: "soft", text: [state.talk.doc + "-" + one.turn, time(one)].filter(Boolean).join(" · ") }), ...flags);
    const text = made("p", { class: "words" }, ...runs(one));
    const notes = needs() ? [] : (one.memos || []).map((m) => made("p", { class: "memo small" }, made("span", { class: "soft", text: m.coder + ": " }), m.memo));
    box.className = "turn" + (one.codable ? "" : " aside") + (one.read ? " is-read" : "") + (one.pending ? " is-pending" : "") + (one === turn() ? " is-here" : "") + (window.reading.wanted(one) ? "" : " is-off");
    box.replaceChildren(head, made("div", { class: "turn-body" }, made("div", { class: "bars", "aria-hidden": "true" }), text), chips(one), ...notes);
  }

  function box_of(one) {
    const box = made("article", { id: "t-" + one.turn, "data-turn": one.turn, tabindex: one === turn() ? "0" : "-1", "aria-labelledby": "kopf-" + one.turn });
    fill_in(box, one);
    return box;
  }

  // Bars need the places of the words on the screen: they are drawn for turns that come near it, all measured first, then written.
  function measured(one, box) {
    const shownRuns = Array.from(box.querySelectorAll(".run"));
    const body = box.querySelector(".turn-body").getBoundingClientRect();
    const ends = [];
    return marks(one).map((m) => {
      const inside = shownRuns.filter((run) => Number(run.dataset.from) >= m.from && Number(run.dataset.to) <= m.to);
      if (!inside.length) { return null; }
      const first = inside[0].getClientRects()[0], all = inside[inside.length - 1].getClientRects(), last = all[all.length - 1];
      if (!first || !last) { return null; }
      let lane = ends.findIndex((end) => end <= first.top);
      if (lane < 0) { lane = ends.length; }
      ends[lane] = last.bottom;
      return { mark: m, top: first.top - body.top, height: last.bottom - first.top, lane: Math.min(lane, LANES - 1) };
    }).filter(Boolean);
  }
  function written(box, bars) {
    const margin = box.querySelector(".bars");
    margin.replaceChildren(...bars.map(({ mark, top, height, lane }) => {
      const bar = tinted(made("span", { class: "bar " + mark.kind + (mark.key === state.target ? " here" : ""), "data-key": mark.key, title: codeOf(mark.code).label }), mark.code);
      bar.style.top = top + "px";
      bar.style.height = Math.max(6, height - 3) + "px";
      bar.style.right = lane * 8 + "px";
      return bar;
    }));
    box.dataset.barred = "1";
  }
  function barred(chosen) {
    const all = chosen.filter((box) => state.talk && box.isConnected).map((box) => [box, state.talk.turns[window.reading.index(Number(box.dataset.turn))]]).filter((pair) => pair[1] && marks(pair[1]).length);
    const found = all.map(([box, one]) => measured(one, box));
    all.forEach(([box], n) => written(box, found[n]));
  }
  function watch() {
    if (watcher) { watcher.disconnect(); }
    watcher = new IntersectionObserver((entries) => barred(entries.filter((e) => e.isIntersecting && !e.target.dataset.barred).map((e) => e.target)), { root: null, rootMargin: "600px 0px" });
    boxes.forEach((box) => watcher.observe(box));
  }

  function drawText() {
    boxes = state.talk ? state.talk.turns.map(box_of) : [];
    byId("text").replaceChildren(...boxes);
    watch();
  }
  // One turn anew; focus inside it stays there.
  function drawTurn(at) {
    const box = boxes[at];
    if (!box) { return; }
    const inside = box.contains(document.activeElement);
    const was = Boolean(box.dataset.barred);
    fill_in(box, state.talk.turns[at]);
    delete box.dataset.barred;
    if (was) { barred([box]); }
    if (inside && !box.contains(document.activeElement)) { box.focus({ preventScroll: true }); }
  }
  // The current passage another one: only classes change, for runs already begin and end there.
  function light(at) {
    const box = boxes[at];
    if (!box) { return; }
    const one = state.talk.turns[at], here = window.reading.current();
    const now = at === state.at;
    box.classList.toggle("is-here", now);
    box.tabIndex = now ? 0 : -1;
    for (const run of box.querySelectorAll(".run")) {
      run.classList.toggle("here", Boolean(now && here && here.from <= Number(run.dataset.from) && here.to >= Number(run.dataset.to)));
    }
    for (const bar of box.querySelectorAll(".bar, .chip")) { bar.classList.toggle("here", now && bar.dataset.key === state.target); }
    return one;
  }
  let wide = 0;
  new ResizeObserver(() => {
    const now = byId("text").clientWidth;
    if (now === wide) { return; }
    wide = now;
    boxes.forEach((box) => { delete box.dataset.barred; });
    watch();
  }).observe(byId("text"));

  Object.assign(window.reading, { drawText, drawTurn, light, boxAt: (at) => boxes[at] });
})();
