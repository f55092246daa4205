"use strict";
// Conversations, drawn when they are opened: turns with their place, bars for codings at the side, and addresses that lead to a turn.
(function () {
  const nenner = window.nenner;
  const section = document.getElementById("transkripte");
  if (!nenner || !nenner.quotes || !section) { return; }
  const quotes = nenner.quotes;
  const made = nenner.made;
  const say = nenner.say;
  const COLOURS = 12;
  const LANE = 10;
  const controls = section.querySelector("fieldset.barkey");
  const off = new Set();
  const boxes = Array.from(section.querySelectorAll("details.transcript"));

  // The family of a category is the one at the top above it.
  let families = null;
  function family(code) {
    if (!families) {
      families = { of: new Map(), tops: [] };
      for (const value of quotes.store().by.code.values) {
        if (value[2] === 0) { families.tops.push(value); }
        families.of.set(value[0], Math.max(0, families.tops.length - 1));
      }
    }
    return families.of.get(code) || 0;
  }
  function legend() {
    const into = controls.querySelector(".families");
    if (into.firstChild) { return; }
    family("");
    families.tops.forEach(function (value, n) {
      const label = made("label");
      const tick = made("input");
      tick.type = "checkbox";
      tick.name = "family";
      tick.value = String(n);
      tick.checked = true;
      label.append(tick, made("i", "", "key f" + n % COLOURS), value[1]);
      into.append(label);
    });
    controls.hidden = false;
    controls.addEventListener("change", function (event) {
      const key = event.target.name + " " + event.target.value;
      if (event.target.checked) { off.delete(key); } else { off.add(key); }
      for (const bar of section.querySelectorAll(".bar-of")) { veil(bar); }
    });
  }
  function veil(bar) { bar.hidden = off.has("family " + bar.dataset.family) || off.has("basis " + bar.dataset.basis); }

  // Codings of an interview: turn -> rows, without what a parent category repeats and what does not count.
  function codings(doc) {
    const store = quotes.store();
    const found = new Map();
    for (let row = 0; row < store.n; row += 1) {
      if (store.again[row] || quotes.value(row, "doc") !== doc || quotes.value(row, "basis") === "uncounted") { continue; }
      if (!found.has(store.turn[row])) { found.set(store.turn[row], []); }
      found.get(store.turn[row]).push(row);
    }
    for (const rows of found.values()) { rows.sort(function (a, b) { return store.first[a] - store.first[b] || store.last[b] - store.last[a] || store.rank[a] - store.rank[b]; }); }
    return found;
  }
  function bar(row, doc) {
    const store = quotes.store();
    const code = quotes.value(row, "code");
    const basis = quotes.value(row, "basis");
    const label = say("bar." + basis, { code: quotes.label("code", code) });
    const found = made("a", "", "bar-of f" + family(code) % COLOURS + (basis === "reviewed" ? "" : " open"));
    found.href = quotes.write({ code: [code] }, quotes.label("code", code), "");
    found.setAttribute("aria-label", say("bar.hint", { bar: label }));
    found.append(made("span", label));
    Object.assign(found.dataset, { family: String(family(code)), basis: basis, first: String(store.first[row]), last: String(store.last[row]), row: store.mention[row] });
    veil(found);
    return found;
  }
  function drawn(doc, turn, rows) {
    const line = made("div", "", "turn " + turn.role);
    line.id = doc + "-" + turn.turn;
    line.tabIndex = -1;
    const who = made("div", "", "who");
    who.append(made("b", turn.turn + " · " + (turn.speaker || "?")));
    const where = [nenner.clock(turn.second), turn.place, turn.question && say("question", { question: turn.question })].filter(Boolean);
    if (where.length) { who.append(" ", made("span", where.join(" · "), "place")); }
    const said = made("p", "", "said");
    const replaced = new Set(turn.marks[0].flatMap(function (text) { return Array.from(text.matchAll(nenner.WORD), function (m) { return m[0]; }); }));
    turn.pieces.forEach(function (piece, n) {
      const span = made("span");
      span.dataset.n = String(n);
      let last = 0;
      for (const word of replaced.size ? piece.matchAll(nenner.WORD) : []) {
        if (!replaced.has(word[0])) { continue; }
        const mark = made("span", word[0], "pseudonym");
        mark.title = say("pseudonym");
        span.append(piece.slice(last, word.index), mark);
        last = word.index + word[0].length;
      }
      span.append(piece.slice(last));
      said.append(span);
    });
    const beside = made("div", "", "codings");
    for (const row of rows) { beside.append(bar(row, doc)); }
    line.append(who, said, beside);
    if (turn.marks[1].length) { line.append(made("p", turn.marks[1].map(function (m) { return say("aside." + m[0], { n: m[1] }); }).join(" · "), "asides")); }
    return line;
  }
  // Bars stand beside the lines that their pieces fill; where several run beside each other each has a lane.
  function place(box) {
    const writes = [];
    for (const line of box.querySelectorAll(".turn")) {
      const said = line.querySelector(".said");
      const bars = Array.from(line.querySelectorAll(".bar-of"));
      if (!bars.length || !said.offsetHeight) { continue; }
      const ends = [];
      for (const one of bars) {
        const first = said.querySelector('[data-n="' + one.dataset.first + '"]');
        const last = said.querySelector('[data-n="' + one.dataset.last + '"]');
        const top = first ? first.offsetTop : 0;
        const bottom = last ? last.offsetTop + last.offsetHeight : said.offsetHeight;
        let lane = 0;
        while (ends[lane] !== undefined && ends[lane] > top + 1) { lane += 1; }
        ends[lane] = bottom;
        writes.push([one, top, Math.max(10, bottom - top - 2), lane * LANE]);
      }
      writes.push([line.querySelector(".codings"), -1, 0, Math.max(1, ends.length) * LANE]);
    }
    // All is measured before anything is moved, so that the page is laid out once.
    for (const [one, top, height, across] of writes) {
      if (top < 0) { one.style.width = across + "px"; continue; }
      one.style.top = top + "px";
      one.style.height = height + "px";
      one.style.left = across + "px";
    }
  }
  const sizes = new ResizeObserver(function (seen) { for (const one of seen) { place(one.target); } });

  function fill(box, again) {
    if (box.dataset.drawn && !again) { return; }
    const talk = nenner.talk(box.id);
    if (!talk) { return; }
    box.dataset.drawn = "yes";
    legend();
    const rows = codings(box.id);
    const old = box.querySelector(".talk");
    const all = made("div", "", "talk");
    for (const turn of talk.turns) { all.append(drawn(box.id, turn, rows.get(turn.turn) || [])); }
    if (old) { sizes.unobserve(old); old.replaceWith(all); } else { box.append(all); }
    sizes.observe(all);
    place(all);
  }
  for (const box of boxes) { box.addEventListener("toggle", function () { if (box.open) { fill(box); } }); }
  document.addEventListener("nenner:quotes", function () {
    families = null;
    for (const box of boxes) { if (box.dataset.drawn) { fill(box, true); } }
  });

  // "I003-14": the turn; whether there is one of that name.
  nenner.toTurn = function (name) {
    const parts = /^(.+)-(\d+)$/.exec(name);
    const box = parts && document.getElementById(parts[1]);
    if (!box || !box.classList.contains("transcript")) { return false; }
    box.open = true;
    fill(box);
    const line = document.getElementById(name);
    if (!line) { nenner.unknown("unknown.turn", name); return true; }
    for (const old of section.querySelectorAll(".turn.target")) { old.classList.remove("target"); }
    line.classList.add("target");
    nenner.land(line, true);
    line.focus({ preventScroll: true });
    return true;
  };
  // A turn that is drawn already is an element; its conversation may be folded again.
  window.addEventListener("hashchange", function () { nenner.toTurn(decodeSafe(location.hash.slice(1))); });
  function decodeSafe(name) { try { return decodeURIComponent(name); } catch (broken) { return name; } }
  nenner.route();
  nenner.toTurn(decodeSafe(location.hash.slice(1)));
}());
