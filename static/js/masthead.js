// What the masthead does on every page; one file, since each costs a question to the server.

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

// The menu is a <details>; this closes it on Escape and on a touch outside, and brings the current section into view.
const menu = document.getElementById("trinh-don");

menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

const current = document.querySelector(".nav [aria-current]");
const strip = current?.closest("ul");
if (strip) strip.scrollLeft = current.offsetLeft - strip.clientWidth / 3;
