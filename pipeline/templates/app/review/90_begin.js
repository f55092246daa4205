// Begins: who reads, what the study holds, and the passage that the address names.
(() => {
  const { words, data, say, ask } = window.app;
  const r = window.reading;
  const { state, byId, button } = r;

  byId("wege").replaceChildren(button("before", words.before, "k"), button("next", words.next, "j"), button("item", words.next_item, "w", "to-item"), button("help", words.keys, "?"));

  async function begin() {
    const asked = new URLSearchParams(location.search);
    const known = state.coder || asked.get("coder") || data.coder || "";
    if (!known) { await r.coder(); if (!state.coder) { byId("text").replaceChildren(r.made("p", { class: "note", text: words.coder_text }), button("coder", words.coder_title)); } return; }
    const answer = await ask("/lesen/stand" + r.query({ coder: known }));
    if (!answer.ok) {
      byId("text").replaceChildren(r.made("p", { class: "note", text: (answer.data.problems || [words.gone]).join(" ") }), button("coder", words.other_coder));
      say(words.not_begun, true);
      return;
    }
    state.coder = known || answer.data.coder || "";
    r.learn(answer.data);
    r.drawLeft();
    const [, doc, n] = decodeURIComponent(location.hash).match(/^#(.+)-(\d+)$/) || [];
    const docs = state.stand.docs;
    const queue = asked.get("queue") || "";
    if (queue && state.stand.queues.some((one) => one.name === queue) && !state.talk) {
      if (doc && docs.some((one) => one.doc === doc)) { state.item = null; await r.load(doc, queue, Number(n)); } else { r.toQueue(queue); }
      return;
    }
    const to = state.talk ? state.talk.doc : docs.some((one) => one.doc === doc) ? doc : (docs.find((one) => one.read < one.codable || one.open) || docs[0] || {}).doc;
    if (!to) { byId("text").replaceChildren(r.made("p", { class: "note", text: words.no_interviews })); return; }
    await r.load(to, "", state.talk || to !== doc ? undefined : Number(n));
  }
  r.begin = begin;
  begin();
})();
