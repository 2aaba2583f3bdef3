/*
 * On narrow windows the filters open as a sheet over the results: a popover, which Escape closes, and which gives the
 * focus back. Without scripts, or on wide windows, the form stands where it is.
 */

const form = document.querySelector("form[data-in-place]");
const [link, opener] = document.querySelectorAll(".to-filters > *");
const closer = form.querySelector(".sheet-close");
const narrow = matchMedia("(max-width: 59.99rem)"); // where the filters are below the results, see layout.css

/** Make the form a sheet on narrow windows, and a part of the page on wide ones. */
function fit() {
  form.popover = narrow.matches ? "auto" : null;
  link.hidden = narrow.matches;
  opener.hidden = closer.hidden = !narrow.matches;
}

const isOpen = () => form.matches(":popover-open");

function close() {
  if (isOpen()) form.hidePopover();
}

if (opener && "popover" in form) {
  opener.popoverTargetElement = closer.popoverTargetElement = form;
  fit();
  narrow.addEventListener("change", fit);
  form.addEventListener("toggle", () => isOpen() && closer.focus());
  form.addEventListener("submit", close);
  // Who leaves by the tab key sees where the focus goes.
  form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !form.contains(relatedTarget) && close());
}
