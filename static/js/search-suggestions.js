// <search-suggestions>: titles, topics and searches that the typed letters may become, as a WAI-ARIA combobox.
// Without it the field and its button are a plain form.
const PAUSE = 120;
let fields = 0;

export class Suggestions extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.form = this.closest("form");
    this.known = new Map();
    this.chosen = -1;
    this.list = Object.assign(document.createElement("ul"), { id: `goi-y-${++fields}`, className: "suggested", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label);
    this.voice = Object.assign(document.createElement("span"), { className: "hidden-text" });
    this.voice.setAttribute("role", "status");
    this.place.append(this.list, this.voice);
    const says = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(says)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(event.target.closest("li")));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const typed = this.input.value.trim();
    this.waiting?.abort();
    if (!typed) return this.close();
    if (!this.known.has(typed)) {
      this.waiting = new AbortController();
      try {
        const answer = await fetch(this.address(typed), { signal: this.waiting.signal });
        this.known.set(typed, answer.ok ? (await answer.json()).suggestions : []);
      } catch {
        return; // Overtaken by the next letter, or the network is away: the form still works.
      }
    }
    if (document.activeElement === this.input && this.input.value.trim() === typed) this.show(this.known.get(typed));
  }

  show(suggestions) {
    this.list.replaceChildren(
      ...suggestions.map(({ text, url, kind }, number) => {
        const line = Object.assign(document.createElement("li"), { id: `${this.list.id}-${number}` });
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", "false");
        line.dataset.url = url;
        line.append(Object.assign(document.createElement("span"), { textContent: text }));
        if (kind) line.append(" ", Object.assign(document.createElement("small"), { textContent: kind }));
        return line;
      }),
    );
    this.choose(-1);
    this.list.hidden = !suggestions.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.voice.textContent = suggestions.length ? `${suggestions.length} ${this.dataset.found}` : "";
  }

  close() {
    clearTimeout(this.timer);
    this.waiting?.abort();
    this.show([]);
  }

  choose(number) {
    this.list.children[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = number;
    const line = this.list.children[number];
    line?.setAttribute("aria-selected", "true");
    line?.scrollIntoView({ block: "nearest" });
    if (line) this.input.setAttribute("aria-activedescendant", line.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  // One stop of the round is the field itself, where nothing is chosen.
  move(step) {
    const stops = this.list.children.length + 1;
    this.choose(((this.chosen + 1 + step + stops) % stops) - 1);
  }

  press(event) {
    if (event.isComposing) return; // Vietnamese input methods use Enter and arrows themselves.
    if (this.list.hidden) {
      if (event.key === "ArrowDown") this.ask();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && this.chosen >= 0) this.go(this.list.children[this.chosen]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  // Where the list hangs, where it comes from, and what choosing does: others that suggest have their own.
  get place() {
    return this.form;
  }

  address(typed) {
    return new URL(`goi-y/?q=${encodeURIComponent(typed)}`, this.form.action);
  }

  go(line) {
    if (line) location.assign(line.dataset.url);
  }
}

customElements.define("search-suggestions", Suggestions);
