// The dialog in which any categories of the codebook are chosen.
(() => {
  const { words, fill } = window.app;
  const { byId, made, button, state, label } = window.konsens;
  const dialog = byId("andere");

  window.konsens.pickCodes = (one, done) => {
    if (!one) { return; }
    const chosen = [];
    const known = [...state.codes.values()].filter((code) => code.coded);
    const find = made("input", { id: "kategorie", list: "kategorien", autocomplete: "off", "aria-describedby": "kategorie-fehler" });
    const fault = made("p", { id: "kategorie-fehler", class: "bad", role: "alert" });
    const chips = made("ul", { class: "chips", "aria-label": words.codes_chosen });
    const draw = () => chips.replaceChildren(...(chosen.length ? chosen.map((id) => made("li", {}, button(`${label(id)} ×`, () => { chosen.splice(chosen.indexOf(id), 1); draw(); find.focus(); },
      { "aria-label": fill(words.remove, { code: label(id) }) }))) : [made("li", { class: "soft", text: words.codes_none })]));
    const add = () => {
      const typed = find.value.trim().toLowerCase();
      if (!typed) { return true; }
      const near = known.filter((code) => `${code.id} ${code.label}`.toLowerCase().includes(typed));
      const exact = known.find((code) => [code.id, code.label, label(code.id)].some((text) => text.toLowerCase() === typed)) || (near.length === 1 ? near[0] : null);
      fault.textContent = exact ? "" : words.unknown;
      if (!exact) { return false; }
      if (!chosen.includes(exact.id)) { chosen.push(exact.id); }
      find.value = "";
      draw();
      return true;
    };
    const form = made("form", { method: "dialog" },
      made("h2", { id: "andere-titel", text: words.codes_title }), made("label", { for: "kategorie", text: words.codes_find }), find, fault,
      made("datalist", { id: "kategorien" }, known.map((code) => made("option", { value: label(code.id) }))), chips,
      made("div", { class: "row" }, made("button", { type: "submit", class: "main", text: words.take }), button(words.cancel, () => dialog.close())));
    // Enter with something typed adds it, with nothing typed takes what is chosen.
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = find.value.trim() !== "";
      const known_ = add();
      const byButton = event.submitter && document.activeElement === event.submitter;
      if (!known_ || (typed && !byButton) || !chosen.length) {
        if (known_ && !typed) { fault.textContent = words.need_choice; }
        find.focus();
        return;
      }
      dialog.close(); // gives the focus back to where it was, so what follows may move it
      done([...chosen]);
    });
    dialog.replaceChildren(form);
    draw();
    dialog.showModal();
    find.focus();
  };
})();
