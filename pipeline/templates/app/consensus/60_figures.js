// How far people agree, which categories stand for one another, what merging left; and the beginning of it all.
(() => {
  const { words, fill, say, ask } = window.app;
  const { byId, made, button, state, label } = window.konsens;
  const none = () => made("span", { class: "soft", text: words.no_figure });
  const cell = (text) => made("td", { class: "num" }, text || none());
  const head = (...names) => made("thead", {}, made("tr", {}, names.map((text, n) => made("th", { text, scope: "col", class: n ? "num" : null }))));
  const noteWords = (text) => text.split("; ").filter(Boolean).map((one) => words.notes[one] || one).join("; ");

  function group(one) {
    const who = one.coders.length > 2 ? words.everybody : one.coders.join(` ${words.and} `);
    const rows = one.measures.map((m) => made("tr", {}, made("th", { scope: "row", text: words[`m_${m.measure}`] }), cell(m.before), cell(m.after)));
    const codes = one.codes.map((code) => {
      const alpha = code.measures.find((m) => m.measure === "alpha_nominal") || {};
      return made("tr", {}, made("th", { scope: "row", text: label(code.code) }), made("td", { class: "num", text: code.share }), cell(alpha.before), cell(alpha.after), made("td", { class: "small soft", text: noteWords(alpha.note || "") }));
    });
    return made("div", { class: "card" },
      made("h3", { text: fill(words.group, { who, n: one.n, cases: one.n_cases }) }),
      one.note ? made("p", { class: "note", text: noteWords(one.note) }) : null,
      made("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": who }, made("table", { class: "figures" }, head(words.measure, words.before, words.after), made("tbody", {}, rows))),
      made("details", {}, made("summary", { text: fill(words.by_category, { n: codes.length }) }),
        made("div", { class: "scroll" }, made("table", { class: "figures" }, made("thead", {}, made("tr", {}, [words.category, words.share, words.alpha_before, words.alpha_after, ""].map((text) => (text ? made("th", { scope: "col", text }) : made("td", {}))))), made("tbody", {}, codes)))));
  }

  function figures() {
    const found = state.told.figures.map(group);
    byId("zahlen").replaceChildren(...(found.length ? [made("p", { class: "soft", text: words.hint_after }), ...found] : [made("p", { class: "soft", text: words.no_figures })]));
  }

  const MOST = 18; // categories that the map has room for
  const FIRST = 10; // proposals that are shown at once
  function map() {
    const pairs = state.told.confusions;
    if (!pairs.length) { byId("verwechselt").replaceChildren(made("p", { class: "soft", text: words.no_map })); return; }
    const apart = pairs.filter((one) => one.code_a && one.code_b);
    const nothing = new Map(pairs.filter((one) => !one.code_a || !one.code_b).map((one) => [one.code_a || one.code_b, one.n]));
    const often = new Map();
    for (const one of pairs) { for (const id of [one.code_a, one.code_b].filter(Boolean)) { often.set(id, (often.get(id) || 0) + one.n); } }
    const order = [...state.codes.keys()];
    const ids = [...often.keys()].sort((a, b) => often.get(b) - often.get(a)).slice(0, MOST).sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const of = new Map(apart.flatMap((one) => [[`${one.code_a}|${one.code_b}`, one.n], [`${one.code_b}|${one.code_a}`, one.n]]));
    const most = Math.max(1, ...apart.map((one) => one.n));
    const field = (a, b) => {
      const n = of.get(`${a}|${b}`);
      if (a === b) { return made("td", { class: "own" }); }
      if (!n) { return made("td", {}); }
      const found = button(String(n), () => filterBy(a), { "aria-label": fill(words.cell, { a: label(a), b: label(b), n }) });
      return made("td", { class: `h${Math.max(1, Math.ceil((5 * n) / most))}` }, found);
    };
    const grid = made("table", { class: "grid" }, made("caption", { class: "small soft", text: words.map }),
      made("thead", {}, made("tr", {}, made("td", {}), ids.map((id) => made("th", { scope: "col", text: id, title: label(id) })), made("th", { scope: "col", text: words.instead }))),
      made("tbody", {}, ids.map((a) => made("tr", {}, made("th", { scope: "row", text: label(a) }), ids.map((b) => field(a, b)), made("td", { class: "own", text: nothing.get(a) || "" })))));
    const hints = pairs.filter((one) => one.hint || one.held[0] + one.held[1]).map((one) => made("li", {}, one.hint || [one.code_a, one.code_b].filter(Boolean).join(", "),
      one.held[0] + one.held[1] ? ` ${fill(words.held, { a: one.code_a, b: one.code_b, n_a: one.held[0], n_b: one.held[1] })}` : null, " ",
      button(words.show, () => filterBy(one.code_a || one.code_b), { class: "plain", "aria-label": `${words.show}: ${[one.code_a, one.code_b].filter(Boolean).join(", ")}` })));
    const more = hints.slice(FIRST);
    byId("verwechselt").replaceChildren(made("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words.map }, grid), made("h3", { text: words.hints }),
      hints.length ? made("ul", { class: "hints" }, hints.slice(0, FIRST)) : made("p", { class: "soft", text: words.no_hints }),
      more.length ? made("details", {}, made("summary", { text: fill(words.more_hints, { n: more.length }) }), made("ul", { class: "hints" }, more)) : "");
  }

  function filterBy(code) {
    Object.assign(state.filter, { code, state: "", pair: "", round: "" });
    window.konsens.filters();
    const first = window.konsens.shown()[0];
    if (first) { window.konsens.go(first.id, true); }
  }

  function conflicts() {
    const { rows, more, problems } = state.given.conflicts;
    byId("zusammen").hidden = !rows.length && !problems.length;
    const names = [["list", words.list_name], ["coder", words.coder], ["code", words.codes_head], ["quote", words.quote], ["ours", words.ours], ["theirs", words.theirs], ["counts", words.counts_head]];
    const lines = rows.map((row) => made("tr", {}, names.map(([name]) => made("td", { text: name === "counts" ? words.counts[row.counts] || row.counts : row[name] }))));
    byId("widersprueche").replaceChildren(...problems.map((text) => made("p", { class: "bad", text })),
      made("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "zusammen-titel" }, made("table", {}, head(...names.map(([, text]) => text)), made("tbody", {}, lines))),
      more ? made("p", { class: "soft", text: fill(words.more, { n: more }) }) : "");
  }

  // Figures take longer than passages: they are asked for once nothing was settled for a moment.
  let later = 0;
  async function count() {
    const answer = await ask("/konsens/zahlen");
    if (!answer.ok) { byId("zahlen").replaceChildren(made("p", { class: "bad", text: [words.failed, ...(answer.data.problems || [])].join(" ") }), button(words.again, count)); return; }
    state.told = answer.data;
    figures();
    map();
  }
  function countSoon() { clearTimeout(later); later = setTimeout(count, 700); }

  window.konsens.take = (data) => {
    if (!state.given) { // what somebody comes for first: the round that was just finished
      const done = data.rounds.filter((one) => one.complete && data.disputes.some((other) => other.round === one.name));
      if (done.length) { state.filter.round = done[done.length - 1].name; }
    }
    state.given = data;
    state.codes = new Map(data.codes.map((code) => [code.id, code]));
    if (!data.disputes.some((one) => one.id === state.at)) { Object.assign(state, { at: "", hold: null, choice: "" }); }
    window.konsens.rounds();
    window.konsens.filters();
    window.konsens.list();
    conflicts();
  };

  // The passages of one turn as they are now.
  window.konsens.merge = (old, now) => {
    const all = state.given.disputes;
    const first = all.findIndex((one) => one.doc === old.doc && one.turn === old.turn);
    const others = all.filter((one) => one.doc !== old.doc || one.turn !== old.turn);
    others.splice(first, 0, ...now);
    state.given.disputes = others;
    window.konsens.filters();
    window.konsens.list();
    countSoon();
  };

  window.konsens.load = async () => {
    say(words.loading);
    const answer = await ask("/konsens/daten");
    const trouble = byId("stoerung");
    trouble.hidden = answer.ok;
    if (!answer.ok) {
      say("");
      trouble.replaceChildren(made("p", { text: [words.failed, ...(answer.data.problems || [answer.status ? "" : words.lost])].join(" ") }), button(words.again, window.konsens.load));
      return;
    }
    say("");
    window.konsens.take(answer.data);
    count();
    const first = state.at ? null : window.konsens.shown()[0] || answer.data.disputes[0];
    if (first) { window.konsens.go(first.id, false); } else { window.konsens.draw(); }
  };
  byId("zahlen").replaceChildren(made("p", { class: "soft", text: words.counting }));
  window.konsens.load();
})();
