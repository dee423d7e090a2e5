// What is wider than the column scrolls by itself; the keyboard must be able to get into it, once.
function open(root) {
  for (const box of root.querySelectorAll(".prose :is(.highlight, pre:not(.highlight *), table), .scroll")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
}

// A row of tabs begins where the current one is.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.closest(".tabs");
  const [place, frame] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
}

open(document);
document.addEventListener("htmx:load", (event) => open(event.target));
