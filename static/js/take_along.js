/* Shows the buttons that need a script: to print the page, and to copy its address. */

const section = document.querySelector(".take-along");
const print = section.querySelector("[data-print]");
const copy = section.querySelector("[data-copy]");
const status = section.querySelector("[role=status]");

print.addEventListener("click", () => window.print());
print.hidden = false;
section.querySelector("[data-without-script]").hidden = true;

/* Browsers let pages copy on secure origins only. Elsewhere the field can be copied by hand. */
if (navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const field = document.getElementById(copy.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = status.dataset.copied;
    } catch {
      field.select(); // the visitor does not let pages copy: what is selected is copied by hand
    }
  });
}
