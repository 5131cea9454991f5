// <video-player>: nothing is asked of YouTube until the reader presses play; then its player takes the picture's place.
customElements.define(
  "video-player",
  class extends HTMLElement {
    connectedCallback() {
      const { embed, title } = this.dataset;
      if (!embed) return;
      this.addEventListener("click", (event) => {
        const link = event.target.closest("a.video__frame");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const frame = document.createElement("iframe");
        Object.assign(frame, { src: embed, title, allow: "autoplay; encrypted-media; fullscreen; picture-in-picture" });
        const box = Object.assign(document.createElement("div"), { className: "video__frame" });
        box.append(frame);
        link.replaceWith(box);
        frame.focus();
      });
    }
  },
);
