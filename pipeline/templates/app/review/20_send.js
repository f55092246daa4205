// Acts go to the server one after the other; what it did not take stays here, is shown, and is sent again.
(() => {
  const { words, fill, say, ask } = window.app;
  const { state, made, byId, index } = window.reading;
  const AGAIN = 4000; // ms until an absent server is asked again
  const waiting = [];
  const revs = new Map(); // "interview turn" -> the last revision that the server told
  let flying = false;
  let stopped = false;
  let timer = 0;
  let why = "";
  const said = (one) => one.words.map((w) => w[2]).join("");
  const name = (doc, turn) => doc + " " + turn;
  const learnRevs = (talk) => talk.turns.forEach((one) => revs.set(name(talk.doc, one.turn), one.rev));

  function shown() {
    const box = byId("ungespeichert");
    box.hidden = !stopped;
    if (!stopped) { return; }
    const again = made("button", { type: "button", "data-do": "again", class: "main", text: fill(words.again, { n: waiting.length }) });
    const drop = made("button", { type: "button", "data-do": "drop", text: words.drop });
    const list = made("ul", { class: "small" }, ...waiting.slice(0, 5).map((one) => made("li", { text: fill(words.unsaved_line, { what: one.what, place: one.doc + "-" + one.turn }) })));
    box.replaceChildren(made("strong", { text: why }), again, drop, list);
    again.addEventListener("click", () => { stopped = false; pump(); });
    drop.addEventListener("click", async () => {
      if (await window.reading.sure(words.drop_sure, words.drop)) { waiting.length = 0; stopped = false; shown(); say(words.dropped); window.reading.load(state.talk.doc, state.queue); }
    });
  }

  // Puts the server's turn in place of the page's own, and draws it alone anew.
  function put(doc, fresh) {
    if (!fresh) { return; }
    revs.set(name(doc, fresh.turn), fresh.rev);
    if (!state.talk || state.talk.doc !== doc) { return; }
    const at = index(fresh.turn);
    if (at < 0) { return; }
    const before = state.talk.turns[at];
    if (said(before) !== said(fresh)) { window.reading.load(doc, state.queue, state.at >= 0 ? state.talk.turns[state.at].turn : undefined); return; } // another text: a new run numbered the turns anew
    state.talk.turns[at] = fresh;
    fresh.pending = waiting.filter((one) => one.doc === doc && one.turn === fresh.turn).length;
    window.reading.redrawn(at, before);
  }

  function refused(answer, one) {
    const told = Array.isArray(answer.data.problems) ? answer.data.problems.join(" ") : "";
    if (answer.status === 409 && answer.data.conflict) {
      waiting.shift();
      put(one.doc, answer.data.turn);
      say(fill(words.conflict, { place: one.doc + "-" + one.turn, what: one.what }) + (told ? " " + told : ""), true);
      one.told(false);
      return true;
    }
    if (one.acts[0].kind === "undo" && answer.status === 409) { // nothing to take back: nothing to send again
      waiting.shift();
      const turn = state.talk && state.talk.doc === one.doc ? state.talk.turns[index(one.turn)] : null;
      if (turn) { turn.pending -= 1; window.reading.pending(turn); }
      say(told, true);
      one.told(false);
      return true;
    }
    why = told || (answer.status === 0 ? words.gone : answer.status === 403 ? words.new_token : fill(words.refused, { status: answer.status }));
    say(fill(words.not_saved, { n: waiting.length }), true);
    stopped = true;
    if (answer.status === 0 || answer.status >= 500) {
      clearTimeout(timer);
      timer = setTimeout(() => { if (stopped) { stopped = false; pump(); } }, AGAIN);
    }
    return false;
  }

  async function pump() {
    if (flying || stopped) { return; }
    flying = true;
    while (waiting.length) {
      const one = waiting[0];
      const rev = revs.get(name(one.doc, one.turn));
      const answer = await ask("/lesen/akt", { coder: one.coder, doc: one.doc, turn: one.turn, rev: rev === undefined ? "" : rev, queue: one.queue, acts: one.acts });
      if (waiting[0] !== one) { continue; } // somebody dropped it meanwhile
      if (!answer.ok) { if (refused(answer, one)) { continue; } break; }
      waiting.shift();
      put(one.doc, answer.data.turn);
      say(fill(words.saved, { what: one.what, place: one.doc + "-" + one.turn }));
      if (answer.data.progress) { window.reading.progressed(answer.data.progress); }
      one.told(true);
      window.reading.later();
    }
    flying = false;
    shown();
  }

  // Send acts of a turn; `what` says in words what they do. The promise tells whether the server took them.
  function act(one, acts, what) {
    const entry = { coder: state.coder, doc: state.talk.doc, turn: one.turn, queue: state.queue, acts, what };
    const found = new Promise((told) => { entry.told = told; });
    waiting.push(entry);
    one.pending = (one.pending || 0) + 1;
    if (acts[0].kind !== "undo") { state.done.push({ doc: entry.doc, turn: entry.turn, what }); }
    window.reading.pending(one);
    if (stopped) { say(fill(words.not_saved, { n: waiting.length }), true); shown(); }
    pump();
    return found;
  }
  // A note that is typed but not sent yet.
  const begun = () => ["notiz-feld", "erstes-notiz"].some((id) => { const field = byId(id); return Boolean(field && field.value !== (field.dataset.saved || "")); });
  window.addEventListener("beforeunload", (event) => { if (waiting.length || begun()) { event.preventDefault(); event.returnValue = ""; } });
  Object.assign(window.reading, { act, learnRevs, unsaved: () => waiting.length });
})();
