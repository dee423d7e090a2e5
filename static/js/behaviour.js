// An element says what it does: data-behaviour="draft leave". Each behaviour starts once per element,
// in the page as it came and in every fragment that htmx brings later.
const behaviours = new Map();

export function behaviour(name, start) {
  behaviours.set(name, { start, started: new WeakSet() });
  wake(document);
}

export function token() {
  return document.querySelector("[name=csrf_token]")?.value ?? "";
}

// Asks our own house for something that changes it.
export function send(url, method, body) {
  return fetch(url, { method, body, headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" } });
}

// Whether anything in the form is other than the page brought it.
export function edited(form) {
  return [...form.elements].some((field) => field.value !== (field.defaultValue ?? field.value));
}

function wake(root) {
  for (const [name, { start, started }] of behaviours) {
    const wanted = `[data-behaviour~="${name}"]`;
    const found = [...root.querySelectorAll(wanted)];
    if (root.matches?.(wanted)) found.push(root);
    for (const element of found) {
      if (started.has(element)) continue;
      started.add(element);
      start(element);
    }
  }
}

document.addEventListener("htmx:load", (event) => wake(event.target));
