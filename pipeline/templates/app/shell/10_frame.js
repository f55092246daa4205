// What all pages of the app share: words, data, and sending with a refusal that says why.
(() => {
  const held = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = held("worte");
  const data = held("daten");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
  const say = (text, bad) => {
    const line = document.getElementById("app-stand");
    line.textContent = text;
    line.classList.toggle("bad", Boolean(bad));
  };
  // Answers {ok, status, data}; ok is false where the server refused (data.problems: lines) or is not there (status 0).
  const ask = async (address, body) => {
    try {
      const given = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
      const answer = await fetch(address, { ...given, cache: "no-store" });
      const found = await answer.json().catch(() => ({}));
      return { ok: answer.ok, status: answer.status, data: found };
    } catch {
      return { ok: false, status: 0, data: {} };
    }
  };
  window.app = { words, data, fill, say, ask };
})();
