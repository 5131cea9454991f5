// <infographic-viewer>: opens its picture or chart in a dialog to zoom and move it: fingers, wheel, mouse, keys.
const icons = { close: "m6 6 12 12M18 6 6 18", larger: "M12 5v14M5 12h14", smaller: "M5 12h14", whole: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" };
const MOST = 8;
const STEP = 1.4;
const MOVE = 80; // pixels for a press of an arrow key

const button = (name, label, action) => {
  const made = Object.assign(document.createElement("button"), { type: "button", title: label });
  made.setAttribute("aria-label", label);
  made.innerHTML = `<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="${icons[name]}"/></svg>`;
  made.addEventListener("click", action);
  return made;
};

class Zoom {
  constructor(stage, content) {
    Object.assign(this, { stage, content, scale: 1, x: 0, y: 0, fingers: new Map() });
    stage.append(content);
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.down(event));
    stage.addEventListener("pointermove", (event) => this.moved(event));
    for (const name of ["pointerup", "pointercancel"]) stage.addEventListener(name, (event) => this.fingers.delete(event.pointerId));
    stage.addEventListener("dblclick", (event) => (this.scale > 1 ? this.whole() : this.by(STEP ** 3, ...this.place(event))));
  }

  place(event) {
    const box = this.stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  by(factor, x = this.stage.clientWidth / 2, y = this.stage.clientHeight / 2) {
    const scale = Math.min(MOST, Math.max(1, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.draw();
  }

  move(x, y) {
    this.x += x;
    this.y += y;
    this.draw();
  }

  whole() {
    Object.assign(this, { scale: 1, x: 0, y: 0 });
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    this.x = Math.min(0, Math.max(width * (1 - this.scale), this.x));
    this.y = Math.min(0, Math.max(height * (1 - this.scale), this.y));
    this.content.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
  }

  wheel(event) {
    event.preventDefault();
    this.by(event.deltaY < 0 ? STEP : 1 / STEP, ...this.place(event));
  }

  down(event) {
    this.stage.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, this.place(event));
  }

  moved(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = this.place(event);
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    if (!other) return this.move(now[0] - before[0], now[1] - before[1]);
    const apart = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) || 1;
    this.by(apart(now, other) / apart(before, other), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    this.move((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
  }

  key(event) {
    const actions = {
      "+": () => this.by(STEP),
      "=": () => this.by(STEP),
      "-": () => this.by(1 / STEP),
      0: () => this.whole(),
      ArrowLeft: () => this.move(MOVE, 0),
      ArrowRight: () => this.move(-MOVE, 0),
      ArrowUp: () => this.move(0, MOVE),
      ArrowDown: () => this.move(0, -MOVE),
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }
}

customElements.define(
  "infographic-viewer",
  class extends HTMLElement {
    connectedCallback() {
      this.opener = this.querySelector("[data-do=zoom]");
      this.paper = this.querySelector(".panel__paper");
      if (!this.opener || !this.paper) return;
      this.dataset.ready = "";
      this.opener.addEventListener("click", () => this.open());
      this.paper.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.open();
      });
    }

    open() {
      const { close, larger, smaller, whole, help, name } = this.dataset;
      const dialog = Object.assign(document.createElement("dialog"), { className: "zoom" });
      const bar = Object.assign(document.createElement("div"), { className: "zoom__bar" });
      const stage = Object.assign(document.createElement("div"), { className: "zoom__stage", tabIndex: 0 });
      dialog.setAttribute("aria-label", name);
      stage.setAttribute("role", "group");
      stage.setAttribute("aria-label", help);
      const zoom = new Zoom(stage, this.large());
      bar.append(
        Object.assign(document.createElement("span"), { textContent: name }),
        button("smaller", smaller, () => zoom.by(1 / STEP)),
        button("larger", larger, () => zoom.by(STEP)),
        button("whole", whole, () => zoom.whole()),
        button("close", close, () => dialog.close()),
      );
      dialog.append(bar, stage);
      dialog.addEventListener("keydown", (event) => zoom.key(event));
      dialog.addEventListener("close", () => {
        dialog.remove();
        this.opener.focus();
      });
      document.body.append(dialog);
      dialog.showModal();
      stage.focus();
    }

    // The chart again under names of its own, or the picture as large as it was uploaded.
    large() {
      const chart = this.paper.querySelector(":scope > svg");
      if (!chart) return Object.assign(new Image(), { src: this.paper.href, alt: this.paper.querySelector("img").alt, draggable: false });
      const copy = chart.cloneNode(true);
      for (const named of copy.querySelectorAll("[id]")) named.id += "-large";
      for (const name of ["aria-labelledby", "aria-describedby"]) {
        const ids = copy.getAttribute(name);
        if (ids) copy.setAttribute(name, ids.split(" ").map((id) => `${id}-large`).join(" "));
      }
      return copy;
    }
  },
);
