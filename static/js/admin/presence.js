// Tells the site that this form is open, and shows who else has the entry open. Says so when it is left.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const EVERY = 30_000; // milliseconds; the site forgets a form that was silent for three times as long
  const status = document.getElementById("presence");
  const token = document.querySelector("form input[name=csrfmiddlewaretoken]");
  if (!status || !token) return;

  const said = (words) => new URLSearchParams({ csrfmiddlewaretoken: token.value, ...words });

  // A session ends after half an hour without use; a form that is open and left alone is not used.
  let typed = false;
  document.addEventListener("input", () => { typed = true; });

  async function say() {
    const why = typed ? {} : { by_itself: "1" };
    typed = false;
    try {
      const answer = await fetch(status.dataset.url, { method: "POST", body: said(why), redirect: "error" });
      if (!answer.ok) return;
      const { words } = await answer.json();
      // Only when it is news: assistive technology reads every change aloud.
      if (status.textContent !== words) status.textContent = words;
    } catch {
      // No connection, or logged out meanwhile: what is shown stays, the next word may get through.
    }
  }

  say();
  window.setInterval(say, EVERY);
  window.addEventListener("pagehide", () => navigator.sendBeacon(status.dataset.url, said({ leaving: "1", by_itself: "1" })));
  window.addEventListener("pageshow", (event) => { if (event.persisted) say(); });
});
