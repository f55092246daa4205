// The passage that is talked about: what everybody gave, what may be chosen, the reason, and sending it.
(() => {
  const { words, fill, say, ask } = window.app;
  const { byId, made, button, state, label, shown, current } = window.konsens;
  const card = byId("karte");

  const own = (voice, one) => voice.codes.filter((code) => one.differ.includes(code));
  // Keys 1, 2 … are people in their order, the next number is all of them together, 0 is nothing.
  function options(one) {
    const all = [...new Set(one.voices.flatMap((voice) => own(voice, one)))];
    const found = one.voices.map((voice, n) => ({ key: String(n + 1), text: fill(words.as, { coder: voice.coder }), hold: own(voice, one) }));
    found.push({ key: String(found.length + 1), text: one.voices.length > 2 ? words.every : words.both, hold: all }, { key: "0", text: words.none, hold: [] });
    return found;
  }

  function voice(one, said) {
    const given = made("ul", {}, own(said, one).map((code) => made("li", { text: label(code) })));
    const notes = said.notes.filter((note) => note.memo || !note.given || (note.given && one.differ.includes(note.code)));
    return made("section", { class: "voice", "aria-label": said.coder },
      made("h4", { text: said.coder }), given.children.length ? given : made("p", { class: "soft", text: words.nothing_given }),
      notes.map((note) => made("div", {},
        note.given ? null : made("p", { class: "small", text: fill(words.rejected, { code: note.code }) }),
        note.memo ? made("blockquote", { text: note.memo }) : null,
        note.given && (note.stance || note.about) ? made("p", { class: "small soft", text: [note.code, note.stance, note.about ? fill(words.about, { who: note.about }) : ""].filter(Boolean).join(" · ") }) : null)),
      !given.children.length || said.notes.some((note) => note.memo) ? null : made("p", { class: "small soft", text: words.no_reason }));
  }

  function book(one) {
    const rows = one.differ.map((id) => state.codes.get(id)).filter(Boolean).flatMap((code) => {
      const parts = [[words.definition, code.definition], [words.include, code.include.join("; ")], [words.exclude, code.exclude.join("; ")]].filter(([, text]) => text);
      return [made("dt", { text: label(code.id) }), ...(parts.length ? parts.map(([name, text]) => made("dd", { text: `${name}: ${text}` })) : [made("dd", { text: "–" })])];
    });
    return made("details", { class: "small" }, made("summary", { text: words.book }), made("dl", {}, rows));
  }

  function outcome(one) {
    const known = Object.keys(one.settled);
    if (!known.length && !one.added.length) { return null; }
    const holds = [...known.filter((code) => one.settled[code]), ...one.added];
    return made("div", { class: "note" },
      made("p", {}, made("strong", { text: `${words.decided}: ` }), fill(words.result, { codes: holds.length ? holds.map(label).join(", ") : words.result_none })),
      one.reasons.map((text) => made("p", { text: `${words.reason}: ${text}` })),
      button(words.reopen, reopen, {}, "z"));
  }

  function draw() {
    const one = current();
    if (!one) { card.replaceChildren(made("p", { class: "soft", id: "karte-titel", text: words.all_settled })); return; }
    const rows = shown();
    const place = rows.findIndex((row) => row.id === one.id);
    const pick = (choice) => button(choice.text, () => choose(choice.key), { "aria-pressed": state.choice === choice.key ? "true" : "false", "data-choice": choice.key }, choice.key);
    const chosen = state.choice === "c" ? `${words.other} ${state.hold.join(", ") || words.none}` : words.other;
    const why = made("textarea", { id: "warum", rows: 2, maxlength: 10000, "aria-describedby": "karte-fehler" });
    why.value = state.why;
    why.addEventListener("input", () => { state.why = why.value; });
    card.replaceChildren(...[
      made("h3", { id: "karte-titel" }, fill(words.where, { title: one.title, turn: one.turn, speaker: one.speaker }),
        made("span", { class: "small soft", text: `${place < 0 ? "" : fill(words.of, { k: place + 1, n: rows.length })}${one.round ? ` · ${one.round}` : ""}` })),
      one.question ? made("p", { class: "soft small", text: `${words.question}: ${one.question}` }) : null,
      made("div", { class: "text", tabindex: 0, role: "region", "aria-label": words.passage }, made("span", { class: "soft", text: one.before }), made("mark", { text: one.text }), made("span", { class: "soft", text: one.after })),
      one.common.length ? made("p", { class: "small", text: `${words.in_common}: ${one.common.map(label).join(", ")}` }) : null,
      made("div", { class: "voices" }, one.voices.map((said) => voice(one, said))),
      book(one), outcome(one),
      made("div", { role: "group", "aria-label": words.choose }, made("p", { class: "small soft", text: words.choose }),
        made("div", { class: "choices" }, options(one).map(pick), button(chosen, other, { "aria-pressed": state.choice === "c" ? "true" : "false", "data-choice": "c" }, "c"))),
      made("label", { for: "warum", text: words.why }), why, made("p", { id: "karte-fehler", class: "bad", role: "alert" }),
      made("div", { class: "row" }, button(words.save, save, { class: "main", id: "sichern" }, "Enter"),
        button(words.prior, () => step(-1), {}, "k"), button(words.next, nextOpen, {}, "n")),
    ].filter(Boolean));
  }

  function go(id, focus) {
    if (id !== state.at) { Object.assign(state, { at: id, hold: null, choice: "", why: "" }); }
    window.konsens.list();
    draw();
    if (focus) { card.focus(); card.scrollIntoView({ block: "nearest" }); }
  }

  function step(by) {
    const rows = shown();
    const at = rows.findIndex((one) => one.id === state.at);
    const to = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (to) { go(to.id, true); }
  }

  function nextOpen() {
    const rows = state.given.disputes.filter((one) => one.open && window.konsens.fits(one) && one.id !== state.at);
    const order = state.given.disputes.map((one) => one.id);
    const behind = rows.find((one) => order.indexOf(one.id) > order.indexOf(state.at));
    const to = behind || rows[0];
    if (to) { go(to.id, true); } else { go(state.at, true); }
  }

  function complain(text) { byId("karte-fehler").textContent = text; }

  function choose(key) {
    const one = current();
    const choice = one && options(one).find((found) => found.key === key);
    if (!choice) { return; }
    state.choice = key;
    state.hold = choice.hold;
    draw();
    byId("warum").focus();
  }

  function other() { window.konsens.pickCodes(current(), (hold) => { state.choice = "c"; state.hold = hold; draw(); byId("warum").focus(); }); }

  async function send(body) {
    if (state.busy) { return null; }
    state.busy = true;
    say(words.saving);
    const answer = await ask("/konsens/entscheiden", body);
    state.busy = false;
    if (answer.ok) { return answer.data; }
    const why = answer.status ? fill(words.refused, { why: (answer.data.problems || [words.failed]).join(" ") }) : words.lost;
    say(why, true);
    // Where the passage changed it is shown as it is now; what was typed stays.
    if (answer.status === 409) { const kept = { why: state.why }; await window.konsens.load(); Object.assign(state, kept); draw(); }
    if (byId("karte-fehler")) { complain(why); }
    return null;
  }

  async function save() {
    const one = current();
    if (!one || !state.hold) { complain(words.need_choice); card.focus(); return; }
    if (!state.why.trim()) { complain(words.need_reason); byId("warum").focus(); return; }
    const data = await send({ id: one.id, differ: one.differ, hold: state.hold, memo: state.why });
    if (!data) { return; }
    Object.assign(state, { hold: null, choice: "", why: "" });
    state.last = one.id;
    window.konsens.merge(one, data.disputes);
    say(fill(words.saved, { open: state.given.disputes.filter((row) => row.open).length }));
    nextOpen();
  }

  // Takes back what holds for the passage that is shown; where nothing does, leads to the one that was settled last.
  async function reopen() {
    const one = current();
    const done = (row) => Object.keys(row.settled).length || row.added.length;
    if (!one) { return; }
    if (!done(one)) {
      const before = state.given.disputes.find((row) => row.id === state.last && done(row));
      say(before ? words.reopen_here : words.reopen_none, true);
      if (before) { go(before.id, true); }
      return;
    }
    const data = await send({ id: one.id, differ: one.differ, open: true });
    if (!data) { return; }
    window.konsens.merge(one, data.disputes);
    say(words.reopened);
    go(one.id, true);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !state.given || document.querySelector("dialog[open]")) { return; }
    const where = event.target.closest("input, textarea, select");
    if (where && where.id === "warum" && event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); save(); return; }
    if (where && where.id === "warum" && event.key === "Escape") { card.focus(); return; }
    if (where || !current()) { return; }
    if (/^[0-9]$/.test(event.key)) { event.preventDefault(); choose(event.key); return; }
    const act = { c: other, j: () => step(1), k: () => step(-1), n: nextOpen, z: reopen }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  Object.assign(window.konsens, { draw, go });
})();
