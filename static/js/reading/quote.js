import { behaviour } from "../behaviour.js";

// "Quote" takes the words selected in its post, else the whole post, into the reply box; the first
// line names the post, so that the quotation keeps the way back to it.
behaviour("quote", (link) => {
  link.addEventListener("click", (event) => {
    const box = document.querySelector("textarea[data-key=reply]");
    const post = link.closest(".post");
    if (!box || !post) return;
    event.preventDefault();
    const selection = window.getSelection();
    const chosen = post.contains(selection.anchorNode) ? selection.toString().trim() : "";
    const words = chosen || post.querySelector(".prose").innerText.trim();
    const source = link.dataset.post ? `[!quote post=${link.dataset.post}]\n` : "";
    const quoted = `${source}${words}`.split("\n").map((line) => `> ${line}`).join("\n");
    answer(box.form, link.dataset.post);
    box.value += `${box.value && "\n\n"}${quoted}\n\n`;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
});

// The first post quoted is the one that is answered.
function answer(form, post) {
  if (!post || form.elements.reply_to) return;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "reply_to", value: post });
  form.append(field);
}
