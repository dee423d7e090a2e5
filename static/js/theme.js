// Runs before the first paint, so that a chosen theme never flashes the other one. Members choose
// theirs in their settings, and pages come with it; the browser remembers it for pages that are made
// without asking the database, and what a visitor chose.
document.documentElement.classList.add("js");
try {
  const { dataset } = document.documentElement;
  const remembered = localStorage.getItem("theme") ?? "";
  if (dataset.theme === undefined) {
    if (remembered) dataset.theme = remembered;
  } else if (dataset.theme !== remembered) {
    localStorage.setItem("theme", dataset.theme);
  }
} catch {
  // Storage may be forbidden; the system's colours then stand.
}
