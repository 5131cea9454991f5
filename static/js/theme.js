// Runs before the first paint: marks that scripts work and applies the appearance the reader chose earlier.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  } catch {
    // Storage is closed to us: the system's own setting stands.
  }
})();
