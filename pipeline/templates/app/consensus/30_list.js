// Rounds, filters and the list of passages.
(() => {
  const { words, fill } = window.app;
  const { byId, made, button, state, pairs, shown, NOWHERE } = window.konsens;

  function rounds() {
    const lines = state.given.rounds.map((round) => {
      const who = round.coders.map(([coder, done, n]) => fill(words.who, { coder, done, n })).join(", ");
      return made("p", { text: fill(round.complete ? words.round_done : words.round_open, { name: round.name, who }), class: round.complete ? "soft" : "note" });
    });
    if (state.given.hidden) { lines.push(made("p", { class: "soft", text: fill(words.hidden, { n: state.given.hidden }) })); }
    byId("runden").replaceChildren(...lines);
  }

  function choices(values, chosen, shownAs) {
    const all = [made("option", { value: "", text: words.all, selected: chosen === "" })];
    return all.concat([...values].sort().map((value) => made("option", { value, text: shownAs(value), selected: value === chosen })));
  }

  // Values that are no longer there are let go, so that no filter hides everything unseen.
  function kept(name, values) {
    if (state.filter[name] && !values.has(state.filter[name])) { state.filter[name] = ""; }
    return values;
  }

  function filters() {
    const all = state.given.disputes;
    const codes = kept("code", new Set(all.flatMap((one) => one.differ)));
    const people = kept("pair", new Set(all.flatMap(pairs)));
    const names = kept("round", new Set(all.map((one) => one.round || NOWHERE)));
    const select = (name, title, options) => [made("label", { for: `filter-${name}`, text: title }), made("select", { id: `filter-${name}`, "data-filter": name }, options)];
    const states = [["", words.all], ["open", words.state_open], ["settled", words.state_settled]];
    byId("filter").replaceChildren(
      ...select("state", words.state, states.map(([value, text]) => made("option", { value, text, selected: value === state.filter.state }))),
      ...select("code", words.by_code, choices(codes, state.filter.code, window.konsens.label)),
      ...select("pair", words.by_pair, choices(people, state.filter.pair, (value) => value)),
      ...select("round", words.by_round, choices(names, state.filter.round, (value) => (value === NOWHERE ? words.no_round : value))),
    );
  }

  function entry(one) {
    const found = button("", () => window.konsens.go(one.id, true), { "data-id": one.id, "aria-current": one.id === state.at ? "true" : null });
    const text = one.text.length > 90 ? `${one.text.slice(0, 90)}…` : one.text;
    found.replaceChildren(
      made("span", { class: "small soft", text: `${one.doc}, ${one.turn} · ${one.open ? words.open_one : words.settled_one}` }), text,
      made("span", { class: "small soft", text: one.differ.join(", ") }),
    );
    return made("li", {}, found);
  }

  const MOST = 200; // entries of the list at a time
  function list() {
    const all = state.given.disputes;
    const open = all.filter((one) => one.open).length;
    byId("stand").textContent = all.length ? fill(words.open_n, { open, settled: all.length - open }) : "";
    byId("tisch").hidden = !all.length;
    byId("leer").hidden = Boolean(all.length);
    byId("leer").replaceChildren(made("p", { text: state.given.coders.length ? words.nothing : words.no_coders }), made("p", { class: "soft", text: words.how_to }));
    const found = shown();
    const from = Math.max(0, Math.min(found.findIndex((one) => one.id === state.at) - MOST / 2, found.length - MOST));
    const rows = found.slice(from, from + MOST).map(entry);
    if (found.length > MOST) { rows.push(made("li", { class: "soft small", text: fill(words.list_part, { k: from + 1, l: Math.min(found.length, from + MOST), n: found.length }) })); }
    byId("liste").replaceChildren(...(rows.length ? rows : [made("li", { class: "soft", text: open || state.filter.state !== "open" ? words.nothing_here : words.all_settled })]));
    const here = byId("liste").querySelector("[aria-current]");
    if (here) { here.scrollIntoView({ block: "nearest" }); }
  }

  byId("liste").setAttribute("aria-label", words.list);
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  byId("filter").addEventListener("change", (event) => {
    state.filter[event.target.dataset.filter] = event.target.value;
    const first = shown()[0];
    if (!shown().some((one) => one.id === state.at && one.open === (state.filter.state !== "settled")) && first) { window.konsens.go(first.id, false); } else { list(); }
  });
  Object.assign(window.konsens, { rounds, filters, list });
})();
