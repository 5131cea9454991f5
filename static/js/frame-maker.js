// <frame-maker>: puts a reader's photo behind a frame, in the browser alone; nothing of the photo is sent anywhere.

const LARGEST = 2400; // pixels of the longer side that are kept of a photo: cheap phones have little memory
const QUALITY = 0.92;
const NUDGE = 0.02; // of the frame's width, for a press of an arrow
const ZOOMS = [0.5, 4];
const PAPER = "#ffffff";

const within = (value, [least, most]) => Math.min(most, Math.max(least, value));
const half = (angle) => ((((angle + 180) % 360) + 360) % 360) - 180;

// Where the photo stands: the place of its middle in the frame's pixels, and what was done to it.
class Placing {
  constructor(width, height) {
    Object.assign(this, { width, height });
    this.begin();
  }

  begin() {
    Object.assign(this, { x: this.width / 2, y: this.height / 2, zoom: 1, turn: 0, mirrored: false });
  }

  move(x, y) {
    this.x = within(this.x + x, [0, this.width]);
    this.y = within(this.y + y, [0, this.height]);
  }

  zoomTo(zoom) {
    this.zoom = within(zoom, ZOOMS);
  }

  turnTo(degrees) {
    this.turn = half(degrees);
  }

  draw(canvas, photo, frame) {
    const pen = canvas.getContext("2d");
    const scale = Math.max(this.width / photo.width, this.height / photo.height) * this.zoom;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = PAPER; // a JPEG has no transparency, and without it a gap would be black
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingQuality = "high";
    pen.translate(this.x, this.y);
    pen.rotate((this.turn * Math.PI) / 180);
    pen.scale(this.mirrored ? -scale : scale, scale);
    pen.drawImage(photo, -photo.width / 2, -photo.height / 2);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(frame, 0, 0, this.width, this.height);
  }
}

// The photo upright and no larger than a phone can hold. Fails for files that are no pictures.
async function read(file) {
  const whole = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LARGEST / Math.max(whole.width, whole.height));
  const kept = Object.assign(document.createElement("canvas"), {
    width: Math.max(1, Math.round(whole.width * scale)),
    height: Math.max(1, Math.round(whole.height * scale)),
  });
  const pen = kept.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(whole, 0, 0, kept.width, kept.height);
  whole.close();
  return kept;
}

