// Gives names to what Django's admin draws by script without one: the boxes to choose from a long list,
// and the first column of tables of parts.
"use strict";

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete.select2-hidden-accessible")) {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const name = select.getAttribute("aria-label") || label?.textContent.replace(/:\s*$/, "").trim();
    const box = select.nextElementSibling;
    if (!name || !box) continue;
    const chosen = box.querySelector(".select2-selection__rendered");
    for (const part of box.querySelectorAll(".select2-selection, .select2-search__field, [role=textbox]")) {
      part.setAttribute("aria-label", [name, part === chosen ? chosen.title : ""].filter(Boolean).join(": "));
      part.removeAttribute("aria-labelledby");
    }
  }
  for (const heading of document.querySelectorAll("th.original:empty")) {
    const cell = document.createElement("td");
    cell.className = heading.className;
    heading.replaceWith(cell);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  // After the admin's own scripts have drawn their boxes, and again whenever a row or a choice is added.
  window.setTimeout(nameBoxes);
  document.addEventListener("formset:added", () => window.setTimeout(nameBoxes));
  document.addEventListener("click", () => window.setTimeout(nameBoxes));
  document.addEventListener("keyup", () => window.setTimeout(nameBoxes));
});
