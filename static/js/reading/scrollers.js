// What is wider than the column scrolls by itself; the keyboard must be able to get into it.
function open(root) {
  for (const box of root.querySelectorAll(".prose :is(.highlight, pre, table), .scroll")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
}

open(document);
document.addEventListener("htmx:load", (event) => open(event.target));
