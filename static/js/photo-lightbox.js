// <photo-lightbox>: its links to pictures open in a dialog. Arrow keys, Home, End and a swipe turn; Escape, the browser's
// way back and a pull downwards close it and give the focus back. A picture whose figure has an id («anh-3») has an
// address of its own, which the page keeps up with and a button copies.
const icons = {
  close: "m6 6 12 12M18 6 6 18",
  previous: "m15 5-7 7 7 7",
  next: "m9 5 7 7-7 7",
  copy: "M10 14a4.5 4.5 0 0 0 6.5 0l3.5-3.5a4.6 4.6 0 0 0-6.5-6.5L12 5.5M14 10a4.5 4.5 0 0 0-6.5 0L4 13.5A4.6 4.6 0 0 0 10.5 20l1.5-1.5",
};
const SWIPE = 48; // px: less is a touch

const make = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const icon = (name) => {
  const box = document.createElement("template");
  box.innerHTML = `<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="${icons[name]}"/></svg>`;
  return box.content;
};
const button = (name, label) => {
  const made = make("button", { type: "button" }, icon(name));
  made.setAttribute("aria-label", label);
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
      const words = this.dataset;
      this.count = make("span", { className: "figures" });
      this.count.setAttribute("aria-live", "polite");
      this.address = make("a", { className: "lightbox__address" }, icon("copy"), make("span", { textContent: words.copy }));
      this.picture = make("img", { sizes: "100vw" });
      this.caption = make("p", { className: "lightbox__caption" });
      const close = button("close", words.close);
      close.autofocus = true;
      const previous = button("previous", words.previous);
      const next = button("next", words.next);
      const stage = make("div", { className: "lightbox__stage" }, this.picture, previous, next);
      const bar = make("div", { className: "lightbox__bar" }, this.count, this.address, close);
      this.dialog = make("dialog", { className: "lightbox" }, bar, stage, this.caption);
      this.dialog.setAttribute("aria-label", words.label);
      previous.hidden = next.hidden = this.links.length < 2;
      close.addEventListener("click", () => this.dialog.close());
      previous.addEventListener("click", () => this.show(this.index - 1));
      next.addEventListener("click", () => this.show(this.index + 1));
      this.address.addEventListener("click", (event) => this.copy(event));
      this.dialog.addEventListener("keydown", (event) => this.turn(event));
      this.dialog.addEventListener("close", () => this.leave());
      this.swipe(stage);
      document.body.append(this.dialog);
    }

    turn(event) {
      const to = { ArrowLeft: this.index - 1, ArrowRight: this.index + 1, Home: 0, End: -1 }[event.key];
      if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.show(to);
    }

    // One finger; two of them enlarge, which is the browser's.
    swipe(stage) {
      let start = null;
      stage.addEventListener("touchstart", ({ touches }) => {
        start = touches.length === 1 && (visualViewport?.scale ?? 1) === 1 ? touches[0] : null;
      }, { passive: true });
      stage.addEventListener("touchend", ({ changedTouches: [end] }) => {
        if (!start) return;
        const [x, y] = [end.clientX - start.clientX, end.clientY - start.clientY];
        start = null;
        if (Math.abs(x) > SWIPE && Math.abs(x) > 1.5 * Math.abs(y)) this.show(this.index + (x < 0 ? 1 : -1));
        else if (y > 2 * SWIPE && y > 1.5 * Math.abs(x)) this.dialog.close();
      }, { passive: true });
    }

    open(index) {
      if (!this.dialog) this.build();
      history.scrollRestoration = "manual"; // closing leads to the picture last seen, not to the first
      history.pushState({ lightbox: true }, "");
      this.back = () => this.dialog.close();
      addEventListener("popstate", this.back);
      this.show(index);
      this.dialog.showModal();
    }

    leave() {
      removeEventListener("popstate", this.back);
      const settle = () => {
        history.scrollRestoration = "auto";
        this.links[this.index].focus();
      };
      if (history.state?.lightbox) {
        // After the browser has moved to the picture that the address names again.
        addEventListener("popstate", () => setTimeout(settle), { once: true });
        history.back();
      } else {
        settle();
      }
      this.picture.removeAttribute("srcset");
      this.picture.removeAttribute("src");
    }

    show(index) {
      this.index = (index + this.links.length) % this.links.length;
      const link = this.links[this.index];
      const figure = link.closest("figure");
      this.picture.srcset = link.dataset.srcset ?? "";
      this.picture.src = link.href;
      this.picture.alt = link.querySelector("img").alt;
      const words = [...(figure?.querySelector("figcaption")?.childNodes ?? [])]
        .filter((node) => !node.classList?.contains("story__number"))
        .map((node) => node.textContent.trim());
      this.caption.textContent = words.filter(Boolean).join(" · ");
      this.count.textContent = `${this.index + 1}/${this.links.length}`;
      this.address.hidden = !figure?.id;
      this.address.lastChild.textContent = this.dataset.copy;
      if (figure?.id) {
        this.address.href = `#${figure.id}`;
        history.replaceState({ lightbox: true }, "", `#${figure.id}`);
      }
    }

    async copy(event) {
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(this.address.href);
        this.address.lastChild.textContent = this.dataset.copied;
      } catch {
        this.address.lastChild.textContent = this.address.href; // not allowed to: here it is
      }
    }
  },
);
