"use strict";
// Only the local server adds this: it listens to what changes, shows it, and brings a new page to where the old one was.
(function () {
  const words = JSON.parse(document.getElementById("live-worte").textContent);
  const nenner = window.nenner || {};
  const KEPT = "nenner-stand";
  const say = function (key, values) {
    return (words[key] || key).replace(/\{(\w+)\}/g, function (whole, name) { return values && name in values ? String(values[name]) : whole; });
  };
  const made = function (tag, name, text) {
    const found = document.createElement(tag);
    if (name) { found.className = name; }
    if (text) { found.textContent = text; }
    return found;
  };

  // --- the bar
  const bar = made("aside", "live");
  bar.setAttribute("aria-label", words.title);
  const line = made("p", "live-line");
  line.setAttribute("role", "status");
  const effect = made("details", "live-effect");
  const list = made("ul");
  effect.append(made("summary", "", words.effect), list);
  effect.hidden = true;
  const panel = made("div", "live-problems");
  panel.setAttribute("role", "alert");
  panel.hidden = true;
  bar.append(panel, line, effect);
  document.body.append(bar);

  function draw(state) {
    const step = !state.step ? words.start : state.total > 1 ? say("of", state) : state.step;
    let text = words.resting;
    if (state.phase === "rechnet") {
      text = state.live ? say("preview", { step: step }) : state.changed ? say("running", { changed: state.changed, step: step }) : say("first", { step: step });
    }
    if (state.phase === "wartet") { text = words.waiting; }
    if (state.problems.length) { text = words.before; }
    line.textContent = text;
    bar.dataset.phase = state.problems.length ? "halt" : state.phase;
    list.replaceChildren.apply(list, state.lines.slice(1).map(function (one) { return made("li", "", one.trim()); }));
    effect.querySelector("summary").textContent = state.lines[0] || words.effect;
    effect.hidden = !state.lines.length;
    panel.replaceChildren();
    panel.hidden = !state.problems.length;
    document.documentElement.classList.toggle("outdated", state.problems.length > 0);
    if (state.problems.length) {
      const all = made("ul");
      for (const problem of state.problems) {
        const one = made("li");
        if (problem[0]) { one.append(made("b", "", problem[0]), " "); }
        one.append(problem[1]);
        all.append(one);
      }
      panel.append(made("p", "", words.problems), all);
    }
  }

  // --- figures: a link to quotes that asks for nothing but category, basis and occasion has a column of its own
  const COLUMNS = {
    "reviewed|people": "n_cases", "reviewed|places": "n_mentions", "reviewed|spontaneous|places": "n_spontaneous", "proposed|places": "n_proposed",
    "proposed|people": "n_cases_proposed", "proposed|spontaneous|places": "n_spontaneous_proposed", "uncounted|places": "n_suggested",
  };
  const WORDS = { n_cases: "people", n_mentions: "places", n_proposed: "proposals", n_suggested: "uncounted" };
  function put(element, text) {
    if (element.textContent === text) { return; }
    element.textContent = text;
    element.classList.add("live-new");
    element.title = words.updated;
  }
  function column(link) {
    const wanted = new URLSearchParams(link.getAttribute("href").slice("#belege?".length));
    const keys = Array.from(wanted.keys()).filter(function (key) { return key !== "label"; });
    if (keys.some(function (key) { return !["code", "basis", "prompt"].includes(key); })) { return null; }
    const name = [wanted.get("basis"), wanted.get("prompt"), link.dataset.n || "places"].filter(Boolean).join("|");
    return COLUMNS[name] ? [wanted.get("code"), COLUMNS[name]] : null;
  }
  function figures(told) {
    for (const link of document.querySelectorAll('a[href^="#belege?"]')) {
      if (link.closest(".browser")) { continue; }
      const found = column(link);
      const row = found && told[found[0]];
      if (!row) { continue; }
      if (/^\d+$/.test(link.textContent.trim())) { put(link, String(row[found[1]])); } else if (link.dataset.n && WORDS[found[1]]) { put(link, row[WORDS[found[1]]]); }
    }
    for (const cell of document.querySelectorAll("[data-figure]")) {
      const name = cell.dataset.figure.split(" ");
      const row = told[name[0]];
      if (!row) { continue; }
      if (!cell.querySelector("a")) {
        const value = row[name[1]];
        const to = row.links[name[1]];
        if (typeof value === "number" && value > 0 && to) {
          const link = made("a");
          link.href = to;
          link.dataset.n = name[1] === "n_cases" ? "people" : "places";
          cell.replaceChildren(link);
          put(link, String(value));
        } else { put(cell, typeof value === "number" && value === 0 && to ? "–" : String(value)); }
      }
    }
    if (nenner.pictures && nenner.pictures.refresh) { nenner.pictures.refresh(); }
  }
  function quotes(told) {
    if (nenner.quotes && nenner.quotes.replace) { nenner.quotes.replace(told.codes, told.packed); }
    if (nenner.pictures && nenner.pictures.refresh) { nenner.pictures.refresh(); }
  }

  // --- a new page takes the old one's place: scroll, open parts, fields, focus; the filter stands in the address
  function key(element) {
    if (element.id) { return "#" + element.id; }
    const above = element.parentElement ? element.parentElement.closest("[id]") : null;
    const all = Array.from((above || document).querySelectorAll(element.tagName));
    return (above ? "#" + above.id : "") + "/" + element.tagName + "/" + all.indexOf(element);
  }
  function find(name) {
    if (name.startsWith("#") && !name.includes("/")) { return document.getElementById(name.slice(1)); }
    const parts = name.split("/");
    const above = parts[0] ? document.getElementById(parts[0].slice(1)) : document;
    return above ? above.querySelectorAll(parts[1])[Number(parts[2])] || null : null;
  }
  function anchor() {
    for (let y = 4; y < window.innerHeight; y += 24) {
      const here = document.elementFromPoint(Math.floor(window.innerWidth / 2), y);
      const named = here && !here.closest(".live") ? here.closest("main [id]") : null;
      if (named) { return [named.id, named.getBoundingClientRect().top]; }
    }
    return null;
  }
  function keep() {
    const focus = document.activeElement;
    const kept = {
      y: window.scrollY, anchor: anchor(), hash: location.hash,
      open: Array.from(document.querySelectorAll("details[open]"), key),
      shut: Array.from(document.querySelectorAll("details:not([open])"), key),
      fields: Array.from(document.querySelectorAll("input:not([type=checkbox]):not([type=radio]), select, textarea"), function (f) { return [key(f), f.value]; }),
      focus: focus && focus !== document.body ? key(focus) : "",
    };
    try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); } catch (refused) { return; }
  }
  function restore() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
      sessionStorage.removeItem(KEPT);
    } catch (refused) { return; }
    if (!kept || kept.hash !== location.hash) { return; }
    for (const name of kept.open) { const one = find(name); if (one) { one.open = true; } }
    for (const name of kept.shut) { const one = find(name); if (one) { one.open = false; } }
    for (const pair of kept.fields) {
      const field = find(pair[0]);
      if (field && field.value !== pair[1]) {
        field.value = pair[1];
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    const focus = kept.focus ? find(kept.focus) : null;
    if (focus) { focus.focus({ preventScroll: true }); }
    const named = kept.anchor ? document.getElementById(kept.anchor[0]) : null;
    if (nenner.hold) { nenner.hold(named ? { at: named, top: kept.anchor[1] } : { y: kept.y }); }
  }
  if ("scrollRestoration" in history) { history.scrollRestoration = "manual"; }
  if (document.readyState === "complete") { restore(); } else { window.addEventListener("load", restore); }

  const source = new EventSource("/ereignisse");
  source.addEventListener("stand", function (event) {
    const state = JSON.parse(event.data);
    if (state.file !== words.file) {
      source.close();
      keep();
      location.reload();
      return;
    }
    draw(state);
  });
  source.addEventListener("zahlen", function (event) { figures(JSON.parse(event.data)); });
  source.addEventListener("zitate", function (event) { quotes(JSON.parse(event.data)); });
  source.addEventListener("error", function () {
    line.textContent = words.lost;
    bar.dataset.phase = "halt";
  });
}());
