/* Lets the keyboard scroll a wide table that holds nothing to focus: Safari does not do it by itself. */

const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea";

for (const table of document.querySelectorAll(".inline-group .tabular, #changelist .results")) {
  if (![...table.querySelectorAll(FOCUSABLE)].some((element) => element.checkVisibility())) table.tabIndex = 0;
}
