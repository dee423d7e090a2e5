import { behaviour, token } from "../behaviour.js";

function post(url, file, onProgress) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.set("file", file);
  request.open("POST", url);
  request.setRequestHeader("X-CSRFToken", token());
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
  return new Promise((resolve, reject) => {
    request.addEventListener("load", () => (request.status < 300 ? resolve(request.response) : reject(request.response)));
    request.addEventListener("error", () => reject(null));
    request.send(body);
  });
}

// Files pasted, dropped or chosen go up at once; their Markdown takes their place in the text.
behaviour("upload", (box) => {
  const area = box.querySelector("textarea");
  const input = box.parentElement.querySelector("input[type=file]");
  // Apart from what the form says of its draft, which would soon stand in its place.
  box.insertAdjacentHTML("afterend", '<p class="control__error" role="alert"></p>');
  const refused = box.nextElementSibling;
  const say = (words) => (area.form.querySelector("output").textContent = words);
  const put = async (file) => {
    const told = box.dataset.uploading.replace("{name}", file.name);
    try {
      const { markdown } = await post(box.dataset.upload, file, (part) => say(`${told} ${Math.round(part * 100)} %`));
      area.setRangeText(`${markdown}\n`, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      say("");
    } catch (refusal) {
      const reason = refusal?.error?.message ?? "";
      refused.textContent += `${box.dataset.failed.replace("{name}", file.name).replace("{reason}", reason)} `;
      say("");
    }
  };
  const take = async (event, files) => {
    if (!files?.length) return;
    event.preventDefault();
    refused.textContent = "";
    for (const file of files) await put(file);
  };
  area.addEventListener("paste", (event) => take(event, event.clipboardData.files));
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("composer__drop");
  });
  for (const end of ["dragleave", "drop"]) box.addEventListener(end, () => box.classList.remove("composer__drop"));
  box.addEventListener("drop", (event) => take(event, event.dataTransfer.files));
  input?.addEventListener("change", async (event) => {
    await take(event, [...input.files]);
    input.value = "";
  });
});