class Fingers {
  constructor(canvas, placing, changed) {
    Object.assign(this, { canvas, placing, changed, down: new Map() });
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.down.set(event.pointerId, this.place(event));
    });
    canvas.addEventListener("pointermove", (event) => this.moved(event));
    for (const name of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(name, (event) => this.down.delete(event.pointerId));
    }
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        placing.zoomTo(placing.zoom * (event.deltaY < 0 ? 1.05 : 1 / 1.05));
        changed();
      },
      { passive: false },
    );
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    const scale = this.canvas.width / box.width;
    return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  }

  moved(event) {
    const before = this.down.get(event.pointerId);
    if (!before) return;
    const now = this.place(event);
    const other = [...this.down].find(([id]) => id !== event.pointerId)?.[1];
    this.down.set(event.pointerId, now);
    if (other) {
      const { apart, angle } = this.between(before, other);
      const after = this.between(now, other);
      this.placing.zoomTo((this.placing.zoom * after.apart) / apart);
      this.placing.turnTo(this.placing.turn + after.angle - angle);
      this.placing.move((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    } else {
      this.placing.move(now[0] - before[0], now[1] - before[1]);
    }
    this.changed();
  }

  between([x, y], [otherX, otherY]) {
    const angle = (Math.atan2(y - otherY, x - otherX) * 180) / Math.PI;
    return { apart: Math.hypot(x - otherX, y - otherY) || 1, angle };
  }
}

customElements.define(
  "frame-maker",
  class extends HTMLElement {
    connectedCallback() {
      this.frame = this.querySelector(".maker__frame");
      this.canvas = this.querySelector(".maker__canvas");
      this.tools = this.querySelector(".maker__tools");
      this.placing = new Placing(Number(this.dataset.width), Number(this.dataset.height));
      this.querySelector("[type=file]").addEventListener("change", (event) => this.take(event.target));
      for (const slider of this.querySelectorAll("[data-set]")) slider.addEventListener("input", () => this.set(slider));
      for (const button of this.querySelectorAll("[data-move]")) {
        const [x, y] = button.dataset.move.split(",").map(Number);
        button.addEventListener("click", () => this.nudge(x, y));
      }
      for (const button of this.querySelectorAll("[data-do]")) {
        button.addEventListener("click", () => this[button.dataset.do]());
      }
      this.canvas.addEventListener("keydown", (event) => this.key(event));
      this.fingers = new Fingers(this.canvas, this.placing, () => this.changed());
    }

    say(words) {
      this.querySelector(".maker__status").textContent = words;
    }

    async take(input) {
      const [file] = input.files;
      input.value = ""; // so that the same file can be chosen again
      if (!file) return;
      try {
        await this.frame.decode();
      } catch {
        this.say(this.dataset.frameLost);
        return;
      }
      try {
        this.photo = await read(file);
      } catch {
        this.say(this.dataset.unreadable);
        return;
      }
      this.placing.begin();
      this.frame.hidden = true;
      this.canvas.hidden = this.tools.hidden = false;
      this.forget();
      this.changed();
      this.say(this.dataset.placed);
      this.canvas.focus({ preventScroll: true });
      this.canvas.scrollIntoView({ block: "nearest" });
    }

    changed() {
      const { placing } = this;
      this.querySelector("[data-set=zoom]").value = Math.round(placing.zoom * 100);
      this.querySelector("[data-set=turn]").value = Math.round(placing.turn);
      this.drawing ??= requestAnimationFrame(() => {
        this.drawing = undefined;
        this.draw();
      });
    }

    draw() {
      this.placing.draw(this.canvas, this.photo, this.frame);
      const round = this.querySelector(".maker__round");
      const side = Math.min(this.canvas.width, this.canvas.height);
      const [left, top] = [(this.canvas.width - side) / 2, (this.canvas.height - side) / 2];
      round.getContext("2d").drawImage(this.canvas, left, top, side, side, 0, 0, round.width, round.height);
    }

    set(slider) {
      if (slider.dataset.set === "zoom") this.placing.zoomTo(slider.value / 100);
      else this.placing.turnTo(Number(slider.value));
      this.changed();
    }

    nudge(x, y) {
      const step = NUDGE * this.placing.width;
      this.placing.move(x * step, y * step);
      this.changed();
    }

    key(event) {
      const { placing } = this;
      const actions = {
        ArrowLeft: () => this.nudge(-1, 0),
        ArrowRight: () => this.nudge(1, 0),
        ArrowUp: () => this.nudge(0, -1),
        ArrowDown: () => this.nudge(0, 1),
        "+": () => placing.zoomTo(placing.zoom * 1.05),
        "=": () => placing.zoomTo(placing.zoom * 1.05),
        "-": () => placing.zoomTo(placing.zoom / 1.05),
        "[": () => placing.turnTo(placing.turn - 5),
        "]": () => placing.turnTo(placing.turn + 5),
      };
      if (event.ctrlKey || event.metaKey || event.altKey || !actions[event.key]) return;
      event.preventDefault();
      actions[event.key]();
      this.changed();
    }

    quarter() {
      this.placing.turnTo(this.placing.turn + 90);
      this.changed();
    }

    mirror() {
      this.placing.mirrored = !this.placing.mirrored;
      this.changed();
    }

    begin() {
      this.placing.begin();
      this.changed();
    }

    async made() {
      this.draw();
      const blob = await new Promise((resolve) => this.canvas.toBlob(resolve, "image/jpeg", QUALITY));
      return new File([blob], `${this.dataset.name}.jpg`, { type: "image/jpeg" });
    }

    async download() {
      const file = await this.made();
      const address = URL.createObjectURL(file);
      Object.assign(document.createElement("a"), { href: address, download: file.name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      // The browsers inside Zalo and Facebook save no such file: there a finger held on the picture does.
      this.forget();
      const shown = Object.assign(new Image(), { src: this.canvas.toDataURL("image/jpeg", QUALITY), alt: this.dataset.made });
      this.querySelector(".maker__made").append(shown);
      const sharing = this.querySelector("[data-do=share]");
      sharing.hidden = !navigator.canShare?.({ files: [file] });
      this.say(this.dataset.done);
      this.count();
    }

    async share() {
      try {
        await navigator.share({ files: [await this.made()] });
      } catch {
        // The reader thought better of it.
      }
    }

    forget() {
      this.querySelector(".maker__made").replaceChildren();
    }

    count() {
      if (this.dataset.count) navigator.sendBeacon(this.dataset.count);
    }
  },
);
