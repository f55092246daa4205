// The run behind the page: what it is at, what it stumbles over, and its new results, which never push away what somebody is just doing.
(() => {
  const { words, fill, say } = window.app;
  const { state, made, byId } = window.reading;
  let told = null;
  let file = "";
  let last = "";
  let fresh = false;

  function drawRun() {
    const box = byId("lauf");
    if (!box || !told) { return; }
    const problems = told.problems.map(([place, text]) => made("span", { class: "bad" }, place ? place + ": " : "", text, made("br")));
    const text = problems.length ? words.run_problems + " " : told.phase === "rechnet" ? fill(words.run_step, { step: told.step || "…" }) : told.phase === "wartet" ? words.run_waits : "";
    const show = fresh ? made("button", { type: "button", class: "main", "data-do": "fresh", text: words.run_show }) : null;
    if (show) { show.addEventListener("click", take); }
    box.replaceChildren(...[text, ...problems, show].filter(Boolean));
  }
  async function take() {
    fresh = false;
    const one = window.reading.turn(), key = state.target;
    await window.reading.refresh();
    if (state.talk) {
      await window.reading.load(state.talk.doc, state.queue, one ? one.turn : undefined);
      const now = window.reading.turn();
      if (now && one && now.turn === one.turn && window.reading.marks(now).some((m) => m.key === key)) { window.reading.go(state.at, key, true); }
    }
    say(words.run_fresh);
  }
  const busy = () => Boolean(state.mode || state.picked || window.reading.unsaved() || document.querySelector("dialog[open]") || (document.activeElement && document.activeElement.closest("input, textarea, select")));

  const source = new EventSource("/ereignisse");
  source.addEventListener("stand", (event) => {
    if (event.data === last) { return; } // told again after a broken line
    last = event.data;
    told = JSON.parse(event.data);
    if (file && told.file && told.file !== file) { fresh = true; }
    file = told.file || file;
    if (fresh && told.phase === "ruht" && !busy() && state.talk) { take(); }
    drawRun();
  });
  Object.assign(window.reading, { drawRun });
})();
