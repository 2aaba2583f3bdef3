/*
 * Updates a list in place when its filters change: asks for the address that the form or the link leads to,
 * and puts the answer where the page is. The server answers as ever; what goes wrong ends in an ordinary load.
 *
 * In <main>, everything is replaced but what has `data-stay`: the status, because screen readers announce only
 * what changes in an element they know, and the form and the search box, because they have the focus.
 */

const PAUSE = 150; // ms without another change before the server is asked
const SLOW = 300; // ms without an answer before the page says so

const main = document.querySelector("main");
const form = document.querySelector("form[data-in-place]");
const status = main.querySelector("[role=status]");
const results = status.parentElement;
const outcome = document.createElement("p"); // the heading once more, at hand beside the filters

let shown = here();
let request = new AbortController();
let pause;
let touched = document.body; // some browsers give a box that is clicked no focus

/* Asking */

function here() {
  return location.pathname + location.search;
}

/** Return the address that a form asks for, without what is left empty. */
function asked(of) {
  const query = new URLSearchParams([...new FormData(of)].filter(([, value]) => value));
  return [of.getAttribute("action"), query].filter(String).join("?");
}

/** Forget what was asked, so that the last choice always wins. */
function drop() {
  clearTimeout(pause);
  request.abort();
}

/** Show what is at `address`. `settle` gives the focus its place; travelling is going back or forward. */
async function show(address, settle, travelling = false) {
  drop();
  const { signal } = (request = new AbortController());
  const slow = setTimeout(say, SLOW, form.dataset.updating);
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(response.statusText);
    put(new DOMParser().parseFromString(await response.text(), "text/html"), settle, travelling);
  } catch {
    if (!signal.aborted) location.assign(address);
  } finally {
    clearTimeout(slow);
  }
}

function say(words) {
  status.textContent = outcome.textContent = words;
}

/* Putting the answer in its place. An answer of another kind throws. */

function put(page, settle, travelling) {
  const twin = page.querySelector("form[data-in-place]");
  const { scrollY } = window;
  const focused = document.activeElement === document.body ? touched : document.activeElement;
  const place = focused.getBoundingClientRect().top;
  const open = [...main.querySelectorAll("details[id][open]")];
  results.removeAttribute("aria-busy");
  renew(main, page.querySelector("main"), travelling);
  for (const { id } of open) document.getElementById(id)?.setAttribute("open", "");
  document.title = page.title;
  renewLanguages(page);
  outcome.textContent = heading().textContent;
  if (!travelling) remember(twin.dataset.address, scrollY);
  shown = here();
  settle(focused, place);
}

const stays = (element) => element.matches("[data-stay]") || element.querySelector("[data-stay]");

/** Give `own` the content of its twin; whatever stays, or holds what stays, remains the same element. */
function renew(own, twin, travelling) {
  const fixed = [...own.children].filter(stays);
  const twins = [...twin.children].filter(stays);
  if (fixed.length !== twins.length) throw new Error("Not the same kind of page.");
  for (const node of [...own.childNodes]) if (!fixed.includes(node)) node.remove();
  for (const node of [...twin.childNodes]) {
    if (node !== twins[0]) own.insertBefore(node, fixed[0] ?? null);
    else renewFixed(fixed.shift(), twins.shift(), travelling);
  }
}

function renewFixed(own, twin, travelling) {
  if (own === status) status.textContent = twin.textContent;
  else if (own === form) renewForm(twin, travelling);
  else if (!own.matches("[data-stay]")) renew(own, twin, travelling);
}

/** Return the controls of a form that a visitor sees, each under what tells it from the others. */
function controls(of) {
  const seen = [...of.elements].filter((control) => control.name && control.type !== "hidden");
  return new Map(seen.map((control) => [isBox(control) ? `${control.name}=${control.value}` : control.name, control]));
}

const isBox = (control) => ["checkbox", "radio"].includes(control.type);

/** Give the controls what their twins have. None of them moves: the visitor may be about to use the next. */
function renewForm(twin, travelling) {
  const own = controls(form);
  const twins = controls(twin);
  if (own.size !== twins.size) throw new Error("Not the same form.");
  for (const [key, control] of twins) renewControl(own.get(key), control, travelling);
  for (const hidden of form.querySelectorAll("[type=hidden]")) hidden.remove();
  form.append(...twin.querySelectorAll("[type=hidden]"));
}

