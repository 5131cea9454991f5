// <contest-clock>: counts the seconds that the server has left, and opens the result when they are over.
// <contest-answer>: sends an answer until it has arrived, on a weak network or while the portal starts again; the same
// answer sent twice is stored once. Without this script the same pages are plain forms.
const PAUSES = [1000, 2000, 4000, 8000, 8000, 8000];
const PATIENCE = 15000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

customElements.define(
  "contest-clock",
  class extends HTMLElement {
    connectedCallback() {
      // The device's own clock may be set meanwhile; the time since the page began cannot.
      this.end = performance.now() + Number(this.dataset.secondsLeft) * 1000;
      this.timer = setInterval(() => this.show(), 1000);
      this.show();
    }

    disconnectedCallback() {
      clearInterval(this.timer);
    }

    show() {
      const left = Math.max(0, Math.round((this.end - performance.now()) / 1000));
      const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      this.textContent = this.dataset.words.replace("{time}", time);
      this.classList.toggle("short", left < 60);
      this.setAttribute("aria-live", left === 60 || left === 10 ? "polite" : "off");
      if (left > 0) return;
      clearInterval(this.timer);
      if (!document.querySelector("contest-answer[data-sending]")) setTimeout(() => location.assign(this.dataset.over), 12000);
    }
  },
);

customElements.define(
  "contest-answer",
  class extends HTMLElement {
    connectedCallback() {
      this.form = this.querySelector("form");
      this.said = this.querySelector("[role=alert]");
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        if ("sending" in this.dataset) return;
        this.send(new FormData(this.form, event.submitter));
      });
    }

    async send(data) {
      this.dataset.sending = "";
      for (const wait of PAUSES) {
        try {
          const answer = await fetch(this.form.action, {
            method: "POST",
            body: new URLSearchParams(data),
            signal: AbortSignal.timeout(PATIENCE),
          });
          if (answer.status < 500) {
            location.assign(answer.url);
            return;
          }
        } catch {
          // No network, or the portal is starting again.
        }
        this.say(this.dataset.waiting);
        await pause(wait);
      }
      delete this.dataset.sending;
      this.say(this.dataset.failed);
    }

    say(text) {
      this.said.textContent = text;
      this.said.hidden = false;
    }
  },
);
