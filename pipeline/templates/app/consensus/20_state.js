// What the page of a meeting knows. Only `words` of the server are shown as words; data never becomes markup.
(() => {
  const { words, fill, byId, made } = window.app;
  const button = (text, act, given, key) => {
    const found = made("button", { type: "button", ...given }, text, key ? " " : null, key ? made("kbd", { text: key, "aria-hidden": "true" }) : null);
    found.addEventListener("click", act);
    return found;
  };
  // given: what the server said last; at: id of the passage that is shown; hold: codes chosen for it (null: nothing chosen yet); choice: which button.
  const state = { given: null, codes: new Map(), at: "", hold: null, choice: "", why: "", filter: { state: "open", code: "", pair: "", round: "" }, busy: false };
  const label = (id) => { const code = state.codes.get(id); return code && code.label ? `${id} (${code.label})` : id; };
  const pairs = (one) => {
    const names = one.voices.map((voice) => voice.coder);
    return names.flatMap((a, n) => names.slice(n + 1).map((b) => `${a} ${words.and} ${b}`));
  };
  const NOWHERE = "-";
  const fits = (one) => {
    const wanted = state.filter;
    return (wanted.state === "" || one.open === (wanted.state === "open") || one.id === state.at)
      && (!wanted.code || one.differ.includes(wanted.code))
      && (!wanted.pair || pairs(one).includes(wanted.pair))
      && (!wanted.round || (wanted.round === NOWHERE ? "" : wanted.round) === one.round);
  };
  const shown = () => state.given.disputes.filter(fits);
  const current = () => state.given.disputes.find((one) => one.id === state.at) || null;
  window.konsens = { byId, made, button, state, label, pairs, fits, shown, current, fill, NOWHERE };
})();
