// The right column: the passage somebody is at, what the codebook says to its category, why it was proposed, a note, and all acts as buttons.
(() => {
  const { words, fill } = window.app;
  const { state, made, byId, button, codeOf, tinted, marks, open, current, turn, chance, saying, needs, keeping, wordsOf } = window.reading;

  const row = (...children) => made("div", { class: "row" }, ...children);
  const listed = (value) => (Array.isArray(value) ? value : value ? [value] : []).map(String);
  const said = (names, kind) => listed(typeof names === "string" ? names.split("+") : names).map((one) => words[kind + "_" + one.replace(/ /g, "_")] || one).join(", ");

  function book(id) {
    const code = codeOf(id);
    const parts = [["definition", code.definition], ["include", code.include], ["exclude", code.exclude]].map(([name, value]) => (listed(value).length ? [made("dt", { text: words[name] }), ...listed(value).map((one) => made("dd", { text: one }))] : []));
    for (const [name, all] of [["examples", listed(code.examples)], ["counterexamples", listed(code.counterexamples)]]) {
      if (all.length) { parts.push([made("dt", { text: words[name] }), ...all.slice(0, 4).map((one) => made("dd", {}, made("q", { text: one })))]); }
    }
    return made("details", { class: "book", open: state.bookShut ? null : true, "data-book": "1" }, made("summary", { text: words.in_book }), made("p", { class: "soft small", text: [...code.path, code.id].join(" › ") }), made("dl", { class: "small" }, ...parts.flat()));
  }

  function card(mark, one) {
    const code = codeOf(mark.code), raw = mark.raw, proposal = mark.kind === "proposal", mine = mark.kind === "mine";
    const kind = proposal ? fill(words.is_proposal, { coder: words["coder_" + raw.coder] || raw.coder || "" }) : mine ? words.is_mine : mark.kind === "consensus" ? words.is_consensus : fill(words.is_other, { coder: raw.coder });
    const facts = [];
    if (proposal) { facts.push([words.how_sure, chance(raw)]); }
    if (raw.reason) { facts.push([words.reason, raw.reason]); }
    if (raw.stance) { facts.push([words.stance, said(raw.stance, "stance")]); }
    if (raw.about) { facts.push([words.about, said(raw.about, "about")]); }
    if (!proposal && raw.memo) { facts.push([words.memo, raw.memo]); }
    const acts = proposal
      ? [button("accept", words.accept, "a", "main"), button("reject", words.reject, "x"), button("change", words.change, "c"), button("borders", words.borders, "b"), button("split", words.split, "s")]
      : mine ? [button("change", words.change, "c"), button("borders", words.borders, "b"), button("split", words.split, "s"), button("merge", words.merge, "m"), button("withdraw", words.withdraw, "d")] : [button("agree", words.agree, "a")];
    const again = one.codable && !needs() ? row(...acts) : "";
    return made("section", { class: "card now", "aria-labelledby": "karte" }, made("p", { class: "soft small", text: kind }), tinted(made("h2", { id: "karte" }, made("span", { class: "swatch " + mark.kind }), " ", code.label), mark.code), made("blockquote", { text: saying(one, mark.from, mark.to) }), again, made("dl", { class: "small facts" }, ...facts.flatMap(([name, text]) => [made("dt", { text: name }), made("dd", { text })])), book(mark.code));
  }

  function list(one) {
    const all = marks(one);
    if (!all.length) { return made("p", { class: "soft small", text: needs() || one.blind ? words.nothing_shown : words.nothing_here }); }
    const numbered = open(one);
    return made("ul", { class: "marks" }, ...all.map((m) => {
      const n = numbered.indexOf(m) + 1;
      const told = m.kind === "proposal" ? chance(m.raw) : m.kind === "mine" ? words.is_mine : m.kind === "consensus" ? words.is_consensus : m.raw.coder;
      return made("li", {}, made("button", { type: "button", class: "pick", "data-do": "mark", "data-key": m.key, "aria-current": m.key === state.target ? "true" : null }, tinted(made("span", { class: "swatch " + m.kind }), m.code), made("span", { class: "what", text: codeOf(m.code).label }), made("span", { class: "soft small", text: told }), n > 0 && n <= 5 ? made("kbd", { text: n }) : null));
    }));
  }

  // What a note is about, and the note that is there already.
  function noteOf(one, mark) {
    if (mark && mark.kind === "mine" && !state.picked) { return { label: words.memo_coding, value: mark.raw.memo || "", name: one.turn + mark.key }; }
    const here = window.reading.range();
    const same = here && (one.memos || []).find((m) => m.start === here.start && m.end === here.end && m.coder === state.coder);
    return { label: state.picked || mark ? words.memo_passage : words.memo_turn, value: same ? same.memo : "", name: one.turn + "/" + (here ? here.start + "-" + here.end : "") };
  }

  function drawPanel() {
    const box = byId("rechts"), one = turn();
    if (!one) { box.replaceChildren(made("p", { class: "soft", text: words.choose_interview })); return; }
    const held = byId("notiz-feld");
    const note = noteOf(one, current());
    const typing = held && held.dataset.name === note.name && held.value !== held.dataset.saved ? held.value : null;
    if (held && typing === null && held.value !== held.dataset.saved) { window.reading.noted(held); }
    keeping(box, () => {
      const mark = current(), closed = needs(), parts = [];
      parts.push(made("p", { class: "place" }, made("strong", { text: state.talk.doc + "-" + one.turn }), " ", made("span", { class: "soft", text: [one.speaker, one.case].filter((v, n, all) => v && all.indexOf(v) === n).join(" · ") }), one.question ? made("span", { class: "soft small", text: fill(words.to_question, { question: one.question }) }) : ""));
      if (state.picked) {
        parts.push(made("section", { class: "card now" }, made("p", { class: "soft small", text: words.chosen }), made("blockquote", { text: saying(one, state.picked.from, state.picked.to) }), row(button("add", words.code_this, "n", "main"), button("unpick", words.cancel, "Esc"))));
      } else if (mark) { parts.push(card(mark, one)); }
      if (!closed) {
        parts.push(made("h3", { text: fill(words.in_turn, { n: marks(one).length }) }), list(one));
        if (one.codable) {
          const star = window.reading.starred(one);
          const lacks = one.read && !state.queue ? window.reading.lacking(one).map((id) => codeOf(id).label).join(", ") : "";
          parts.push(row(button("read", lacks ? fill(words.read_lack, { codes: lacks }) : one.read ? words.read_next : words.read_do, "r", mark || state.picked ? "" : "main"), one.read ? button("unread", words.unread) : null, state.filter.code ? button("readcode", fill(words.read_code, { code: codeOf(state.filter.code).label })) : null, button("add", words.add, "n"), button("star", star ? words.unstar : words.star, "*"), button("negative", words.negative, "g"), button("inductive", words.inductive, "i"), button("undo", words.undo, "u")));
          const field = made("textarea", { id: "notiz-feld", rows: 3, "data-name": note.name, "data-turn": one.turn, "data-coding": mark && mark.kind === "mine" && !state.picked ? mark.raw.id : "" });
          const here = window.reading.range();
          if (here) { field.dataset.start = here.start; field.dataset.end = here.end; }
          field.dataset.saved = note.value;
          field.value = typing === null ? note.value : typing;
          parts.push(made("label", { for: "notiz-feld", class: "small" }, note.label + " ", made("kbd", { text: "e" })), field, made("p", { class: "soft small", text: words.memo_hint }));
        }
      } else { parts.push(made("p", { class: "soft", text: words.first_panel })); }
      const top = box.scrollTop;
      const focused = held && held === document.activeElement ? [held.selectionStart, held.selectionEnd] : null;
      box.replaceChildren(...parts);
      box.scrollTop = top;
      const fresh = byId("notiz-feld");
      if (focused && fresh && fresh.dataset.name === note.name) { fresh.focus({ preventScroll: true }); fresh.setSelectionRange(focused[0], focused[1]); }
    });
  }
  document.addEventListener("toggle", (event) => { if (event.target.dataset && event.target.dataset.book) { state.bookShut = !event.target.open; } }, true);

  const starred = (one) => {
    const here = window.reading.range();
    return Boolean(here && (one.stars || []).some(([start, end]) => { const [a, b] = wordsOf(one, start, end), [c, d] = wordsOf(one, here.start, here.end); return a === c && b === d; }));
  };
  Object.assign(window.reading, { drawPanel, starred });
})();
