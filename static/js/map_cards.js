/* A map's card can be put away without moving the pointer or the focus: by Escape (WCAG 2.2, 1.4.13). */

const SHOWING = ".map a:is(:hover, :focus-visible)";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const link of document.querySelectorAll(SHOWING)) {
    link.classList.add("map-dismissed");
    for (const leaving of ["pointerleave", "blur"]) {
      link.addEventListener(leaving, () => link.classList.remove("map-dismissed"), { once: true });
    }
  }
});
