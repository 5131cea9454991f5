// <lots-check>: reckons a drawing of lots anew from its public record, on the reader's own device.
const sha256 = async (text) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const holds = async (record) => {
  const { secret, source, tickets } = record;
  if ((await sha256(`${secret}\n${source}`)) !== record.commitment) return false;
  const digest = await sha256(tickets.join("\n"));
  if (digest !== record.tickets_sha256 || new Set(tickets).size !== tickets.length) return false;
  const key = await sha256(`${secret}\n${record.public_number}\n${digest}`);
  const keyed = await Promise.all(tickets.map(async (ticket) => `${await sha256(`${key}\n${ticket}`)} ${ticket}`));
  const order = keyed.sort().map((line) => line.split(" ")[1]);
  const named = [...record.winners, ...record.passed_over].sort((one, other) => one.place - other.place);
  return named.every((one, index) => one.place === index + 1 && order[index] === one.ticket);
};

customElements.define(
  "lots-check",
  class extends HTMLElement {
    connectedCallback() {
      // Browsers reckon hashes only on secure addresses.
      if (!globalThis.crypto?.subtle) {
        this.hidden = true;
        return;
      }
      this.querySelector("button").addEventListener("click", async () => {
        const said = this.querySelector("[role=status]");
        try {
          const answer = await fetch(this.dataset.record);
          said.textContent = (await holds(await answer.json())) ? this.dataset.right : this.dataset.wrong;
        } catch {
          said.textContent = this.dataset.wrong;
        }
      });
    }
  },
);
