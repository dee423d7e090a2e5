// A button with data-confirm asks first.
document.addEventListener("click", (event) => {
  const question = event.target.closest?.("[data-confirm]")?.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
