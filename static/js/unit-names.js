// <unit-names>: names of units that the typed letters may become, found without diacritics; a plain field without it.
import { Suggestions } from "./search-suggestions.js";

customElements.define(
  "unit-names",
  class extends Suggestions {
    get place() {
      return this;
    }

    address(typed) {
      return new URL(`${this.dataset.url}?q=${encodeURIComponent(typed)}`, location.href);
    }

    go(line) {
      if (!line) return;
      this.input.value = line.firstChild.textContent;
      this.close();
      this.input.focus();
    }
  },
);
