"use strict";
// Quotes and conversations as data: parsed when needed, filtered and counted here. No text is cut by offsets: Python cut it into pieces.
(function () {
  const box = document.getElementById("zitate");
  if (!box) { return; }
  const JOINT = "\u2061";
  const nenner = window.nenner = window.nenner || {};
  const words = JSON.parse(document.getElementById("worte").textContent);

  nenner.say = function (key, values) {
    return (words[key] || key).replace(/\{(\w+)\}/g, function (whole, name) { return values && name in values ? String(values[name]) : whole; });
  };
  nenner.places = function (n) { return n === 1 ? words["places.one"] : nenner.say("places.many", { n: n }); };
  nenner.people = function (n) { return words.who[n] || nenner.say("who.many", { n: n }); };
  nenner.made = function (tag, text, name) {
    const found = document.createElement(tag);
    if (text) { found.textContent = text; }
    if (name) { found.className = name; }
    return found;
  };
  nenner.clock = function (seconds) {
    if (seconds < 0) { return ""; }
    const two = function (n) { return String(n).padStart(2, "0"); };
    return two(Math.floor(seconds / 3600)) + ":" + two(Math.floor(seconds % 3600 / 60)) + ":" + two(seconds % 60);
  };
  // Case, accents and the two ways to write umlauts and ß do not matter; spaces of any kind are one blank.
  const TWO = { "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss" };
  nenner.fold = function (text) {
    let said = text.toLowerCase();
    if (/[^\x00-\x7f]/.test(said)) {
      said = said.normalize("NFC").replace(/[äöüß]/g, function (sign) { return TWO[sign]; });
      // Most texts have nothing else that bears an accent, and taking those off is dear.
      if (/[\u00c0-\u036f\u1e00-\u1eff]/.test(said)) { said = said.normalize("NFD").replace(/\p{M}/gu, "").replace(/ı/g, "i"); }
    }
    return said.replace(/\s+/g, " ");
  };
  nenner.WORD = /[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*/gu;

  // Conversations.
  const talks = new Map();
  nenner.talk = function (doc) {
    if (!talks.has(doc)) {
      const data = document.getElementById("text-" + doc);
      if (!data) { return null; }
      const turns = JSON.parse(data.textContent).turns.map(function (t) {
        return { turn: t[0], speaker: t[1], role: t[2], second: t[3], place: t[4], question: t[5], pieces: t[6].split(JOINT), marks: t[7] || [[], []] };
      });
      const at = new Map();
      turns.forEach(function (t, n) { at.set(t.turn, n); });
      talks.set(doc, { turns: turns, at: at });
    }
    return talks.get(doc);
  };
  nenner.turn = function (doc, turn) {
    const talk = nenner.talk(doc);
    return talk && talk.at.has(turn) ? talk.turns[talk.at.get(turn)] : null;
  };

  // Quotes: columns, and for each filter a combo number a row.
  const COLUMNS = ["mention", "turn", "first", "last", "hidden", "again", "rank", "typical", "second", "chance", "why", "hits", "tags"];
  let store = null;
  function parse() {
    if (store) { return store; }
    store = JSON.parse(box.textContent);
    alike(store.facets);
    index();
    return store;
  }
  // A filter may say that its rows are those of another.
  function alike(facets) {
    for (const facet of facets) {
      if (typeof facet.rows === "string") { facet.rows = facets.find(function (one) { return one.key === facet.rows; }).rows; }
    }
  }
  function index() {
    store.n = store.mention.length;
    store.by = {};
    for (const facet of store.facets) {
      facet.numbers = new Map(facet.values.map(function (v, n) { return [v[0], n]; }));
      store.by[facet.key] = facet;
    }
    store.row = new Map(store.mention.map(function (id, n) { return [id, n]; }));
    store.folded = null;
    store.orders = {};
  }

  function text(row) {
    if (store.hidden[row]) { return store.hidden_words[store.hidden[row] - 1]; }
    const turn = nenner.turn(value(row, "doc"), store.turn[row]);
    return turn ? turn.pieces.slice(store.first[row], store.last[row] + 1).join("").trim() : "";
  }
  function value(row, key) {
    const facet = store.by[key];
    const combo = facet.combos[facet.rows[row]];
    return combo.length ? facet.values[combo[0]][0] : "";
  }
  function all(row, key) {
    const facet = store.by[key];
    return facet.combos[facet.rows[row]].map(function (n) { return facet.values[n][0]; });
  }
  function label(key, wanted) {
    const facet = store.by[key];
    return facet.numbers.has(wanted) ? facet.values[facet.numbers.get(wanted)][1] : wanted;
  }

  // A search: words that all must occur, and "phrases".
  function terms(query) {
    const found = [];
    for (const part of query.matchAll(/["„“”»«]([^"„“”»«]+)["„“”»«]|[^\s"„“”»«]+/g)) { found.push(nenner.fold(part[1] || part[0]).trim()); }
    return found.filter(Boolean);
  }
  function search(query) {
    const looked = terms(query);
    if (!looked.length) { return null; }
    prepare();
    const hit = new Uint8Array(store.n);
    for (let row = 0; row < store.n; row += 1) {
      const said = store.folded[row];
      let ok = 1;
      for (const term of looked) { if (!said.includes(term)) { ok = 0; break; } }
      hit[row] = ok;
    }
    return hit;
  }
  // All words as the search sees them, made once; with a budget (milliseconds) only as many as that allows. Whether all are made.
  function prepare(budget) {
    parse();
    if (!store.folded) {
      store.folded = [];
      store.known = new Map();
    }
    const end = budget ? performance.now() + budget : Infinity;
    for (let row = store.folded.length; row < store.n; row += 1) {
      if (budget && row % 32 === 0 && performance.now() > end) { return false; }
      if (store.hidden[row]) { store.folded.push(""); continue; }
      const place = store.by.doc.rows[row] + " " + store.turn[row] + " " + store.first[row] + " " + store.last[row];
      let folded = store.known.get(place);
      if (folded === undefined) { folded = nenner.fold(text(row)); store.known.set(place, folded); }
      store.folded.push(folded);
    }
    return true;
  }

  // A category stands for all below it, so of categories asked for together the ones below another are not counted twice.
  function outermost(chosen) {
    const facet = store.by.code;
    const above = [];
    const kept = new Set();
    facet.values.forEach(function (v, n) {
      above.length = v[2];
      if (chosen.has(n) && !above.some(function (up) { return chosen.has(up); })) { kept.add(n); }
      above[v[2]] = n;
    });
    return kept;
  }

  // wanted: {key: [value, ...], q: words}. Rows that fit, and for every filter how many would at each value, the other filters as they are.
  function ask(wanted, facets) {
    parse();
    const n = store.n;
    const tests = [];
    for (const facet of store.facets) {
      const values = wanted[facet.key] || [];
      let chosen = new Set(values.filter(function (v) { return facet.numbers.has(v); }).map(function (v) { return facet.numbers.get(v); }));
      if (facet.key === "code" && chosen.size > 1) { chosen = outermost(chosen); }
      if (facet.key === "basis" && !values.length) { chosen = new Set(["reviewed", "proposed"].map(function (v) { return facet.numbers.get(v); })); }
      if (!chosen.size && !values.length) { continue; }
      tests.push({ facet: facet, rows: facet.rows, ok: Uint8Array.from(facet.combos, function (combo) { return combo.some(function (v) { return chosen.has(v); }) ? 1 : 0; }) });
    }
    const ids = wanted.mention && new Set(wanted.mention);
    const said = wanted.q ? search(wanted.q) : null;
    const whole = !(wanted.code && wanted.code.length) && !ids;
    const counts = facets ? store.facets.map(function (facet) { return new Uint32Array(facet.combos.length); }) : null;
    const rows = [];
    for (let row = 0; row < n; row += 1) {
      if (said && !said[row]) { continue; }
      if (ids && !ids.has(store.mention[row])) { continue; }
      let missed = null;
      let many = false;
      for (const test of tests) {
        if (!test.ok[test.rows[row]]) {
          if (missed) { many = true; break; }
          missed = test.facet;
        }
      }
      if (many) { continue; }
      if (whole && store.again[row]) {
        if (missed) { continue; }
        missed = store.by.code;
      }
      if (!missed) { rows.push(row); }
      if (counts) {
        for (let f = 0; f < store.facets.length; f += 1) {
          const facet = store.facets[f];
          if (!missed || missed === facet) { counts[f][facet.rows[row]] += 1; }
        }
      }
    }
    return { rows: rows, counts: counts && store.facets.map(function (facet, f) {
      const sums = new Uint32Array(facet.values.length);
      facet.combos.forEach(function (combo, c) { for (const v of combo) { sums[v] += counts[f][c]; } });
      return sums;
    }) };
  }

  function people(rows) {
    const facet = store.by.case;
    const seen = new Set();
    for (const row of rows) { seen.add(facet.rows[row]); }
    return seen.size;
  }

  function sorted(rows, order) {
    const rank = store.rank;
    const place = function (a, b) {
      const doc = store.by.doc;
      const x = value(a, "doc");
      const y = value(b, "doc");
      return x < y ? -1 : x > y ? 1 : store.turn[a] - store.turn[b] || store.first[a] - store.first[b] || rank[a] - rank[b] || doc.rows[a] - doc.rows[b];
    };
    const how = {
      rank: function (a, b) { return rank[a] - rank[b] || a - b; },
      place: place,
      typical: function (a, b) { return store.typical[b] - store.typical[a] || rank[a] - rank[b] || a - b; },
    }[order] || null;
    if (!how) { return rows; }
    // The order of all rows is made once; sorting a part of them is then a look-up.
    if (!store.orders[order]) {
      const every = Array.from({ length: store.n }, function (_, n) { return n; }).sort(how);
      const at = new Uint32Array(store.n);
      every.forEach(function (row, n) { at[row] = n; });
      store.orders[order] = at;
    }
    const at = store.orders[order];
    return rows.slice().sort(function (a, b) { return at[a] - at[b]; });
  }

  // "code=SEG.wohnen&basis=reviewed&label=…" -> {wanted, label, order, unknown keys or values}
  function read(filter) {
    parse();
    const found = { wanted: {}, label: "", order: "rank", unknown: [] };
    for (const [key, given] of new URLSearchParams(filter)) {
      if (!given) { continue; }
      if (key === "label") { found.label = given; } else if (key === "order") { found.order = given; } else if (key === "q") { found.wanted.q = given; }
      else if (key === "mention") { found.wanted.mention = given.split("|"); }
      else if (!store.by[key]) { found.unknown.push(key + "=" + given); }
      else {
        const values = store.by[key].numbers.has(given) ? [given] : given.split("|");
        found.unknown.push.apply(found.unknown, values.filter(function (v) { return !store.by[key].numbers.has(v); }).map(function (v) { return key + "=" + v; }));
        found.wanted[key] = values;
      }
    }
    return found;
  }
  function write(wanted, label, order) {
    const pairs = new URLSearchParams();
    for (const key of Object.keys(wanted)) {
      const given = Array.isArray(wanted[key]) ? wanted[key].join("|") : wanted[key];
      if (given) { pairs.set(key, given); }
    }
    if (order && order !== "rank") { pairs.set("order", order); }
    if (label) { pairs.set("label", label); }
    const text = pairs.toString();
    return text ? "#belege?" + text : "#belege";
  }
  function count(filter) {
    const rows = ask(read(filter).wanted, false).rows;
    return { places: rows.length, people: people(rows) };
  }

  // What a row is, without its numbers in the shared lists.
  function moved(from, list, into) {
    const seen = new Map(into.map(function (v, n) { return [JSON.stringify(v), n]; }));
    return list.map(function (v) {
      const key = JSON.stringify(v);
      if (!seen.has(key)) { seen.set(key, into.length); into.push(v); }
      return seen.get(key);
    });
  }
  function replace(codes, packed) {
    parse();
    alike(packed.facets);
    const gone = new Set(codes);
    const keep = [];
    for (let row = 0; row < store.n; row += 1) { if (!gone.has(value(row, "code"))) { keep.push(row); } }
    const texts = moved(store, packed.texts, store.texts);
    const hits = moved(store, packed.words, store.words);
    const shift = {
      why: function (list) { return list.map(function (n) { return texts[n]; }); },
      tags: function (list) { return list.map(function (n) { return texts[n]; }); },
      hits: function (n) { return hits[n]; },
    };
    for (const name of COLUMNS) {
      const fresh = shift[name] ? packed[name].map(shift[name]) : packed[name];
      store[name] = keep.map(function (row) { return store[name][row]; }).concat(fresh);
    }
    for (const facet of store.facets) {
      const other = packed.facets.find(function (one) { return one.key === facet.key; });
      const rows = keep.map(function (row) { return facet.rows[row]; });
      if (other) {
        const values = other.values.map(function (v) {
          if (!facet.numbers.has(v[0])) { facet.numbers.set(v[0], facet.values.length); facet.values.push(v); }
          return facet.numbers.get(v[0]);
        });
        const combos = moved(facet, other.combos.map(function (combo) { return combo.map(function (n) { return values[n]; }); }), facet.combos);
        for (const n of other.rows) { rows.push(combos[n]); }
      }
      facet.rows = rows;
    }
    Object.assign(store.cases, packed.cases);
    Object.assign(store.docs, packed.docs);
    index();
    refresh();
  }
  // Every figure of the page that is a bare number is counted again.
  function refresh() {
    for (const link of document.querySelectorAll('a[data-n][href^="#belege?"]')) {
      if (!/^\d+$/.test(link.textContent.trim())) { continue; }
      link.textContent = String(count(link.getAttribute("href").slice("#belege?".length))[link.dataset.n]);
    }
    document.dispatchEvent(new CustomEvent("nenner:quotes"));
  }

  nenner.quotes = {
    replace: replace, prepare: prepare, count: count, ask: ask, read: read, write: write, sorted: sorted, people: people, terms: terms,
    text: text, value: value, all: all, label: label, store: parse,
  };
}());
