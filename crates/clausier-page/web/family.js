// Finding a purchase family by typing: its name, a word of it, or a CPV code. A combobox after the ARIA pattern.

import { h } from "./dom.js";
import { ask } from "./engine.js";

/** What is typed and pointed at, by field. @type {Map<string, { text: string, open: boolean, at: number }>} */
const states = new Map();
/** How many families are shown at once. */
const SHOWN = 8;

/** The families that these words or this code name, as the library finds them. @param {string} typed @returns {any[]} */
function search(typed) {
  return ask("familles", { options: { mots: typed } }).resultat?.familles ?? [];
}

/**
 * @param {{ id: string, label: string, value: string, choose: (id: string) => void, refresh: () => void, extra?: any }} field
 */
export function familyField({ id, label, value, choose, refresh, extra }) {
  const state = states.get(id) ?? { text: value, open: false, at: 0 };
  states.set(id, state);
  if (!state.open) state.text = value;
  const found = state.open ? search(state.text === value ? "" : state.text).slice(0, SHOWN) : [];
  const pick = (/** @type {any} */ family) => {
    state.open = false;
    state.at = 0;
    choose(family.id);
    refresh();
  };
  return h(
    "div",
    { class: "champ combo", key: id },
    h("label", { for: id }, label),
    h("input", {
      id,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      "aria-expanded": String(state.open && found.length > 0),
      "aria-controls": `${id}-liste`,
      "aria-autocomplete": "list",
      "aria-activedescendant": state.open && found[state.at] ? `${id}-${found[state.at].id}` : null,
      "aria-describedby": `${id}-aide`,
      value: state.text,
      oninput: (/** @type {any} */ e) => {
        Object.assign(state, { text: e.target.value, open: true, at: 0 });
        refresh();
      },
      onkeydown: (/** @type {KeyboardEvent} */ e) => {
        if (e.key === "ArrowDown" || e.key === "ArrowUp") {
          e.preventDefault();
          const step = e.key === "ArrowDown" ? 1 : -1;
          if (state.open && found.length > 0) state.at = (state.at + step + found.length) % found.length;
          state.open = true;
          refresh();
        } else if (e.key === "Enter" && state.open && found[state.at]) {
          e.preventDefault();
          pick(found[state.at]);
        } else if (e.key === "Escape" && state.open) {
          state.open = false;
          /** @type {HTMLInputElement} */ (e.target).value = value;
          refresh();
        }
      },
      onblur: (/** @type {any} */ e) => {
        if (!state.open) return;
        state.open = false;
        e.target.value = value;
        refresh();
      },
    }),
    h(
      "ul",
      { id: `${id}-liste`, role: "listbox", "aria-label": "Familles d’achat", hidden: !(state.open && found.length > 0) },
      found.map((family, i) =>
        h(
          "li",
          {
            key: family.id,
            id: `${id}-${family.id}`,
            role: "option",
            "aria-selected": String(i === state.at),
            onmousedown: (/** @type {Event} */ e) => {
              e.preventDefault();
              pick(family);
            },
          },
          family.titre,
          family.cpv.length > 0 && h("span", { class: "discret" }, ` CPV ${family.cpv.slice(0, 3).join(", ")}`),
        ),
      ),
    ),
    h("p", { class: "aide", id: `${id}-aide` }, state.open && found.length === 0 ? "Aucune famille ne porte ces mots. Essayez un mot du métier, ou un code CPV." : "Tapez un mot du métier (peinture, repas, ménage) ou un code CPV, puis choisissez dans la liste."),
    extra,
  );
}
