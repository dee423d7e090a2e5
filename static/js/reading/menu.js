import { behaviour } from "../behaviour.js";

// A <details> menu closes on Escape, on a click elsewhere and when the focus leaves it. What it
// opens below the window's edge is brought into sight; the bar's menus hang from the window itself.
behaviour("menu", (menu) => {
  const close = () => menu.removeAttribute("open");
  menu.addEventListener("toggle", () => {
    if (menu.open && menu.closest("main")) menu.querySelector(".menu__list").scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) close();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
});