function renewControl(own, twin, travelling) {
  const typing = own.type === "search" && own === document.activeElement;
  if (isBox(own)) renewBox(own, twin);
  else if (travelling || !typing) own.value = twin.value;
}

function renewBox(own, twin) {
  const [label, latest] = [own, twin].map((box) => box.closest("label"));
  own.checked = twin.checked;
  label.className = latest.className;
  label.querySelector(".count").textContent = latest.querySelector(".count").textContent;
}

/** Let the links to the other languages lead to what is shown now. */
function renewLanguages(page) {
  for (const link of document.querySelectorAll(".languages a"))
    link.href = page.querySelector(`.languages [hreflang=${link.hreflang}]`).getAttribute("href");
}

/* The address */

function remember(address, scroll) {
  if (address === here()) return history.replaceState(history.state, "", address);
  history.replaceState({ scroll }, "");
  history.pushState({}, "", address);
}

/* The focus, once the page is new */

const heading = () => main.querySelector("h1");

function focusHeading() {
  heading().tabIndex = -1;
  heading().focus({ preventScroll: true });
  heading().scrollIntoView({ block: "nearest", behavior: "instant" });
}

/** Leave the focus where it is, on the screen too. What had it and is gone is looked for by its id or address. */
function stay(focused, place) {
  const href = focused.getAttribute("href");
  let now = focused.isConnected && focused;
  now ||= focused.id && document.getElementById(focused.id);
  now ||= href && main.querySelector(`a[href="${CSS.escape(href)}"]`);
  if (!now) return focusHeading();
  hold(now, place);
}

function hold(element, place) {
  element.focus({ preventScroll: true });
  if (place >= 0 && place < innerHeight)
    scrollBy({ top: element.getBoundingClientRect().top - place, behavior: "instant" });
}

/** Return how the focus finds its place after `link`: what its `hash` names, the next of its list, the heading. */
function after(link, hash) {
  const list = link.closest("[data-next]");
  const number = list && [...list.querySelectorAll("a")].indexOf(link);
  const { top } = link.getBoundingClientRect();
  return () => {
    const same = list && main.querySelector(`[data-next="${list.dataset.next}"]`);
    const next = document.getElementById(hash.slice(1)) ?? same?.querySelectorAll("a")[number];
    if (next) hold(next, top);
    else focusHeading();
  };
}

function back(focused) {
  if (!focused.isConnected) focusHeading();
  scrollTo({ top: history.state?.scroll ?? scrollY, behavior: "instant" });
}

/* What the visitor does */

const isOwn = (any) => any?.getAttribute("action") === location.pathname;

main.addEventListener("change", ({ target }) => {
  if (!target.name || target.type === "search" || !isOwn(target.form)) return;
  drop();
  touched = target;
  pause = setTimeout(() => show(asked(target.form), stay), PAUSE);
});

main.addEventListener("submit", (event) => {
  if (!isOwn(event.target)) return;
  event.preventDefault();
  show(asked(event.target), form.contains(event.submitter) ? focusHeading : stay);
});

main.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const changed = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || changed || event.button || link.hasAttribute("target")) return;
  const { origin, pathname, search, hash } = new URL(link.getAttribute("href"), location);
  const elsewhere = origin !== location.origin || pathname !== location.pathname;
  if (elsewhere || (hash && search === location.search)) return;
  event.preventDefault();
  show(pathname + search, after(link, hash));
});

addEventListener("popstate", () => {
  // To a place on the same page, the browser goes by itself.
  if (here() !== shown || results.hasAttribute("aria-busy")) show(here(), back, true);
});

addEventListener("pagehide", drop);
addEventListener("pageshow", (event) => {
  if (event.persisted && results.hasAttribute("aria-busy")) show(here(), back, true);
});

outcome.className = "outcome";
outcome.textContent = heading().textContent;
outcome.setAttribute("aria-hidden", "true"); // the status says it
form.querySelector(".apply").prepend(outcome);
