// The tab «Sharing» while an editor types: texts are counted the way each network counts, and the posts are drawn anew by
// the server from the whole form. Without it stands what was saved last, with the server's own count.

const LINK = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]}'’”]/g;
// What the server takes out of any text before it stores it.
const UNWANTED =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]/g;
const LONE = /\p{Surrogate}/gu;
const QUIET_FOR = 500;
const segmenter = new Intl.Segmenter("vi", { granularity: "grapheme" });

function length(text, unit) {
  if (unit === "graphemes") return [...segmenter.segment(text)].length;
  if (unit === "utf16") return text.length;
  if (unit === "bytes") return new TextEncoder().encode(text).length;
  return [...text].length;
}

export function measure(typed, unit, link) {
  const text = typed.replace(UNWANTED, "").replace(LONE, "").normalize("NFC").replace(/\r\n?/g, "\n").trim();
  if (!link) return length(text, unit);
  const links = text.match(LINK) ?? [];
  return length(text.replace(LINK, ""), unit) + Number(link) * links.length;
}

function showTyped(field) {
  const place = field.closest("fieldset")?.querySelector("[data-sharing-typed]");
  if (!place) return;
  const count = measure(field.value, field.dataset.sharingUnit, field.dataset.sharingLink);
  place.textContent = count ? place.dataset.sharingTemplate.replace("{count}", count) : "";
}

// Hashtags that nobody has touched follow the topics.
function propose(tab, hashtags) {
  for (const field of tab.querySelectorAll("[data-sharing-proposed]")) {
    if (field.value === field.dataset.sharingProposed) field.value = hashtags;
    field.dataset.sharingProposed = hashtags;
  }
}

// Pictures stay where they are, so that none is fetched again for a letter.
function replace(place, html) {
  const drawn = document.createElement("template");
  drawn.innerHTML = html;
  for (const picture of drawn.content.querySelectorAll("img")) {
    const old = [...place.querySelectorAll("img")].find((img) => img.getAttribute("src") === picture.getAttribute("src"));
    if (old) picture.replaceWith(old);
  }
  place.replaceChildren(drawn.content);
}

function watch(tab) {
  const form = tab.closest("form");
  let timer = 0;
  let asked = null;

  async function draw() {
    asked?.abort();
    asked = new AbortController();
    try {
      const options = { method: "POST", body: new FormData(form), signal: asked.signal };
      const answer = await fetch(tab.dataset.sharing, options);
      if (!answer.ok) return;
      const drawn = await answer.json();
      propose(tab, drawn.hashtags);
      for (const row of drawn.rows) {
        const place = tab.querySelector(`[data-sharing-channel="${row.channel}"]`);
        if (!place) continue;
        place.querySelector("[data-sharing-count]").innerHTML = row.count;
        replace(place.querySelector("[data-sharing-post]"), row.post);
      }
      tab.querySelector("[data-sharing-saved]")?.remove();
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(draw, QUIET_FOR);
  }

  for (const field of tab.querySelectorAll("[data-sharing-unit]")) {
    field.addEventListener("input", () => showTyped(field));
    showTyped(field);
  }
  // Changes on other tabs are drawn when the editor comes to this one.
  new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) draw();
  }).observe(tab);
  const panel = tab.closest("[role=tabpanel]") ?? tab;
  panel.addEventListener("input", soon);
  panel.addEventListener("change", soon);
}

// What is chosen from the library is what the editor wants.
function chooseWhatIsPicked(field) {
  field.addEventListener("change", () => {
    const choice = field.form.querySelector('[name="share_picture-choice"][value="library"]');
    if (choice && field.value) choice.checked = true;
  });
}

for (const field of document.querySelectorAll('input[name="share_image"]')) chooseWhatIsPicked(field);
for (const tab of document.querySelectorAll("[data-sharing]")) watch(tab);
