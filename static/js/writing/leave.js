import { behaviour, edited } from "../behaviour.js";

// Leaving with words that are nowhere else asks first.
behaviour("leave", (form) => {
  let sent = false;
  form.addEventListener("input", () => (sent = false));
  form.addEventListener("submit", () => (sent = true));
  window.addEventListener("beforeunload", (event) => {
    if (edited(form) && !sent && form.dataset.kept === undefined) event.preventDefault();
  });
});
