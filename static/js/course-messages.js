// Short messages at the foot of the screen; what went wrong stays until it is closed.
const LATER = "dao-tao-nhan";

export function announce(title, text, { bad = false, url = "", link = "" } = {}) {
  let box = document.querySelector(".toasts");
  if (!box) {
    box = Object.assign(document.createElement("div"), { className: "toasts", role: "status" });
    document.body.append(box);
  }
  const note = Object.assign(document.createElement("div"), { className: bad ? "toast bad" : "toast" });
  const words = document.createElement("div");
  words.append(Object.assign(document.createElement("b"), { textContent: title }), text ?? "");
  if (url) {
    const way = Object.assign(document.createElement("a"), { href: url, textContent: link || url, className: "toast__link" });
    words.append(way);
  }
  const close = Object.assign(document.createElement("button"), { type: "button", className: "toast__close", textContent: "×" });
  close.setAttribute("aria-label", document.getElementById("loi-nhan")?.dataset.close ?? "");
  close.addEventListener("click", () => note.remove());
  note.append(words, close);
  box.append(note);
  if (!bad && !url) setTimeout(() => note.remove(), 8000);
}

// Said on the next page: this one is being left.
export function announceLater(title, text) {
  try {
    sessionStorage.setItem(LATER, JSON.stringify([title, text]));
  } catch {
    announce(title, text);
  }
}

try {
  const said = JSON.parse(sessionStorage.getItem(LATER) ?? "null");
  if (said) {
    sessionStorage.removeItem(LATER);
    announce(...said);
  }
} catch {
  // Nothing was kept.
}
