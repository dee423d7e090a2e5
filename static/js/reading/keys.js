import { behaviour } from "../behaviour.js";

const entries = () => [...document.querySelectorAll("main .topic, main .idea, main .post, main .notice")];
// What an entry is about: its title's link, or a post's own address, not whom it names first.
const way = (entry) => entry?.querySelector(":scope > :is(h2, h3) a, .post__time") ?? entry?.querySelector("a");
const find = (key, within = document) => within.querySelector(`[data-key="${key}"]`);
const chosen = () => document.querySelector(".is-current");

// The walk begins with what is in sight, be it the first entry or the post one came for.
function move(step) {
  const all = entries();
  const now = all.indexOf(chosen());
  const seen = all.findIndex((entry) => entry.getBoundingClientRect().top >= 0);
  const next = now < 0 ? all.at(seen) : all[Math.min(all.length - 1, Math.max(0, now + step))];
  if (!next) return;
  all[now]?.classList.remove("is-current");
  next.classList.add("is-current");
  (way(next) ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// The chosen post has a page that answers it; who is there already needs only the box.
function reply() {
  const link = chosen() && find("answer", chosen());
  if (link && link.href !== location.href) link.click();
  else find("reply")?.focus();
}

const plain = {
  "/": () => find("search")?.focus(),
  "?": () => document.getElementById("keys").showModal(),
  j: () => move(1),
  k: () => move(-1),
  o: () => way(chosen())?.click(),
  r: reply,
  e: () => find("edit", chosen() ?? document)?.click(),
};
const afterG = { h: "/", n: "/notifications" };

// Single keys, off while one writes and for whoever turned them off.
behaviour("keys", (dialog) => {
  const box = dialog.querySelector("[data-keys-on]");
  let waiting = false;
  box.checked = localStorage.getItem("keys") !== "off";
  box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
    if (writing || event.ctrlKey || event.metaKey || event.altKey || !box.checked) return;
    const act = waiting ? afterG[event.key] && (() => location.assign(afterG[event.key])) : plain[event.key];
    waiting = event.key === "g" && !waiting;
    if (!act) return;
    event.preventDefault();
    act();
  });
});
