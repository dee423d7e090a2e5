import { behaviour } from "../behaviour.js";

// A second press while the first is on its way sends nothing. Coming Back wakes the form again.
behaviour("once", (form) => {
  const rest = () => delete form.dataset.sending;
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending !== undefined) event.preventDefault();
    else if (!form.hasAttribute("hx-post")) form.dataset.sending = "";
  });
  window.addEventListener("pageshow", rest);
});
