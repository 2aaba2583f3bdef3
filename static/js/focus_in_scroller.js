/* Shows all of what gets the focus in a part that scrolls. Browsers leave it where it is as soon as one pixel shows. */

document.addEventListener("focusin", ({ target }) => {
  if (target.parentElement.closest(".scroller")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});
