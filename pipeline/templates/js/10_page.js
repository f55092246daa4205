"use strict";
// The shell: theme, list of contents, keys, boxes that scroll sideways, texts to copy, print, and where an address leads.
(function () {
  const root = document.documentElement;
  // What an address names; one that somebody typed may hold a stray percent sign and then names nothing.
  function named(hash) {
    try { return document.getElementById(decodeURIComponent(hash.slice(1))); } catch (broken) { return null; }
  }

  const words = JSON.parse(document.getElementById("worte").textContent);
  const nenner = window.nenner = window.nenner || {};

  // Theme: kept where the browser lets a page keep something, else for as long as the page is open.
  const chosen = root.dataset.theme || "auto";
  for (const radio of document.querySelectorAll("input[name=theme]")) {
    radio.checked = radio.value === chosen;
    radio.addEventListener("change", function () {
      if (radio.value === "auto") { delete root.dataset.theme; } else { root.dataset.theme = radio.value; }
      // Private windows and pages opened from a file may be forbidden to keep anything; the choice then holds for this visit.
      try { localStorage.setItem("theme", radio.value); } catch (refused) { return; }
    });
  }

  // List of contents: a button opens it where the screen is narrow; the focus goes in, stays in, and comes back.
  const nav = document.getElementById("verzeichnis");
  const knob = document.getElementById("verzeichnisknopf");
  const main = document.getElementById("inhalt");
  const narrow = window.matchMedia("(max-width: 64rem)");
  function contents(open, back) {
    root.classList.toggle("contents-open", open);
    knob.setAttribute("aria-expanded", String(open));
    main.inert = open;
    if (open) {
      const first = nav.querySelector("a[aria-current]") || nav.querySelector("a");
      first.focus();
      nav.scrollTop += first.getBoundingClientRect().top - nav.getBoundingClientRect().top - nav.clientHeight / 3;
    }
    if (back) { knob.focus(); }
  }
  knob.addEventListener("click", function () { contents(!root.classList.contains("contents-open"), false); });
  narrow.addEventListener("change", function () { contents(false, false); });
  nav.addEventListener("click", function (event) {
    const link = event.target.closest("a");
    if (!link) { return; }
    if (root.classList.contains("contents-open")) { contents(false, false); }
    // Whoever reads by ear or by keys goes on from the chapter, not from the list.
    const target = named(link.hash);
    const heading = target && target.querySelector("h1, h2, h3");
    // Later, as following the link takes the focus away from everything that is not its target.
    if (heading) { heading.tabIndex = -1; setTimeout(function () { heading.focus({ preventScroll: true }); }, 0); }
  });

  // Where the reader is: the last listed section that crosses a band below the upper edge.
  const links = new Map();
  for (const link of nav.querySelectorAll("ol a")) {
    const section = named(link.hash);
    if (section) { links.set(section, link); }
  }
  const seen = new Set();
  let current = null;
  let unfolded = null;
  function mark() {
    let here = null;
    for (const section of links.keys()) { if (seen.has(section)) { here = section; } }
    const link = here && links.get(here);
    if (!link || link === current) { return; }
    if (current) { current.removeAttribute("aria-current"); }
    link.setAttribute("aria-current", "location");
    current = link;
    const part = link.closest("details");
    // Only what opened by itself closes by itself; what somebody unfolded stays.
    if (unfolded && unfolded !== part) { unfolded.open = false; unfolded = null; }
    if (part && !part.open) { part.open = true; unfolded = part; }
    const box = link.getBoundingClientRect();
    const frame = nav.getBoundingClientRect();
    if (box.height && (box.top < frame.top || box.bottom > frame.bottom)) { nav.scrollTop += box.top - frame.top - frame.height / 3; }
  }
  const watch = new IntersectionObserver(function (changes) {
    for (const one of changes) { if (one.isIntersecting) { seen.add(one.target); } else { seen.delete(one.target); } }
    mark();
  }, { rootMargin: "-12% 0px -80% 0px" });
  for (const section of links.keys()) { watch.observe(section); }
  new IntersectionObserver(function (changes) {
    root.classList.toggle("below", !changes[changes.length - 1].isIntersecting);
  }).observe(document.querySelector("#ueberblick header"));

  // A place is reached at once and held until the page around it stands: pictures and conversations are drawn only when somebody comes near,
  // and change heights. Whoever moves the page has it again.
  let held = null;
  function free() { held = null; }
  function put() {
    if (!held) { return; }
    if (!held.at) { window.scrollTo({ top: held.y, behavior: "instant" }); }
    else if (held.block) { held.at.scrollIntoView({ block: held.block, behavior: "instant" }); }
    else { window.scrollBy({ top: held.at.getBoundingClientRect().top - held.top, behavior: "instant" }); }
  }
  function hold(place) {
    held = place;
    put();
    window.setTimeout(function () { if (held === place) { free(); } }, 2500);
  }
  nenner.hold = hold; // {y}, or {at, top}: an element and how far below the window's edge it stood
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) { window.addEventListener(kind, free, { capture: true, passive: true }); }
  new ResizeObserver(put).observe(main);
  // Short places stand in the middle where asked for, long ones always begin at the top.
  nenner.land = function (target, middle) {
    const short = middle && target.offsetHeight < window.innerHeight * 0.6;
    if (back !== null) { hold({ y: back }); } else { hold({ at: target, block: short ? "center" : "start" }); }
  };
  // Back and forward lead to where the reader was, which the address alone does not say: each entry of the history keeps its height.
  let back = null;
  let waits = 0;
  function remember() { history.replaceState(Object.assign({}, history.state, { y: window.scrollY }), ""); }
  window.addEventListener("scroll", function () {
    window.clearTimeout(waits);
    waits = window.setTimeout(remember, 200);
  }, { passive: true });
  document.addEventListener("click", function (event) { if (event.target.closest("a[href^='#'], .live")) { window.clearTimeout(waits); remember(); } }, { capture: true });
  window.addEventListener("hashchange", function () {
    window.clearTimeout(waits);
    back = history.state && typeof history.state.y === "number" ? history.state.y : null;
    window.setTimeout(function () { back = null; }, 0);
  });

  // Keys: "/" goes to the search of quotes, Escape closes the list.
  function find() {
    const field = document.getElementById("suche");
    if (!field) { return false; }
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
    return true;
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && root.classList.contains("contents-open")) { contents(false, true); return; }
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    contents(false, false);
    if (find()) { event.preventDefault(); }
  });
  nav.querySelector("[data-find]").addEventListener("click", function (event) {
    contents(false, false);
    if (find()) { event.preventDefault(); event.stopPropagation(); }
  });

  // Text to be pasted elsewhere gets a button; without a script it is still there to be selected.
  function select(box) {
    const range = document.createRange();
    range.selectNodeContents(box);
    const chosen = window.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
  }
  for (const box of document.querySelectorAll("pre.copyable, .copyable:not(pre)")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = words.copy;
    button.addEventListener("click", function () {
      const failed = function () { select(box); button.textContent = words["copy.marked"]; };
      if (!navigator.clipboard) { failed(); return; }
      navigator.clipboard.writeText(box.textContent).then(function () { button.textContent = words["copy.done"]; }, failed);
    });
    box.before(button);
  }

  // What is wider than the page says so, and can be moved by keys.
  function cue(box) {
    box.dataset.wider = words["scroll.right"];
    box.dataset.back = words["scroll.left"];
    const wide = box.scrollWidth > box.clientWidth + 2;
    box.classList.toggle("wide", wide);
    box.classList.toggle("end", wide && box.scrollLeft + box.clientWidth >= box.scrollWidth - 2);
    if (wide) { box.tabIndex = 0; } else { box.removeAttribute("tabindex"); }
  }
  nenner.cue = cue;
  const wide = new ResizeObserver(function (found) { for (const one of found) { cue(one.target); } });
  for (const box of document.querySelectorAll(".scroll, .picture .drawn")) {
    wide.observe(box);
    box.addEventListener("scroll", function () { cue(box); }, { passive: true });
  }

  // Paper shows what is folded; afterwards all is as it was. Long lists of the appendix are not printed at all.
  let folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.from(main.querySelectorAll("details:not([open])")).filter(function (box) {
      return !box.closest("#belege, #ungelesen, #transkripte, .picture, details.screenonly") && !box.querySelector(":scope > .beside");
    });
    for (const box of folded) { box.open = true; }
  });
  window.addEventListener("afterprint", function () { for (const box of folded) { box.open = false; } folded = []; });

  // An address may lead into something folded.
  function openTarget() {
    const target = named(location.hash);
    for (let at = target; at; at = at.parentElement) { if (at.tagName === "DETAILS") { at.open = true; } }
    if (target) { nenner.land(target); } else if (back !== null) { hold({ y: back }); }
  }
  window.addEventListener("hashchange", openTarget);
  openTarget();
  // Where a page keeps its own place over a reload (live editing), the address does not fight for it.
  window.addEventListener("load", function () { if (history.scrollRestoration === "manual") { free(); } });
}());
