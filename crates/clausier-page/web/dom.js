// The view: a tree of plain nodes, made again at each change, from which the page is brought up to date. Nodes are kept where
// they can be, so that focus, caret and scroll stay where the reader left them. Text is only ever text.

/** @typedef {{ tag: string, key: string | null, props: Props, children: Child[] }} VNode */
/** @typedef {VNode | string} Child */
/** @typedef {Record<string, any>} Props */
/** @typedef {Child | number | null | undefined | false | Content[]} Content */

const SVG = "http://www.w3.org/2000/svg";

/** What each element shows at present. @type {WeakMap<Node, VNode>} */
const shown = new WeakMap();
/** Listeners of each element, by event. @type {WeakMap<Element, Record<string, (event: any) => void>>} */
const listeners = new WeakMap();

/**
 * A node. `on…` are listeners, `key` keeps a node through moves, the rest are properties or attributes.
 * @param {string} tag
 * @param {Props | null} [props]
 * @param {...any} content
 * @returns {VNode}
 */
export function h(tag, props, ...content) {
  const node = verbatim(tag, props, ...content);
  node.children = node.children.map((child) => (typeof child === "string" ? spaced(child) : child));
  return node;
}

/** The same, whose texts are shown as they are: what the library has written, or the text of a file.
 * @param {string} tag @param {Props | null} [props] @param {...any} content @returns {VNode} */
export function verbatim(tag, props, ...content) {
  const { key = null, ...rest } = props ?? {};
  return { tag, key: key === null ? null : String(key), props: rest, children: flat(content) };
}

/** A text with the no-break spaces of French typography. @param {string} text */
export function spaced(text) {
  return text
    .replace(/ ([;!?])/g, "\u202f$1")
    .replace(/ ([:»%€])/g, "\u00a0$1")
    .replace(/« /g, "«\u00a0")
    .replace(/(\d) (?=\d{3}(?!\d))/g, "$1\u202f");
}

/** @param {any[]} content @returns {Child[]} */
function flat(content) {
  /** @type {Child[]} */
  const out = [];
  for (const item of content) {
    if (Array.isArray(item)) out.push(...flat(item));
    else if (item !== null && item !== undefined && item !== false && item !== "") {
      out.push(typeof item === "number" ? String(item) : item);
    }
  }
  return out;
}

/** Brings an element's content up to date. @param {Element} element @param {...any} content */
export function render(element, ...content) {
  patchChildren(element, flat(content), element.namespaceURI);
}

/** @param {Child} child @param {string | null} space @returns {Node} */
function create(child, space) {
  if (typeof child === "string") return document.createTextNode(child);
  const own = child.tag === "svg" ? SVG : space;
  const element = own === SVG ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
  patchChildren(element, child.children, own);
  patchProps(element, {}, child.props);
  shown.set(element, child);
  return element;
}

/** @param {Element} element @param {VNode} next */
function patch(element, next) {
  const before = shown.get(element);
  // A node that was kept shows what it showed.
  if (before === next) return;
  patchChildren(element, next.children, element.namespaceURI);
  patchProps(element, before ? before.props : {}, next.props);
  shown.set(element, next);
}

/** @param {Element} parent @param {Child[]} next @param {string | null} space */
function patchChildren(parent, next, space) {
  /** @type {Map<string, Node>} */
  const keyed = new Map();
  /** @type {Map<string, Node[]>} */
  const loose = new Map();
  for (const node of [...parent.childNodes]) {
    const vnode = shown.get(node);
    if (vnode && vnode.key !== null) keyed.set(`${vnode.tag} ${vnode.key}`, node);
    else {
      const kind = vnode ? vnode.tag : node.nodeType === Node.TEXT_NODE ? "#text" : "#other";
      const list = loose.get(kind);
      if (list) list.push(node);
      else loose.set(kind, [node]);
    }
  }
  const nodes = next.map((child) => {
    const kind = typeof child === "string" ? "#text" : child.tag;
    const found =
      typeof child !== "string" && child.key !== null ? keyed.get(`${kind} ${child.key}`) : loose.get(kind)?.shift();
    if (!found) return create(child, space);
    if (typeof child === "string") {
      if (found.nodeValue !== child) found.nodeValue = child;
    } else patch(/** @type {Element} */ (found), child);
    return found;
  });
  const kept = new Set(nodes);
  for (const node of [...parent.childNodes]) if (!kept.has(node)) node.remove();
  let cursor = parent.firstChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  }
}

/** @param {any} element @param {Props} before @param {Props} next */
function patchProps(element, before, next) {
  for (const name of Object.keys(before)) if (!(name in next)) setProp(element, name, null);
  for (const [name, value] of Object.entries(next)) {
    if (name === "value" || name === "checked" || before[name] !== value) setProp(element, name, value);
  }
}

/** @param {any} element @param {string} name @param {any} value */
function setProp(element, name, value) {
  if (name.startsWith("on")) return listen(element, name.slice(2), value);
  // What the reader opened, or what was opened for him, is for him to close.
  if (name === "open") {
    if (value) element.open = true;
    return;
  }
  if (name === "value" && element.tagName !== "LI") {
    // What is being typed is not written over: the dossier holds the same text, or will.
    const typing = document.activeElement === element && element.tagName !== "SELECT";
    if (!typing && element.value !== (value ?? "")) element.value = value ?? "";
  } else if (name === "checked" || name === "indeterminate") element[name] = Boolean(value);
  else if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** @param {Element} element @param {string} event @param {((event: any) => void) | null} listener */
function listen(element, event, listener) {
  const own = listeners.get(element) ?? {};
  if (!own[event]) element.addEventListener(event, (e) => listeners.get(element)?.[event]?.(e));
  own[event] = listener ?? (() => {});
  listeners.set(element, own);
}
