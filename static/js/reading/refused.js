// What htmx sent and the house refused stays in its form; what the answer says stands beneath.
document.addEventListener("htmx:responseError", ({ detail: { elt, xhr } }) => {
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const words = answer.querySelector("[role=alert] h1 + p")?.textContent;
  const form = elt.form ?? elt.closest("form") ?? elt;
  if (!words) return;
  const said = form.querySelector(".flash--warn") ?? document.createElement("p");
  said.className = "flash flash--warn";
  said.setAttribute("role", "alert");
  said.textContent = words;
  form.append(said);
  elt.addEventListener("htmx:beforeRequest", () => said.remove(), { once: true });
});
