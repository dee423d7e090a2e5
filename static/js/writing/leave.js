import { behaviour } from "../behaviour.js";

// Leaving with words that are nowhere else asks first.
behaviour("leave", (form) => {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => {
    if (changed && form.dataset.kept === undefined) event.preventDefault();
  });
});
