// Has an import or its undoing go on, request after request, and shows how far it is. Without it, a button does the same.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const PAUSE = 100; // milliseconds, in which others may write
  const AGAIN = 5_000; // milliseconds after a request that did not get through
  const form = document.querySelector("form[data-goes-on]");
  const bar = document.getElementById("import-progress");
  const words = document.getElementById("import-words");
  if (!form || !bar || !words) return;
  let isRunning = false;
  let isStopped = false;

  async function goOn() {
    if (isStopped) return;
    const said = new URLSearchParams(new FormData(form));
    said.set("by_itself", "1"); // a page that is left open does not keep its session
    let wait = AGAIN;
    try {
      const answer = await fetch(form.action, { method: "POST", body: said, redirect: "error" });
      const now = await answer.json();
      if (now.next) {
        window.location.assign(now.next);
        return;
      }
      words.textContent = now.words;
      if (answer.ok) {
        bar.max = now.total;
        bar.value = now.done;
        wait = PAUSE;
      }
    } catch {
      words.textContent = words.dataset.lost;
    }
    window.setTimeout(goOn, wait);
  }

  function start() {
    isRunning = true;
    bar.hidden = false;
    goOn();
  }

  form.addEventListener("submit", (event) => {
    if (isRunning || event.submitter?.name === "stop") {
      isStopped = true;
      return;
    }
    event.preventDefault();
    start();
  });
  if (form.dataset.goesOn === "at-once") start();
});
