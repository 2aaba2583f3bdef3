// Asks the browser for a passkey, and sends its answer with the form. The button shows only where that works.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const question = document.getElementById("passkey-question");
  const part = document.querySelector("[data-passkey]");
  if (!question || !part || !window.PublicKeyCredential) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withIds = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

  // What stands as text in the question, as the browser wants it.
  function asked() {
    const options = JSON.parse(question.textContent);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    options.excludeCredentials = withIds(options.excludeCredentials);
    options.allowCredentials = withIds(options.allowCredentials);
    return { publicKey: options };
  }

  function answered(key) {
    const response = { clientDataJSON: text(key.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature"]) {
      if (key.response[name]) response[name] = text(key.response[name]);
    }
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} });
  }

  const button = part.querySelector("button");
  const status = part.querySelector("[role=status]");
  const form = part.closest("form");
  part.hidden = false;
  button.addEventListener("click", async () => {
    status.textContent = "";
    button.disabled = true;
    try {
      const key = await navigator.credentials[part.dataset.passkey](asked());
      form.elements.passkey.value = answered(key);
      form.submit();
    } catch {
      button.disabled = false;
      status.textContent = part.dataset.failed; // refused, given up, or none at hand
    }
  });
});
