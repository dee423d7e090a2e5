import { behaviour } from "../behaviour.js";

// The tools for writing are fetched when somebody is about to write, not while people read.
behaviour("writing", (box) => {
  const tools = () => import(document.body.dataset.write);
  for (const sign of ["focusin", "pointerover"]) box.form.addEventListener(sign, tools, { once: true });
  // Who came to answer can begin at once; until the page is there, the browser holds the focus itself.
  const toReply = location.hash === "#reply" && box.dataset.key === "reply";
  if (toReply) window.addEventListener("load", () => box.focus({ preventScroll: true }));
  if (document.activeElement === box) tools();
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) box.form.requestSubmit();
  });
});
