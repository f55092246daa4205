// Choosing words: by arrows, word by word or sentence by sentence, or by mouse; for a new coding, other borders, or a place to split at.
(() => {
  const { words, fill, say } = window.app;
  const { state, made, byId, turn, index, current, marks, wordsOf, saying, drawTurn, drawPanel, go, act, may, at, expect, codeOf, announce } = window.reading;

  const order = (mode) => ({ from: Math.min(mode.anchor, mode.head), to: Math.max(mode.anchor, mode.head) });
  // What a turn shows as chosen.
  function chosen(one) {
    const mode = state.mode;
    if (mode && mode.turn === one.turn) { return mode.kind === "split" ? { from: mode.head, to: mode.head, split: true } : mode.kind === "select" ? order(mode) : { from: mode.from, to: mode.to }; }
    return state.picked && state.picked.turn === one.turn && state.picked.drawn ? state.picked : null;
  }
  function sentence(one, word) {
    const start = one.words[word][0];
    const found = (one.sentences || []).map(([a, b]) => wordsOf(one, a, b)).find(([a, b]) => a <= word && b >= word);
    return found && one.words[found[0]][0] <= start ? found : [0, one.words.length - 1];
  }

  function drawMode() {
    const box = byId("modus"), mode = state.mode;
    box.hidden = !mode;
    if (!mode) { return; }
    const key = (text, name, more) => { const one = made("button", { type: "button", "data-key": name, "data-more": more || null, text }); one.addEventListener("click", () => press({ key: name, shiftKey: more === "shift", altKey: false })); return one; };
    const moves = mode.kind === "borders"
      ? [key(words.start_back, "ArrowLeft", "shift"), key(words.start_on, "ArrowRight", "shift"), key(words.end_back, "ArrowLeft"), key(words.end_on, "ArrowRight")]
      : mode.kind === "select" ? [key(words.word_back, "ArrowLeft"), key(words.word_on, "ArrowRight"), key(words.less, "ArrowLeft", "shift"), key(words.more, "ArrowRight", "shift")]
        : [key(words.word_back, "ArrowLeft"), key(words.word_on, "ArrowRight")];
    window.reading.keeping(box, () => box.replaceChildren(made("span", { text: words["mode_text_" + mode.kind] }), made("span", { class: "row" }, ...moves, made("button", { type: "button", class: "main", "data-do": "mode-ok", text: words["mode_ok_" + mode.kind] }), made("button", { type: "button", "data-do": "mode-no", text: words.cancel }))));
  }
  function redraw() {
    const one = turn(), here = chosen(one);
    drawTurn(state.at);
    go(state.at, state.target, true);
    announce(here.split ? fill(words.split_before, { word: saying(one, here.from, here.from) }) : saying(one, here.from, here.to));
  }
  function begin(mode) {
    state.mode = mode;
    state.picked = null;
    window.reading.focusTurn();
    drawMode();
    redraw();
  }
  function end() {
    state.mode = null;
    drawMode();
    drawTurn(state.at);
    window.reading.focusTurn();
  }

  function add() {
    if (!may(null)) { return; }
    if (state.picked) { state.picked.drawn = true; drawTurn(state.at); window.reading.code().then(() => { drawTurn(state.at); }); return; }
    const one = turn(), mark = current();
    if (!one.words.length) { say(words.no_mark, true); return; }
    const [from, to] = mark ? [mark.from, mark.to] : sentence(one, 0);
    begin({ kind: "select", turn: one.turn, anchor: from, head: to, fresh: true });
  }
  function borders() {
    const mark = current();
    if (may(mark, "proposal")) { begin({ kind: "borders", turn: turn().turn, from: mark.from, to: mark.to, mark }); }
  }
  function split() {
    const mark = current();
    if (!may(mark, "proposal")) { return; }
    if (mark.from === mark.to) { say(words.one_word, true); return; }
    const [, to] = sentence(turn(), mark.from);
    begin({ kind: "split", turn: turn().turn, head: to < mark.to ? to + 1 : Math.floor((mark.from + mark.to + 1) / 2), mark });
  }

  function ok() {
    const mode = state.mode, one = turn();
    if (!mode || !one) { return; }
    if (mode.kind === "select") {
      const { from, to } = order(mode);
      state.mode = null;
      state.picked = { turn: one.turn, from, to, drawn: true };
      drawMode();
      drawPanel();
      window.reading.focusTurn();
      window.reading.code().then(() => drawTurn(state.at));
      return;
    }
    const mark = mode.mark;
    end();
    if (mark.raw.pending) { say(words.still_saving, true); return; }
    if (mode.kind === "borders") {
      if (mode.from === mark.from && mode.to === mark.to) { return; }
      const start = mode.from === mark.from ? mark.start : one.words[mode.from][0], stop = mode.to === mark.to ? mark.end : one.words[mode.to][1];
      mark.raw.pending = true;
      expect(mark.code, start, stop);
      act(one, [{ kind: "change", ...at(mark), start, end: stop }], fill(words.did_borders, { code: codeOf(mark.code).label }));
    } else {
      const place = one.words[mode.head][0];
      mark.raw.pending = true;
      expect(mark.code, mark.start, place);
      act(one, [{ kind: "split", ...at(mark), at: place }], fill(words.did_split, { code: codeOf(mark.code).label }));
    }
  }

  const within = (n, low, high) => Math.min(high, Math.max(low, n));
  function bySentence(one, word, step) {
    const [a, b] = sentence(one, word);
    return step > 0 ? (word < b ? b : sentence(one, within(b + 1, 0, one.words.length - 1))[1]) : word > a ? a : sentence(one, within(a - 1, 0, one.words.length - 1))[0];
  }
  // A key while words are chosen: true where it was one of ours.
  function press(event) {
    const mode = state.mode, one = turn();
    if (!mode || !one || mode.turn !== one.turn) { return false; }
    if (event.key === "Escape") { end(); return true; }
    if (event.key === "Enter") { ok(); return true; }
    const last = one.words.length - 1, other = event.shiftKey || event.altKey;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    const far = event.key === "ArrowUp" || event.key === "ArrowDown";
    const edge = { Home: 0, End: last }[event.key];
    if (step === undefined && edge === undefined) { return false; }
    const moved = (word) => (edge !== undefined ? edge : far ? bySentence(one, word, step) : within(word + step, 0, last));
    if (mode.kind === "split") { mode.head = within(far ? bySentence(one, mode.head, step) : moved(mode.head), mode.mark.from + 1, mode.mark.to); }
    else if (mode.kind === "borders") { if (other) { mode.from = within(moved(mode.from), 0, mode.to); } else { mode.to = within(moved(mode.to), mode.from, last); } }
    else if (other) { mode.head = moved(mode.head); mode.fresh = false; }
    else if (far) { const to = step > 0 ? within(sentence(one, mode.head)[1] + 1, 0, last) : within(sentence(one, Math.min(mode.anchor, mode.head))[0] - 1, 0, last); [mode.anchor, mode.head] = sentence(one, to); mode.fresh = true; }
    else { mode.anchor = mode.head = mode.fresh && edge === undefined ? mode.anchor : moved(mode.head); mode.fresh = false; }
    redraw();
    return true;
  }

  // --- by mouse or finger
  function wordAt(one, run, offset) {
    let n = Number(run.dataset.from), left = offset;
    while (n < Number(run.dataset.to) && left >= one.words[n][2].length) { left -= one.words[n][2].length; n += 1; }
    return n;
  }
  const runOf = (node) => {
    if (node.nodeType === Node.TEXT_NODE && node.previousSibling && node.parentElement.matches(".words")) { return node.previousSibling; } // the blank behind a marked run
    const near = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    return near && near.closest ? near.closest(".run") : null;
  };
  function selected() {
    const chosenText = window.getSelection();
    if (state.mode || !state.talk || !chosenText.rangeCount || chosenText.isCollapsed) { return; }
    const range = chosenText.getRangeAt(0), start = runOf(range.startContainer);
    const box = start && start.closest(".turn");
    if (!box || !byId("text").contains(box)) { return; }
    const n = index(Number(box.dataset.turn)), one = state.talk.turns[n];
    if (!one.codable || window.reading.needs()) { return; }
    const end = runOf(range.endContainer);
    const inside = end && end.closest(".turn") === box;
    if (end && !inside && range.endOffset > 0) { say(words.one_turn, true); }
    const from = start.contains(range.startContainer) ? wordAt(one, start, range.startOffset) : Math.min(Number(start.dataset.to) + 1, one.words.length - 1);
    const to = !inside ? one.words.length - 1 : end.contains(range.endContainer) ? wordAt(one, end, Math.max(0, range.endOffset - 1)) : Number(end.dataset.to);
    state.picked = { turn: one.turn, from: Math.min(from, to), to: Math.max(from, to) };
    go(n, "", true);
  }
  document.addEventListener("mouseup", () => setTimeout(selected, 0));
  let touching = 0;
  document.addEventListener("selectionchange", () => { if (matchMedia("(pointer: coarse)").matches) { clearTimeout(touching); touching = setTimeout(selected, 400); } });

  function clicked(event) {
    const box = event.target.closest(".turn");
    if (!box || (!window.getSelection().isCollapsed && !state.mode)) { return; }
    const n = index(Number(box.dataset.turn)), one = state.talk.turns[n], run = event.target.closest(".run");
    if (state.mode && state.mode.turn === one.turn && run) {
      const spot = document.caretRangeFromPoint ? document.caretRangeFromPoint(event.clientX, event.clientY) : null;
      const word = spot && run.contains(spot.startContainer) ? wordAt(one, run, spot.startOffset) : Number(run.dataset.from), mode = state.mode;
      if (mode.kind === "split") { mode.head = within(word, mode.mark.from + 1, mode.mark.to); }
      else if (mode.kind === "borders") { if (Math.abs(word - mode.from) < Math.abs(word - mode.to)) { mode.from = word; } else { mode.to = word; } }
      else if (event.shiftKey) { mode.head = word; mode.fresh = false; } else { mode.anchor = mode.head = word; mode.fresh = false; }
      redraw();
      return;
    }
    if (state.mode) { return; }
    const key = event.target.closest("[data-key]");
    let to = key ? key.dataset.key : "";
    if (!to && run && run.dataset.keys) { // the shortest first, with each click the next
      const all = run.dataset.keys.split(" ").map((k) => marks(one).find((m) => m.key === k)).filter(Boolean).sort((a, b) => a.to - a.from - b.to + b.from);
      const seen = n === state.at ? all.findIndex((m) => m.key === state.target) : -1;
      to = all.length ? all[(seen + 1) % all.length].key : "";
    }
    if (state.picked) { state.picked = null; drawTurn(state.at); }
    if (one.codable) { go(n, to); }
  }
  byId("text").addEventListener("click", clicked);
  const unpick = () => { state.picked = null; window.getSelection().removeAllRanges(); drawTurn(state.at); drawPanel(); };
  Object.assign(window.reading, { chosen, drawMode, add, borders, split, press, unpick, modeOk: ok, modeNo: end });
})();
