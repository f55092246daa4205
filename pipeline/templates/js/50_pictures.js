"use strict";
// Pictures: a drawing becomes a live one when it comes into view. Hovering says what a mark is, a click goes where it came from, families of
// categories open and close. The table behind each picture is the way by keys and by ear. Nothing is ever loaded.
(function () {
  const figures = Array.from(document.querySelectorAll("figure.picture"));
  const nenner = window.nenner = window.nenner || {};
  nenner.pictures = { refresh: function () {} };
  if (!figures.length || !window.vegaEmbed) { return; }
  const words = JSON.parse(document.getElementById("worte").textContent);
  const HOW = { ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: function () { return undefined; } };
  const FILTER = "#belege?";
  const pictures = [];

  // The head of a cell's line or column, found by its place.
  function head(picture, data, place, row) {
    const name = "at-" + data;
    if (!picture[name]) { picture[name] = new Map((picture.spec.datasets[data] || []).map(function (one) { return [one[place], one]; })); }
    return picture[name].get(row[place]) || {};
  }

  // --- what a mark says: one box for all pictures
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.body.append(tip);
  function told(row, picture) {
    const shared = picture.spec.usermeta.words || {};
    const key = row.words === undefined ? row.state : row.words;
    const text = Object.hasOwn(shared, key) ? shared[key] : key || "";
    // What a cell does not say itself, its heads say.
    const heads = { label: head(picture, "lines", "order", row).words, value: head(picture, "columns", "column", row).words };
    return String(text).replace(/\{(\w+)\}/g, function (whole, name) {
      return Object.hasOwn(row, name) ? String(row[name]) : heads[name] === undefined ? whole : String(heads[name]);
    }).trim();
  }
  function say(text, event) {
    tip.textContent = text;
    tip.hidden = !text;
    if (!text) { return; }
    const room = 14;
    const box = tip.getBoundingClientRect();
    const left = event.clientX + room + box.width > document.documentElement.clientWidth ? event.clientX - room - box.width : event.clientX + room;
    const top = event.clientY + room + box.height > window.innerHeight ? event.clientY - room - box.height : event.clientY + room;
    tip.style.left = Math.max(4, left) + "px";
    tip.style.top = Math.max(4, top) + "px";
  }
  function quiet() { tip.hidden = true; }
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") { quiet(); } });
  window.addEventListener("scroll", quiet, { passive: true, capture: true });

  // --- one picture
  function known(picture) {
    if (!picture.spec) { picture.spec = JSON.parse(picture.figure.querySelector("script.spec").textContent); }
    return picture.spec;
  }
  function folds(picture) { return Boolean(known(picture).usermeta.fold); }
  function shown(picture, row) {
    const of = row.level === undefined ? head(picture, "lines", "order", row) : row;
    return !(of.level > 0) || picture.open.has(of.family);
  }
  function described(picture) {
    const spec = known(picture);
    // Vega writes into the rows it is given: it gets copies, and those that are folded away stay behind.
    const datasets = {};
    for (const name of Object.keys(spec.datasets)) {
      datasets[name] = spec.datasets[name].filter(function (row) { return !spec.usermeta.fold || shown(picture, row); }).map(function (row) { return Object.assign({}, row); });
    }
    return Object.assign({}, spec, { datasets: datasets });
  }
  function draw(picture) {
    const round = picture.round = (picture.round || 0) + 1;
    const into = document.createElement("div");
    into.className = "live";
    // To the ear the box is one picture with a name, and the table behind it says the rest.
    into.setAttribute("aria-hidden", "true");
    return window.vegaEmbed(into, described(picture), HOW).then(function (made) {
      // Whoever clicks twice gets the second.
      if (round !== picture.round) { made.finalize(); return; }
      if (picture.made) { picture.made.finalize(); }
      if (picture.into) { picture.into.remove(); }
      picture.made = made;
      picture.into = into;
      picture.box.append(into);
      picture.box.classList.add("drawn-live");
      picture.box.style.minHeight = "";
      listen(picture, made.view, into);
      wide(picture);
    });
  }
  function listen(picture, view, into) {
    view.addEventListener("pointermove", function (event, item) {
      const row = item && item.datum;
      const text = row && (row.words !== undefined || row.state !== undefined) ? told(row, picture) : "";
      into.classList.toggle("leads", Boolean(row && (row.to || heads(picture, row))));
      say(text, event);
    });
    view.addEventListener("click", function (event, item) {
      const row = item && item.datum;
      if (!row) { return; }
      if (heads(picture, row)) { toggle(picture, row.family); } else if (row.to) { quiet(); location.hash = row.to; }
    });
    into.addEventListener("pointerleave", quiet);
  }
  function heads(picture, row) { return folds(picture) && row.level === 0 && row.column === undefined && picture.families.has(row.family); }
  function wide(picture) {
    if (nenner.cue) { nenner.cue(picture.box); }
  }

  // --- families of categories
  function toggle(picture, family) {
    if (picture.open.has(family)) { picture.open.delete(family); } else { picture.open.add(family); }
    quiet();
    mark(picture);
    return draw(picture);
  }
  function mark(picture) {
    for (const [family, button] of picture.families) { button.setAttribute("aria-expanded", String(picture.open.has(family))); }
    picture.every.textContent = picture.open.size === picture.families.size ? words["picture.close"] : words["picture.open"];
  }
  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }
  function foldable(picture) {
    const lines = known(picture).datasets.lines;
    const below = new Set(lines.filter(function (line) { return line.level > 0; }).map(function (line) { return line.family; }));
    const top = lines.filter(function (line) { return line.level === 0 && below.has(line.family); });
    const bar = document.createElement("div");
    bar.className = "fold";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", words["picture.fold"]);
    picture.every = button("", function () {
      if (picture.open.size === picture.families.size) { picture.open.clear(); } else { for (const family of picture.families.keys()) { picture.open.add(family); } }
      mark(picture);
      draw(picture);
    });
    bar.append(picture.every);
    for (const line of top) {
      const one = button(line.label, function () { toggle(picture, line.family); });
      picture.families.set(line.family, one);
      bar.append(one);
    }
    picture.box.before(bar);
    mark(picture);
    // What stands below must not move when the folded picture takes the place of the whole one.
    const still = picture.box.querySelector("svg");
    const left = lines.filter(function (line) { return shown(picture, line); }).length;
    const step = known(picture).height && known(picture).height.step || 24;
    picture.box.style.minHeight = Math.max(40, still.height.baseVal.value + (left - known(picture).usermeta.first) * step) + "px";
    picture.box.classList.add("folded");
  }

  // --- figures that changed in the page
  function counter() {
    const quotes = nenner.quotes;
    const rows = new Map();
    return function (to) {
      const filter = to.slice(FILTER.length);
      if (!quotes.ask || !quotes.read) { return quotes.count(filter); }
      const wanted = quotes.read(filter).wanted;
      const rest = Object.keys(wanted).filter(function (key) { return key !== "code" && key !== "basis"; });
      if (!wanted.code || !wanted.basis || rest.length !== 1 || rest[0] === "mention" || rest[0] === "q" || wanted[rest[0]].length !== 1) { return quotes.count(filter); }
      // Cells of a matrix share their category: it is looked up once.
      const key = wanted.code.join("|") + " " + wanted.basis.join("|");
      if (!rows.has(key)) { rows.set(key, quotes.ask({ code: wanted.code, basis: wanted.basis }, false).rows); }
      const mine = rows.get(key).filter(function (row) { return quotes.all(row, rest[0]).includes(wanted[rest[0]][0]); });
      return { places: mine.length, people: new Set(mine.map(function (row) { return quotes.value(row, "case"); })).size };
    };
  }
  function recount(picture) {
    const spec = known(picture);
    picture.stale = false;
    if (!spec.usermeta.count || !nenner.quotes) { return false; }
    const count = counter();
    let changed = false;
    for (const name of Object.keys(spec.datasets)) {
      for (const row of spec.datasets[name]) {
        if (!row.to || !row.to.startsWith(FILTER) || !(spec.usermeta.count in row)) { continue; }
        const now = count(row.to);
        for (const field of ["people", "places"]) {
          if (field in row && row[field] !== now[field]) { row[field] = now[field]; changed = true; }
        }
      }
    }
    return changed;
  }
  // Drawn pictures change at once, the others when they come into view.
  nenner.pictures.refresh = function () {
    const waits = [];
    for (const picture of pictures) {
      picture.stale = true;
      if (picture.seen && recount(picture)) { waits.push(draw(picture)); }
    }
    return Promise.all(waits);
  };

  // --- all pictures
  const watch = new IntersectionObserver(function (changes) {
    for (const one of changes) {
      if (!one.isIntersecting) { continue; }
      watch.unobserve(one.target);
      const picture = pictures.find(function (p) { return p.figure === one.target; });
      picture.seen = true;
      if (picture.stale) { recount(picture); }
      draw(picture);
    }
  }, { rootMargin: "250px 0px" });
  for (const figure of figures) {
    const box = figure.querySelector(".drawn");
    const source = figure.querySelector("script.spec");
    if (!box || !source) { continue; }
    const picture = { figure: figure, box: box, spec: null, open: new Set(), families: new Map(), stale: false };
    pictures.push(picture);
    if (/"fold":true/.test(source.textContent.slice(-4000)) && folds(picture)) { foldable(picture); }
    watch.observe(figure);
  }
}());
