import { behaviour } from "../behaviour.js";

behaviour("theme", (group) => {
  const root = document.documentElement;
  const show = () => {
    for (const button of group.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme ?? "")));
    }
  };
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.value) root.dataset.theme = button.value;
    else delete root.dataset.theme;
    localStorage.setItem("theme", button.value);
    show();
  });
  show();
});
