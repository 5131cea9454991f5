// <copy-text>: copies what stands in its text field.
customElements.define(
  "copy-text",
  class extends HTMLElement {
    connectedCallback() {
      const field = this.querySelector("textarea");
      this.querySelector("button").addEventListener("click", async () => {
        field.select();
        try {
          await navigator.clipboard.writeText(field.value);
        } catch {
          if (!document.execCommand("copy")) return;
        }
        this.querySelector("[role=status]").textContent = this.dataset.copied;
      });
    }
  },
);
