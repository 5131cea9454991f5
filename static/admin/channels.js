// Counts an editor's text for a channel while it is typed, the way the network counts. Without it the server's own
// count of the saved text stands below.

const LINK = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]}'’”]/g;
const segmenter = new Intl.Segmenter("vi", { granularity: "grapheme" });

function length(text, unit) {
  if (unit === "graphemes") return [...segmenter.segment(text)].length;
  if (unit === "utf16") return text.length;
  return [...text].length;
}

function measure(text, unit, link) {
  if (!link) return length(text, unit);
  const links = text.match(LINK) ?? [];
  return length(text.replace(LINK, ""), unit) + Number(link) * links.length;
}

function show(field) {
  const place = field.closest("fieldset")?.querySelector("[data-sharing-count]");
  if (!place) return;
  const text = field.value.normalize("NFC").trim();
  const count = measure(text, field.dataset.sharingUnit, field.dataset.sharingLink);
  place.textContent = text ? place.dataset.sharingTemplate.replace("{count}", count) : "";
}

for (const field of document.querySelectorAll("[data-sharing-unit]")) {
  field.addEventListener("input", () => show(field));
  show(field);
}
