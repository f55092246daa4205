// What the page knows: the study's codes, the interview that is open, the passage somebody is at. Only `words` of the server are shown as words.
(() => {
  const { words, fill, byId, made } = window.app;
  const key = (name) => made("kbd", { text: name });
  const button = (what, text, keys, name) => made("button", { type: "button", "data-do": what, class: name || null }, text, keys ? " " : null, keys ? key(keys) : null);

  // at: index of the current turn; target: "" (the turn), "p:<proposal>" or "c:<coding>"; mode: what arrows move just now; picked: words chosen.
  const state = {
    coder: "", queue: "", stand: null, codes: new Map(), order: [], talk: null, at: -1, target: "", mode: null, picked: null,
    filter: { code: "", sure: "", case: "", open: false }, done: [], lately: [],
  };

  const PALETTE = 8;
  const HEX = /^#[0-9a-f]{3,8}$/i;
  function learn(stand) {
    state.stand = stand;
    state.codes = new Map();
    state.order = [];
    let top = -1;
    for (const code of stand.codes) {
      const above = state.codes.get(code.parent);
      if (!above) { top += 1; }
      const color = HEX.test(code.color || "") || (code.color && CSS.supports("color", code.color)) ? code.color : above ? above.own : "";
      const known = { ...code, own: color, hue: above ? above.hue : top % PALETTE, path: above ? [...above.path, above.label] : [], within: above ? [...above.within, code.id] : [code.id] };
      state.codes.set(code.id, known);
      state.order.push(known);
    }
  }
  const codeOf = (id) => state.codes.get(id) || { id, label: id, path: [], within: [id], own: "", hue: 7, definition: "", include: "", exclude: "", examples: [], coded: false };
  // Gives an element the colour of a category, as a variable that the style takes.
  function tinted(element, id) {
    const code = codeOf(id);
    element.classList.add("hue-" + code.hue);
    if (code.own) { element.style.setProperty("--c", code.own); }
    return element;
  }

  // --- chance and uncertainty in words, with the figure
  const number = (value, digits) => value.toLocaleString(document.documentElement.lang || "de", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const classOf = (proposal) => (typeof proposal.chance !== "number" ? "none" : proposal.chance >= 0.9 ? "very" : proposal.chance >= 0.7 ? "rather" : proposal.chance >= 0.5 ? "hardly" : "not");
  const chance = (proposal) => {
    const name = words["chance_" + classOf(proposal)];
    return typeof proposal.chance === "number" ? fill(words.chance, { words: name, n: number(proposal.chance, 2) }) : name;
  };

  // --- turns and their marks
  const turn = () => (state.talk ? state.talk.turns[state.at] : undefined);
  const index = (n) => state.talk.turns.findIndex((one) => one.turn === n);
  const needs = () => Boolean(state.talk && state.talk.first && state.talk.first.state === "needed");
  const fits = (code) => !state.filter.code || codeOf(code).within.includes(state.filter.code);
  const sureEnough = (proposal) => {
    if (!state.filter.sure) { return true; }
    const name = classOf(proposal);
    return state.filter.sure === "sure" ? name === "very" || name === "rather" : name === "hardly" || name === "not" || name === "none";
  };
  // First and last word that a range of the text touches.
  function wordsOf(one, start, end) {
    const all = one.words;
    let from = all.findIndex((w) => w[1] > start);
    if (from < 0) { from = all.length - 1; }
    let to = from;
    while (to + 1 < all.length && all[to + 1][0] < end) { to += 1; }
    return [from, to];
  }
  const saying = (one, from, to) => one.words.slice(from, to + 1).map((w) => w[2]).join("").trim();
  // All that stands in the margin of a turn, in the order of the text; open proposals and codings.
  function marks(one) {
    if (one.held) { return one.held; }
    const found = [];
    for (const p of one.proposals || []) {
      if (p.state === "open" && fits(p.code) && sureEnough(p)) { found.push({ key: "p:" + p.id, kind: "proposal", code: p.code, start: p.start, end: p.end, raw: p }); }
    }
    for (const c of one.codings || []) {
      if (fits(c.code)) { found.push({ key: "c:" + c.id, kind: c.consensus ? "consensus" : c.mine ? "mine" : "other", code: c.code, start: c.start, end: c.end, raw: c }); }
    }
    for (const mark of found) { [mark.from, mark.to] = wordsOf(one, mark.start, mark.end); }
    found.sort((a, b) => a.from - b.from || b.to - a.to || (a.key < b.key ? -1 : 1));
    one.held = found;
    return found;
  }
  const open = (one) => marks(one).filter((m) => m.kind === "proposal" && !m.raw.pending);
  const current = () => { const one = turn(); return one && state.target ? marks(one).find((m) => m.key === state.target) : undefined; };
  // The range that an act is about: chosen words, else the current passage, else the whole turn.
  function range() {
    const one = turn();
    if (!one || !one.words.length) { return null; }
    if (state.picked && state.picked.turn === one.turn) { return { start: one.words[state.picked.from][0], end: one.words[state.picked.to][1] }; }
    const mark = current();
    return mark ? { start: mark.start, end: mark.end } : { start: one.words[0][0], end: one.words[one.words.length - 1][1] };
  }
  const announce = (text) => { byId("ansage").textContent = text; };

  window.reading = {
    state, made, byId, key, button, learn, codeOf, tinted, chance, number, turn, index, needs, wordsOf, saying, marks, open, current, range, announce, fits,
  };
})();
