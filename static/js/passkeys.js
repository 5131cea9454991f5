// <passkey-form>: makes a passkey, or asks for one, and sends what it answered with the form inside.
// What is asked for stands beside the form as JSON; on the log-in page it is fetched when the button is pressed.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

const make = async (options, alone) => {
  const asked = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: known(options.excludeCredentials),
    authenticatorSelection: {
      ...options.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      userVerification: alone ? "required" : (options.authenticatorSelection?.userVerification ?? "preferred"),
    },
  };
  const made = await navigator.credentials.create({ publicKey: asked });
  return answer(made, {
    attestationObject: text(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
};

const ask = async (options) => {
  const asked = { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) };
  const found = await navigator.credentials.get({ publicKey: asked });
  const { authenticatorData, signature, userHandle } = found.response;
  return answer(found, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
};

const answer = (credential, response) => ({
  type: credential.type,
  id: credential.id,
  rawId: text(credential.rawId),
  authenticatorAttachment: credential.authenticatorAttachment,
  response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  clientExtensionResults: credential.getClientExtensionResults(),
});

customElements.define(
  "passkey-form",
  class extends HTMLElement {
    connectedCallback() {
      this.form = this.querySelector("form");
      if (!window.PublicKeyCredential && this.dataset.act === "login") {
        this.hidden = true;
        return;
      }
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.send();
      });
    }

    async send() {
      const said = this.querySelector("[role=alert]");
      said.hidden = true;
      try {
        const { publicKey } = await this.options();
        const alone = this.form.elements.passwordless?.checked ?? false;
        const credential = this.dataset.act === "add" ? await make(publicKey, alone) : await ask(publicKey);
        this.form.elements.credential.value = JSON.stringify(credential);
        this.form.submit();
      } catch {
        said.textContent = this.dataset.failed;
        said.hidden = false;
      }
    }

    async options() {
      if (this.dataset.act !== "login") {
        const data = JSON.parse(this.querySelector("script").textContent);
        return data.creation_options ?? data.request_options;
      }
      const answer = await fetch(this.form.action, { headers: { Accept: "application/json" } });
      return (await answer.json()).request_options;
    }
  },
);
