import { behaviour } from "../behaviour.js";

// Completes @names: the house answers with the list to choose from.
behaviour("mention", (expander) => {
  const ask = async (words) => {
    const url = `${expander.dataset.url}?q=${encodeURIComponent(words)}`;
    const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok) return { matched: false };
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const fragment = holder.content.firstElementChild;
    return { matched: Boolean(fragment?.children.length), fragment };
  };
  expander.addEventListener("text-expander-change", (event) => {
    if (event.detail.text.length > 1) event.detail.provide(ask(event.detail.text));
  });
  expander.addEventListener("text-expander-value", (event) => {
    event.detail.value = event.detail.item.dataset.value;
  });
});
