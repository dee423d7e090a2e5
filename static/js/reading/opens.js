import { behaviour } from "../behaviour.js";

// A button opens the <dialog> that it names.
behaviour("opens", (button) => {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
});
