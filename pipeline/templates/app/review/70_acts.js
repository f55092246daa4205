// What somebody does with a passage: each act is one message to the server, and the page goes on to what is open next.
(() => {
  const { words, fill, say } = window.app;
  const { state, byId, turn, index, open, current, marks, codeOf, act, go, onward, next, needs, starred, range } = window.reading;

  const label = (id) => codeOf(id).label;
  const at = (mark) => (mark.kind === "proposal" ? { proposal: mark.raw.id } : { coding: mark.raw.id });
  // Whether one may code here; says why not.
  function may(mark, own) {
    const one = turn();
    const no = !one ? words.choose_interview : needs() ? words.first_panel : !one.codable ? words.not_codable : mark === undefined ? words.no_mark : own && mark.kind !== "mine" && !(own === "proposal" && mark.kind === "proposal") ? words.not_yours : mark && mark.raw && mark.raw.pending ? words.still_saving : "";
    if (no) { say(no, true); }
    return !no;
  }
  const expect = (code, start, end) => { state.next = { turn: turn().turn, code, start, end }; };

  function accept(given) {
    const mark = given || current();
    if (!may(mark)) { return; }
    const one = turn();
    if (mark.kind === "mine") { say(words.is_yours); return; }
    if (mark.kind === "proposal") {
      mark.raw.pending = true;
      act(one, [{ kind: "accept", proposal: mark.raw.id }], fill(words.did_accept, { code: label(mark.code) }));
    } else { act(one, [{ kind: "add", code: mark.code, start: mark.start, end: mark.end, memo: "" }], fill(words.did_add, { code: label(mark.code) })); }
    if (!given || mark.key === state.target) { onward(); } else { window.reading.drawPanel(); }
  }
  function reject() {
    const mark = current();
    if (!may(mark)) { return; }
    if (mark.kind !== "proposal") { say(words.only_proposals, true); return; }
    mark.raw.pending = true;
    act(turn(), [{ kind: "reject", proposal: mark.raw.id }], fill(words.did_reject, { code: label(mark.code) }));
    onward();
  }
  async function change() {
    const mark = current();
    if (!may(mark, "proposal")) { return; }
    const one = turn();
    const code = await window.reading.palette(fill(words.change_title, { code: label(mark.code) }), mark.code);
    if (!code || code === mark.code) { return; }
    if (mark.raw.pending) { say(words.still_saving, true); return; }
    mark.raw.pending = true;
    expect(code, mark.start, mark.end);
    act(one, [{ kind: "change", ...at(mark), code }], fill(words.did_change, { code: label(mark.code), to: label(code) }));
  }
  function merge() {
    const mark = current();
    if (!may(mark, "own")) { return; }
    const other = marks(turn()).filter((m) => m.kind === "mine" && m.code === mark.code && m !== mark).sort((a, b) => a.from - b.from);
    const behind = other.find((m) => m.from >= mark.from) || other[other.length - 1];
    if (!behind) { say(words.no_merge, true); return; }
    mark.raw.pending = behind.raw.pending = true;
    expect(mark.code, Math.min(mark.start, behind.start), Math.max(mark.end, behind.end));
    act(turn(), [{ kind: "merge", codings: [mark.raw.id, behind.raw.id] }], fill(words.did_merge, { code: label(mark.code) }));
  }
  function withdraw() {
    const mark = current();
    if (!may(mark, "own")) { return; }
    mark.raw.pending = true;
    act(turn(), [{ kind: "withdraw", coding: mark.raw.id }], fill(words.did_withdraw, { code: label(mark.code) }));
    state.target = "";
    onward();
  }
  // A category for the chosen words.
  async function code() {
    const one = turn(), here = range();
    if (!may(null) || !here) { return; }
    const id = await window.reading.palette(words.add_title, "");
    if (!id) { return; }
    if (turn() === one || turn().turn === one.turn) { expect(id, here.start, here.end); state.target = ""; }
    state.picked = null;
    act(one, [{ kind: "add", code: id, start: here.start, end: here.end, memo: "" }], fill(words.did_add, { code: label(id) }));
    window.reading.drawPanel();
  }
  function star() {
    const one = turn(), here = range();
    if (!one || needs() || !here) { return; }
    const on = !starred(one);
    act(one, [{ kind: "star", start: here.start, end: here.end, on }], on ? words.did_star : words.did_unstar);
  }
  async function negative() {
    const one = turn(), here = range(), mark = current();
    if (!may(null) || !here) { return; }
    const id = mark && !state.picked ? mark.code : await window.reading.palette(words.negative_title, "");
    if (!id) { return; }
    const why = await window.reading.write({ title: fill(words.negative_for, { code: label(id) }), text: words.negative_text, label: words.why, many: true, needed: true });
    if (why) { act(one, [{ kind: "negative", code: id, start: here.start, end: here.end, why }], words.did_negative); }
  }
  function inductive() {
    const one = turn(), here = range();
    if (!one || !here) { return; }
    window.open("/formulare" + window.reading.query({ neu: "inductive", coder: state.coder, doc: state.talk.doc, turn: String(one.turn), start: String(here.start), end: String(here.end) }), "_blank", "noopener");
  }
  // Today's categories that this reader's codebook did not know when the turn was read.
  const lacking = (one) => state.talk ? (state.stand.open || []).filter((row) => row.doc === state.talk.doc && row.turn === one.turn).flatMap((row) => row.codes) : [];
  // The turn is read for those as well; on to the next one that is still open for a category.
  function readLacking(one, codes) {
    act(one, [{ kind: "read", on: true, codes }], fill(words.did_read_code, { code: codes.map(label).join(", ") }));
    const at = state.stand.open.findIndex((row) => row.doc === state.talk.doc && row.turn === one.turn);
    state.stand.open.splice(at, 1);
    const to = state.stand.open[at] || state.stand.open[0];
    window.reading.drawLeft();
    if (!to) { step(); } else if (to.doc === state.talk.doc && !state.queue) { go(index(to.turn), ""); } else { window.reading.load(to.doc, "", to.turn); }
  }
  function read(on, codes) {
    const one = turn();
    if (!may(null)) { return; }
    const lacks = on && !codes && one.read ? lacking(one) : [];
    if (lacks.length && !state.queue) { readLacking(one, lacks); return; }
    if (on && one.read && !codes && !state.queue) { step(); return; }
    const left = open(one).length;
    act(one, [{ kind: "read", on, ...(codes ? { codes } : {}) }], on ? (codes ? fill(words.did_read_code, { code: label(codes[0]) }) : words.did_read) + (left ? " " + fill(words.left_open, { n: left }) : "") : words.did_unread);
    if (!on) { return; }
    if (state.queue) {
      const item = (state.stand.queues.find((q) => q.name === state.queue) || { items: [] }).items.find(([d, t]) => d === state.talk.doc && t === one.turn);
      if (item) { item[2] = true; }
      window.reading.nextItem(1, true);
    } else { step(); }
  }
  // To the first stop behind this turn.
  function step() {
    const here = window.reading.stops(turn());
    state.target = here.length ? here[here.length - 1] : state.target;
    next(1);
  }
  async function undo() {
    const last = state.done.pop();
    if (!last && !turn()) { return; }
    if (last && last.doc !== state.talk.doc) { await window.reading.load(last.doc, "", last.turn); }
    const to = last ? index(last.turn) : state.at;
    if (to < 0) { return; }
    if (to !== state.at) { go(to, ""); }
    act(state.talk.turns[to], [{ kind: "undo" }], fill(words.did_undo, { what: last ? last.what : "" }));
  }
  // The note in the field: to the coding, the passage or the turn that it was written for.
  function noted(field) {
    if (field.value === field.dataset.saved || !state.talk) { return; }
    const to = index(Number(field.dataset.turn));
    if (to < 0) { return; }
    field.dataset.saved = field.value;
    const memo = field.value.trim();
    act(state.talk.turns[to], [field.dataset.coding ? { kind: "memo", coding: field.dataset.coding, memo } : { kind: "note", start: Number(field.dataset.start), end: Number(field.dataset.end), memo }], words.did_memo);
  }
  document.addEventListener("change", (event) => { if (event.target.id === "notiz-feld") { noted(event.target); } });

  const numbered = (n) => { const mark = turn() ? open(turn())[n - 1] : undefined; if (mark) { accept(mark); } else { say(words.no_mark, true); } };
  const memo = () => { const field = byId(needs() ? "erstes-notiz" : "notiz-feld"); if (field) { field.focus(); field.scrollIntoView({ block: "nearest" }); } };
  async function coder() {
    const known = state.stand ? state.stand.coders || [] : [];
    const name = await window.reading.write({ title: words.coder_title, text: words.coder_text, label: words.coder_label, value: state.coder, needed: true, list: known });
    if (!name || name === state.coder) { return; }
    state.coder = name;
    state.done = [];
    await window.reading.begin();
  }
  Object.assign(window.reading, { accept, reject, change, merge, withdraw, code, star, negative, inductive, read, lacking, undo, noted, numbered, memo, coder, may, at, expect });
})();
