// Asks before the page is left while something in its form is not saved: a field typed in, a part added.
// A form that came back with mistakes, or that is marked data-unsaved, holds what is saved nowhere.
"use strict";

// Whoever is quick types before the form is ready.
let isTypedEarly = false;
const noteEarly = () => { isTypedEarly = true; };
document.addEventListener("input", noteEarly);

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-unsaved], #content-main > form[id$='_form']");
  if (!form) return;

  const typed = () => {
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    return new URLSearchParams([...data].map(([name, value]) => [name, String(value.name ?? value)])).toString();
  };
  let isLeft = false;
  let before = null;
  const begin = () => {
    before = typed();
    document.removeEventListener("input", noteEarly);
  };
  // After the admin's own scripts have prepared the form, which jQuery lets begin a moment after the document is read.
  window.addEventListener("load", () => window.setTimeout(begin));
  const wasRefused = "unsaved" in form.dataset || Boolean(form.querySelector(".errornote"));

  form.addEventListener("submit", () => { isLeft = true; });
  window.addEventListener("pageshow", () => { isLeft = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeft && (wasRefused || isTypedEarly || (before !== null && typed() !== before))) event.preventDefault();
  });
});
