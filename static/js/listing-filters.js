// The filters are a plain form. On wide screens its <details> is always open; empty dates stay out of the address.
const box = document.getElementById("bo-loc");
const wide = matchMedia("(width >= 62em)");

if (box) {
  const fit = () => {
    if (wide.matches) box.open = true;
  };
  fit();
  wide.addEventListener("change", fit);
  box.querySelector("form").addEventListener("submit", (event) => {
    for (const input of event.target.querySelectorAll(".filters__dates input")) input.disabled = !input.value;
  });
}
