"use strict";
// Runs before anything is drawn, so that the page never flashes in the other theme.
(function () {
  const root = document.documentElement;
  root.classList.add("js");
  let theme = null;
  // Browsers may forbid pages opened from a file, or private windows, to keep anything: asking alone then throws. Automatic it is, then.
  try { theme = localStorage.getItem("theme"); } catch (refused) { theme = null; }
  if (theme === "light" || theme === "dark") { root.dataset.theme = theme; }
}());
