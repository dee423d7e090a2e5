import { behaviour, edited, send } from "../behaviour.js";

const PAUSE = 1500;

// What is typed is on the server within two seconds; a failure says so and tries again.
behaviour("draft", (form) => {
  if (!form.dataset.draft) return;
  const status = form.querySelector("output");
  let timer = 0;
  const save = async () => {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const answer = await send(form.dataset.draft, "PUT", new URLSearchParams(body)).catch(() => null);
    status.textContent = answer?.ok ? form.dataset.saved : form.dataset.unsaved;
    if (answer?.ok) form.dataset.kept = "";
    else timer = setTimeout(save, PAUSE * 4);
  };
  const soon = () => {
    delete form.dataset.kept;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", (event) => event.target.type !== "file" && soon());
  form.addEventListener("submit", () => clearTimeout(timer));
  if (edited(form)) soon();
});
