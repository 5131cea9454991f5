// <page-contents>: marks the part of the page that is being read.
customElements.define(
  "page-contents",
  class extends HTMLElement {
    connectedCallback() {
      const links = [...this.querySelectorAll("a[href^='#']")];
      const parts = links.map((link) => document.getElementById(link.hash.slice(1)));
      const mark = () => {
        let index = 0;
        parts.forEach((part, place) => {
          if (part && part.getBoundingClientRect().top < innerHeight / 3) index = place;
        });
        links.forEach((link, place) =>
          place === index ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"),
        );
      };
      let waiting = false;
      addEventListener(
        "scroll",
        () => {
          if (waiting) return;
          waiting = true;
          requestAnimationFrame(() => {
            waiting = false;
            mark();
          });
        },
        { passive: true },
      );
      mark();
    }
  },
);
