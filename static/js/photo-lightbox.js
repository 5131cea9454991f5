// <photo-lightbox>: its links to pictures open in a dialog; arrow keys turn, Escape closes and gives the focus back.
const icons = { close: "m6 6 12 12M18 6 6 18", previous: "m15 5-7 7 7 7", next: "m9 5 7 7-7 7" };
const button = (name, label) => {
  const made = Object.assign(document.createElement("button"), { type: "button" });
  made.setAttribute("aria-label", label);
  made.innerHTML = `<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="${icons[name]}"/></svg>`;
  return made;
};

customElements.define(
  "photo-lightbox",
  class extends HTMLElement {
    connectedCallback() {
      this.links = [...this.querySelectorAll("a:has(img)")];
      this.links.forEach((link, index) =>
        link.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          this.open(index);
        }),
      );
    }

    build() {
      this.dialog = Object.assign(document.createElement("dialog"), { className: "lightbox" });
      const bar = Object.assign(document.createElement("div"), { className: "lightbox__bar" });
      const stage = Object.assign(document.createElement("div"), { className: "lightbox__stage" });
      this.count = Object.assign(document.createElement("span"), { className: "figures" });
      this.picture = document.createElement("img");
      this.caption = Object.assign(document.createElement("p"), { className: "lightbox__caption" });
      const close = button("close", this.dataset.close);
      const previous = button("previous", this.dataset.previous);
      const next = button("next", this.dataset.next);
      bar.append(this.count, close);
      stage.append(this.picture, previous, next);
      this.dialog.append(bar, stage, this.caption);
      close.addEventListener("click", () => this.dialog.close());
      previous.addEventListener("click", () => this.show(this.index - 1));
      next.addEventListener("click", () => this.show(this.index + 1));
      this.dialog.addEventListener("keydown", (event) => {
        if (event.key === "ArrowLeft") this.show(this.index - 1);
        if (event.key === "ArrowRight") this.show(this.index + 1);
      });
      this.dialog.addEventListener("close", () => this.links[this.index].focus());
      document.body.append(this.dialog);
    }

    open(index) {
      if (!this.dialog) this.build();
      this.show(index);
      this.dialog.showModal();
    }

    show(index) {
      this.index = (index + this.links.length) % this.links.length;
      const link = this.links[this.index];
      this.picture.src = link.href;
      this.picture.alt = link.querySelector("img").alt;
      this.caption.textContent = link.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
      this.count.textContent = `${this.index + 1} / ${this.links.length}`;
      this.count.setAttribute("aria-live", "polite");
    }
  },
);
