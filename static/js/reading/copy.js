import { behaviour } from "../behaviour.js";

behaviour("copy", (button) => {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.text, location.href).href);
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
  });
});
