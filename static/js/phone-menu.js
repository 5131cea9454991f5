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
