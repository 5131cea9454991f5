// Tells the portal which result of a search was chosen: the words, the result and its place, nothing about the reader.
// Links to results carry data-key. A suggestion of the editors stands above the list and counts as its first place.
const ADDRESS = "/tim-kiem/bam/";
const words = new URLSearchParams(location.search).get("q");

const tell = (event) => {
  const link = event.target.closest?.("a[data-key]");
  // The middle button opens a result, too; the right one does not.
  if (!link || !words || (event.type === "auxclick" && event.button !== 1)) return;
  const item = link.closest("ol > li");
  const place = item ? item.parentElement.start + [...item.parentElement.children].indexOf(item) : 1;
  navigator.sendBeacon?.(ADDRESS, new URLSearchParams({ q: words, key: link.dataset.key, place }));
};

addEventListener("click", tell);
addEventListener("auxclick", tell);
