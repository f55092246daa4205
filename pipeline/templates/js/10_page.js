"use strict";
(function () {
  const list = document.getElementById("stellen");
  if (!list) { return; }
  const quotes = Array.from(list.querySelectorAll(".quote"));
  const sections = Array.from(list.querySelectorAll("details.codequotes"));
  const search = document.getElementById("suche");
  const state = document.getElementById("filterstand");
  const reset = document.getElementById("alle");
  let wanted = {};

  function fits(quote) {
    for (const key of Object.keys(wanted)) {
      if (key === "label") { continue; }
      if ((quote.dataset[key] || "") !== wanted[key]) { return false; }
    }
    const words = search.value.trim().toLowerCase();
    return !words || quote.textContent.toLowerCase().includes(words);
  }

  function show() {
    let shown = 0;
    const active = Object.keys(wanted).length > 0 || search.value.trim() !== "";
    for (const section of sections) {
      let here = 0;
      for (const quote of section.querySelectorAll(".quote")) {
        const ok = fits(quote);
        quote.hidden = !ok;
        if (ok) { here += 1; }
      }
      section.hidden = active && here === 0;
      section.querySelector(".here").textContent = String(here);
      if (active && here > 0 && wanted.code) { section.open = true; }
      if (!section.hidden && !section.dataset.parent) { shown += here; }
      if (!section.hidden && section.dataset.parent && wanted.code) { shown += here; }
    }
    state.textContent = active ? shown + (shown === 1 ? " Stelle" : " Stellen") + (wanted.label ? ": " + wanted.label : "") : "alle Stellen";
    reset.hidden = !active;
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-code]");
    if (!link) { return; }
    wanted = Object.assign({}, link.dataset);
    search.value = "";
    show();
    const target = document.getElementById("stellen-" + wanted.code);
    if (target) {
      event.preventDefault();
      target.open = true;
      history.pushState(null, "", "#stellen-" + wanted.code);
      target.scrollIntoView();
      target.querySelector("summary").focus({ preventScroll: true });
    }
  });
  search.addEventListener("input", show);
  reset.addEventListener("click", function () { wanted = {}; search.value = ""; show(); });

  // Unread sentences: a conversation's list is made when it is opened, from the transcript in the page.
  function made(tag, text, name) {
    const found = document.createElement(tag);
    if (text) { found.textContent = text; }
    if (name) { found.className = name; }
    return found;
  }

  let shared = null;
  function guess(given) {
    const line = made("li");
    const code = shared.codes[given[0]];
    const label = made("a");
    label.href = "#stellen-" + code[0];
    label.append(made("b", code[1]));
    const words = [shared.chances[given[1]]].concat(given.slice(2).map(function (n) { return shared.texts[n]; }));
    line.append(label, ": " + words.join("; "));
    return line;
  }

  function fill(box) {
    const data = box.querySelector("script");
    if (!data) { return; }
    shared = shared || JSON.parse(document.getElementById("ungelesen-texte").textContent);
    const all = document.createDocumentFragment();
    for (const row of JSON.parse(data.textContent)) {
      const place = box.dataset.doc + "-" + row[0];
      const turn = document.getElementById(place);
      const one = made("article", "", "quote open");
      const said = row[1] < 0 || !turn ? shared.hidden : "„" + turn.querySelector("p").textContent.slice(row[1], row[2]).trim() + "“";
      const source = made("p", "", "source");
      const link = made("a", "Beitrag " + row[0]);
      link.href = "#" + place;
      source.append(link);
      const guesses = made("ul", "", "guesses");
      guesses.append.apply(guesses, row[3].map(guess));
      one.append(made("p", said), source, guesses);
      all.append(one);
    }
    data.remove();
    box.append(all);
  }
  for (const box of document.querySelectorAll("details.unread")) {
    box.addEventListener("toggle", function () { if (box.open) { fill(box); } });
  }

  // Text to be pasted elsewhere gets a button; without a script it is still there to be selected.
  function select(box) {
    const range = document.createRange();
    range.selectNodeContents(box);
    const chosen = window.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
  }

  for (const box of document.querySelectorAll("pre.copyable")) {
    const button = made("button", "Kopieren");
    button.type = "button";
    button.addEventListener("click", function () {
      const failed = function () { select(box); button.textContent = "Markiert: jetzt mit Strg+C kopieren"; };
      if (!navigator.clipboard) { failed(); return; }
      navigator.clipboard.writeText(box.textContent).then(function () { button.textContent = "Kopiert"; }, failed);
    });
    box.before(button);
  }

  // What is wider than the page says so, and can be moved by keys.
  const boxes = Array.from(document.querySelectorAll(".scroll"));
  function cue(box) {
    const wide = box.scrollWidth > box.clientWidth + 2;
    box.classList.toggle("wide", wide);
    box.classList.toggle("end", wide && box.scrollLeft + box.clientWidth >= box.scrollWidth - 2);
    if (wide) { box.tabIndex = 0; } else { box.removeAttribute("tabindex"); }
  }
  if (window.ResizeObserver) {
    const watch = new ResizeObserver(function (seen) { for (const one of seen) { cue(one.target); } });
    for (const box of boxes) {
      watch.observe(box);
      box.addEventListener("scroll", function () { cue(box); });
    }
  }

  function openTarget() {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    for (let at = target; at; at = at.parentElement) { if (at.tagName === "DETAILS") { at.open = true; } }
    if (target) { target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();
}());
