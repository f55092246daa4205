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

  function openTarget() {
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    for (let at = target; at; at = at.parentElement) { if (at.tagName === "DETAILS") { at.open = true; } }
    if (target) { target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();
}());
