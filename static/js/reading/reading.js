import { behaviour, token } from "../behaviour.js";

// Tells the house how long this page was really looked at: once, when it is left.
behaviour("reading", (page) => {
  let since = document.hidden ? 0 : performance.now();
  let seen = 0;
  const stop = () => {
    if (since) seen += performance.now() - since;
    since = 0;
  };
  const tell = () => {
    stop();
    if (seen < 1000) return;
    const body = new FormData();
    body.set("csrf_token", token());
    body.set("milliseconds", String(Math.round(seen)));
    navigator.sendBeacon(page.dataset.url, body);
    seen = 0;
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) tell();
    else since = performance.now();
  });
  window.addEventListener("pagehide", tell);
});
