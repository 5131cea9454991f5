// Words that Wagtail's editor has in English only, without a message to translate: the bubble over a link.
const WORDS = { Edit: "Sửa", Remove: "Bỏ liên kết" };

function translate(root) {
  for (const button of root.querySelectorAll(".Tooltip__button")) {
    const word = WORDS[button.textContent];
    if (word) button.textContent = word;
  }
}

new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      if (node.nodeType === Node.ELEMENT_NODE) translate(node);
    }
  }
}).observe(document.body, { childList: true, subtree: true });

const search = document.querySelector('.w-dashboard form[role="search"] input[type="submit"]');
if (search) search.value = "Tìm";
