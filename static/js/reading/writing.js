import { behaviour } from "../behaviour.js";

// The tools for writing are fetched when somebody is about to write, not while people read.
behaviour("writing", (box) => {
  const tools = () => import(document.body.dataset.write);
  for (const sign of ["focusin", "pointerover"]) box.form.addEventListener(sign, tools, { once: true });
  if (document.activeElement === box) tools();
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) box.form.requestSubmit();
  });
});
