// <share-links>: the device's own share sheet, copying the address, printing with numbered links at the foot.
const toast = (title, text, bad) => {
  let box = document.querySelector(".toasts");
  if (!box) {
    box = Object.assign(document.createElement("div"), { className: "toasts", role: "status" });
    document.body.append(box);
  }
  const note = Object.assign(document.createElement("div"), { className: bad ? "toast bad" : "toast" });
  note.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${bad ? "M12 3.5 22 20.5H2zM12 10v4.5m0 3v.1" : "m4.5 12.5 5 5 10-11"}"/></svg>`;
  const words = document.createElement("div");
  words.append(Object.assign(document.createElement("b"), { textContent: title }), text);
  note.append(words);
  box.replaceChildren(note);
  if (!bad) setTimeout(() => note.remove(), 6000);
  note.addEventListener("click", () => note.remove());
};

customElements.define(
  "share-links",
  class extends HTMLElement {
    connectedCallback() {
      const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
      const share = this.querySelector("[data-do=share]");
      share.hidden = !navigator.share;
      share.addEventListener("click", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
      this.querySelector("[data-do=print]").addEventListener("click", () => print());
      this.querySelector("[data-do=copy]").addEventListener("click", async () => {
        const { copied, copiedHint, failed, failedHint } = this.dataset;
        try {
          await navigator.clipboard.writeText(address);
          toast(copied, copiedHint);
        } catch {
          toast(failed, failedHint, true);
        }
      });
    }
  },
);

addEventListener(
  "beforeprint",
  () => {
    for (const details of document.querySelectorAll("main details")) details.open = true;
    const foot = document.querySelector(".print-links");
    const links = [...document.querySelectorAll(".prose a[href^=http]")];
    if (!foot || !links.length) return;
    foot.hidden = false;
    for (const link of links) {
      const line = Object.assign(document.createElement("li"), { textContent: link.href });
      foot.firstElementChild.append(line);
      const number = Object.assign(document.createElement("span"), { className: "print-number" });
      number.textContent = ` [${foot.firstElementChild.childElementCount}]`;
      link.after(number);
    }
  },
  { once: true },
);
