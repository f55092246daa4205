// What all pages of the app share: words, data, making elements, and sending with a refusal that says why.
(() => {
  const held = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = held("worte");
  const data = held("daten");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
  const byId = (id) => document.getElementById(id);
  // An element: made("p", {text, class, any attribute, onclick}, children…); false and null leave an attribute or a child out. Data never becomes markup.
  const made = (tag, given, ...children) => {
    const found = document.createElement(tag);
    for (const [name, value] of Object.entries(given || {})) {
      if (value === false || value === null || value === undefined) { continue; }
      if (name === "text") { found.textContent = value; } else if (typeof value === "function") { found.addEventListener(name.slice(2), value); } else { found.setAttribute(name, value === true ? "" : value); }
    }
    found.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false && one !== ""));
    return found;
  };
  // Words as they are compared in searching.
  const plain = (text) => String(text).toLocaleLowerCase("de");
  const say = (text, bad) => {
    const line = byId("app-stand");
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
  window.app = { words, data, fill, say, ask, byId, made, plain };
})();
