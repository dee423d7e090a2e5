// Runs before the first paint, so that a chosen theme never flashes the other one. Members choose
// theirs in their settings, and the page comes with it; a visitor's choice stays in the browser.
document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("theme");
  if (theme && document.documentElement.dataset.theme === undefined) document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's colours then stand.
}
