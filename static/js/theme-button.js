// <theme-button>: switches between light and dark and remembers it; before the first use the system decides.
const system = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
const show = () => {
  for (const button of document.querySelectorAll("theme-button > button")) button.setAttribute("aria-pressed", isDark());
};

customElements.define(
  "theme-button",
  class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("click", () => {
        root.dataset.theme = isDark() ? "light" : "dark";
        try {
          localStorage.setItem("theme", root.dataset.theme);
        } catch {
          // Remembered until the page is left, then.
        }
        show();
      });
    }
  },
);
system.addEventListener("change", show);
show();
