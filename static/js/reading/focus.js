// Whoever presses what is then drawn anew goes on from there: the focus would be nowhere.
const HOLDS_FOCUS = "a[href], button, summary, input, select, textarea";
let held = null;

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  const focused = document.activeElement;
  held = target.id && target.contains(focused) && !focused.id
    ? { place: target.id, number: [...target.querySelectorAll(HOLDS_FOCUS)].indexOf(focused) }
    : null;
});

document.addEventListener("htmx:load", ({ target }) => {
  if (!held || target.id !== held.place) return;
  const next = target.querySelectorAll(HOLDS_FOCUS)[held.number];
  const closed = next?.closest("details:not([open])");
  (closed?.querySelector("summary") ?? next)?.focus({ preventScroll: true });
  held = null;
});
