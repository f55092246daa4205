"use strict";
// Unread sentences: a conversation's list is made when it is opened, from the pieces of its text.
(function () {
  const nenner = window.nenner;
  if (!nenner || !nenner.quotes) { return; }
  const made = nenner.made;
  let shared = null;
  function guess(given) {
    const line = made("li");
    const code = shared.codes[given[0]];
    const label = made("a");
    label.href = nenner.quotes.write({ code: [code[0]] }, code[1], "");
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
      const turn = nenner.turn(box.dataset.doc, row[0]);
      const one = made("article", "", "quote open");
      const said = row[1] < 0 || !turn ? shared.hidden : "„" + turn.pieces.slice(row[1], row[2] + 1).join("").trim() + "“";
      const source = made("p", "", "source");
      const link = made("a", nenner.say("turn", { n: row[0] }));
      link.href = "#" + box.dataset.doc + "-" + row[0];
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
}());
