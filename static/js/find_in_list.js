/*
 * Puts a box into each long facet that narrows its options while the visitor types.
 * It only hides what does not fit: what is chosen stays chosen, and is sent with the form.
 */

const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i" }; // what is no letter with an accent

/** Return `text` without case and accents. */
function fold(text) {
  const plain = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.replace(/[ßæœøđłı]/g, (letter) => LETTERS[letter]);
}

/** Return the name of an option: what its label says, the count aside. */
function nameOf(label) {
  const texts = [...label.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
  return fold(texts.map((node) => node.data).join(" "));
}

function enhance(template) {
  const facet = template.closest("fieldset");
  const rest = facet.querySelector("details");
  const options = [...facet.querySelectorAll("label")].map((label) => ({ label, name: nameOf(label) }));
  template.replaceWith(template.content);
  const box = facet.querySelector("[type=search]");
  const hint = facet.querySelector("[aria-live]");
  let wasOpen = rest.open;

  function narrow() {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    for (const { label, name } of options) label.hidden = !words.every((word) => name.includes(word));
    const found = options.filter(({ label }) => !label.hidden).length;
    const count = hint.dataset.found.replace("{n}", found).replace("{total}", options.length);
    hint.textContent = words.length ? count : "";
    open(words.length > 0);
  }

  /** Open the rest of the list while there are words; then leave it as it was. */
  function open(narrowed) {
    const summary = rest.querySelector("summary");
    if (narrowed && !summary.hidden) wasOpen = rest.open;
    if (narrowed || summary.hidden) rest.open = narrowed || wasOpen;
    summary.hidden = narrowed;
  }

  box.addEventListener("input", narrow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // nothing to send
    if (event.key !== "Escape" || !box.value) return;
    event.preventDefault();
    box.value = "";
    narrow();
  });
}

document.querySelectorAll("template.find-in-list").forEach(enhance);
