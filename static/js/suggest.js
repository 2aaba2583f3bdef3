/*
 * Suggests, under the search box, what the words may mean: a combobox as the ARIA Authoring Practices describe it.
 * The focus stays in the box, and without a choice Enter searches as ever. What goes wrong shows no suggestions.
 *
 * One question at a time: while an answer is under way, the latest words wait for it.
 */

const PAUSE = 120; // ms without another letter before the server is asked
const PATIENCE = 5000; // ms for an answer
const SHORTEST = 2; // letters

function make(tag, attributes, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

function enhance(box) {
  const id = `${box.id}-suggestions`;
  const list = make("div", { id, class: "suggestions", role: "listbox", "aria-label": box.dataset.suggestions });
  const said = make("p", { class: "visually-hidden", "aria-live": "polite" });
  const known = new Map(); // answers by words
  let wanted = ""; // the words to suggest for, "" for none
  let isAsking = false;
  let pause;
  let active = -1; // which option the arrow keys have reached

  const isOpen = () => !list.hidden;

  /* Asking */

  function typed() {
    clearTimeout(pause);
    const words = box.value.trim().replace(/\s+/g, " ");
    wanted = words.length < SHORTEST ? "" : words;
    activate(-1);
    if (!wanted || known.has(wanted)) show();
    else pause = setTimeout(ask, PAUSE);
  }

  async function ask() {
    const asked = wanted;
    if (isAsking || !asked || known.has(asked)) return;
    isAsking = true;
    try {
      const address = `${box.dataset.suggest}?${new URLSearchParams({ q: asked })}`;
      const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
      if (answer.ok) known.set(asked, await answer.json());
    } catch {
      // The box goes on without.
    }
    isAsking = false;
    if (asked === wanted) show();
    else ask();
  }

  /* Showing */

  function show() {
    const { said: sentence = "", suggestions = [] } = known.get(wanted) ?? {};
    list.replaceChildren(...suggestions.map(option));
    said.textContent = sentence;
    open(suggestions.length > 0);
  }

  function option({ kind, label, language, detail, detail_language, address }, number, all) {
    const isFirst = kind !== all[number - 1]?.kind;
    const whole = make("div", { id: `${id}-${number}`, class: isFirst && "first", role: "option" });
    whole.setAttribute("aria-selected", "false");
    whole.dataset.address = address;
    whole.append(make("span", { lang: language }, label), " "); // a space, for those who hear it
    if (detail) whole.append(make("span", { class: "detail", lang: detail_language }, detail), " ");
    whole.append(make("span", { class: "kind" }, kind));
    return whole;
  }

  function open(isWanted) {
    list.hidden = !isWanted;
    box.setAttribute("aria-expanded", isWanted);
    activate(-1);
  }

  /** Close, and show nothing that is still to come. */
  function close() {
    clearTimeout(pause);
    wanted = said.textContent = "";
    open(false);
  }

  function activate(number) {
    active = number;
    [...list.children].forEach((child, place) => child.setAttribute("aria-selected", place === active));
    const chosen = list.children[active];
    if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
    else box.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function clear() {
    box.value = "";
    typed();
  }

  /** Move by one; before the first and after the last comes the box itself. */
  function move(by) {
    const places = list.children.length + 1;
    activate(((active + 1 + by + places) % places) - 1);
  }

  /** Go where an option leads, as its link would: a list may follow in place, and keeps its shortlist. */
  function take({ dataset }) {
    const address = new URL(dataset.address, location);
    const kept = new URLSearchParams(location.search).getAll("keep");
    if (address.pathname.includes("/pilots/")) for (const slug of kept) address.searchParams.append("keep", slug);
    const link = make("a", { href: address.pathname + address.search + address.hash, hidden: "hidden" });
    box.value = "";
    close();
    box.after(link);
    link.click();
    link.remove();
  }

  /* What the visitor does */

  const keys = {
    ArrowDown: ({ altKey }) => (isOpen() ? altKey || move(1) : typed()),
    ArrowUp: ({ altKey }) => isOpen() && (altKey ? close() : move(-1)),
    Enter: () => active >= 0 && take(list.children[active]),
    Escape: () => (isOpen() ? close() : box.value !== "" && clear()),
  };

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOwn = Object.hasOwn(keys, event.key) && !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (isOwn && keys[event.key](event) !== false) event.preventDefault();
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) activate(-1);
  });
  box.addEventListener("input", typed); // while composing, too: the keyboards of phones compose each word
  box.addEventListener("blur", close);
  box.form?.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
  list.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[role=option]");
    if (chosen) take(chosen);
  });

  const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
  list.hidden = true;
  box.parentElement.append(list, said);
}

document.querySelectorAll("[data-suggest]").forEach(enhance);
