/* How a message looks: text with its entities, files, buttons. Makes elements; sends nothing itself. */

const ICONS = {
  ticks: '<svg viewBox="0 0 18 12" aria-hidden="true"><path d="M1 6.500l3.500 3.500L11 2M7 9l1 1L15.500 2"/></svg>',
  file: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4v11M7 11l5 5 5-5M6 20h12"/></svg>',
  play: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5l11 7-11 7z" fill="currentColor"/></svg>',
  person: '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="8" r="4"/><path d="M4 20c1-5 4-7 8-7s7 2 8 7"/></svg>',
  pin: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 22c5-6 7-9 7-12.500a7 7 0 0 0-14 0C5 13 7 16 12 22z"/><circle cx="12" cy="9.500" r="2.500" fill="#fff" stroke="none"/></svg>',
  dots: '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="5" cy="12" r="2"/><circle cx="12" cy="12" r="2"/><circle cx="19" cy="12" r="2"/></svg>',
  chevron: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 10l5 5 5-5"/></svg>',
  out: '<svg class="corner" viewBox="0 0 24 24" aria-hidden="true"><path d="M7 17L17 7M9 7h8v8"/></svg>',
  copy: '<svg class="corner" viewBox="0 0 24 24" aria-hidden="true"><rect x="8" y="8" width="12" height="12" rx="2"/><path d="M16 8V4H4v12h4"/></svg>',
};
const PLAIN = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code" };

/** Make an element with properties and children. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child != null));
  return element;
}

/** Make an element from one of our own icons. */
export function icon(name) {
  const holder = document.createElement("template");
  holder.innerHTML = ICONS[name];
  return holder.content.firstChild;
}

export const clockTime = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Make the element of a message; `acts` has tap, say and edit. */
export function message(shown, acts) {
  const unit = make("div", { className: "unit" }, bubble(shown, acts));
  const rows = shown.reply_markup?.inline_keyboard ?? [];
  if (rows.length) {
    unit.classList.add("keyed");
    unit.append(keys(rows, shown, acts));
  }
  const element = make("div", { className: "message" }, unit);
  if (shown.own) element.classList.add("own");
  if (shown.own && shown.text) makeEditable(element, shown, acts);
  return element;
}

function makeEditable(element, shown, acts) {
  const button = make("button", { type: "button", className: "change", title: "Edit", onclick: () => acts.edit(shown) }, icon("dots"));
  button.setAttribute("aria-label", `Edit your message “${shown.text.slice(0, 40)}”`);
  element.append(button);
  const edit = (event) => { event.preventDefault(); acts.edit(shown); };
  element.querySelector(".bubble").addEventListener("dblclick", edit);
  element.addEventListener("contextmenu", edit);
}

function bubble(shown, acts) {
  const box = make("div", { className: "bubble" });
  box.append(make("span", { className: "unseen", textContent: shown.own ? "You: " : "Bot: " }));
  if (shown.reply) box.append(make("div", { className: "reply", textContent: shown.reply }));
  const media = thing(shown);
  if (media) box.append(media);
  if (shown.sticker) box.classList.add("bare");
  if (shown.location || (shown.photo && !shown.caption)) box.classList.add("over");
  const words = shown.text ?? shown.caption;
  const text = make("div", { className: "text", dir: "auto" });
  if (words) text.append(rich(words, shown.entities ?? shown.caption_entities ?? [], acts));
  if (shown.reaction) text.append(document.createElement("br"), make("span", { className: "react", textContent: shown.reaction }));
  text.append(meta(shown));
  box.append(text);
  return box;
}

function meta(shown) {
  const line = make("span", { className: "meta" });
  if (shown.edit_date) line.append("edited ");
  line.append(make("span", { textContent: clockTime(shown.date) }));
  if (shown.own) line.append(icon("ticks"));
  return line;
}

/* entities */

/** Turn text and entities (UTF-16 offsets, as in JavaScript) into nodes. */
export function rich(text, entities, acts) {
  return stretch(text, [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length), 0, text.length, acts);
}

function stretch(text, entities, from, to, acts) {
  const nodes = document.createDocumentFragment();
  let at = from;
  for (let i = 0; i < entities.length;) {
    const entity = entities[i++];
    const end = Math.min(entity.offset + entity.length, to);
    const inner = [];
    while (i < entities.length && entities[i].offset < end) inner.push(entities[i++]);
    nodes.append(text.slice(at, entity.offset), dressed(entity, text.slice(entity.offset, end), stretch(text, inner, entity.offset, end, acts), acts));
    at = end;
  }
  nodes.append(text.slice(at, to));
  return nodes;
}

function dressed(entity, words, inner, acts) {
  if (PLAIN[entity.type]) return make(PLAIN[entity.type], {}, inner);
  switch (entity.type) {
    case "pre": return pre(entity, inner);
    case "text_link": return link(entity.url, inner);
    case "url": return link(words, inner);
    case "email": return link(`mailto:${words}`, inner);
    case "bot_command": return make("button", { type: "button", className: "command", onclick: () => acts.say(words) }, inner);
    case "blockquote": return make("blockquote", {}, make("div", { className: "inner" }, inner));
    case "expandable_blockquote": return folding(inner);
    case "spoiler": return spoiler(inner);
    case "date_time": return moment(entity, words);
    default: return make("span", {}, inner);
  }
}

function pre(entity, inner) {
  const block = make("pre", {}, inner);
  if (entity.language) block.dataset.language = entity.language;
  return block;
}

function link(address, inner) {
  const safe = /^(https?:|mailto:|tg:)/i.test(address) ? address : `https://${address}`;
  return make("a", { href: safe, target: "_blank", rel: "noreferrer noopener" }, inner);
}

/** A quote that shows three lines until it is opened; short ones need no button. */
function folding(inner) {
  const content = make("div", { className: "inner" }, inner);
  const button = make("button", { type: "button", className: "fold" }, icon("chevron"));
  const quote = make("blockquote", { className: "folds long" }, content, button);
  const toggle = () => {
    const open = quote.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", open ? "Fold the quote" : "Read the whole quote");
  };
  quote.classList.add("open");
  toggle();
  quote.addEventListener("click", (event) => { if (!getSelection().toString() && event.target.tagName !== "A") toggle(); });
  requestAnimationFrame(() => { button.hidden = content.scrollHeight <= content.clientHeight + 2; });
  return quote;
}

function spoiler(inner) {
  const hidden = make("span", { className: "spoiler", role: "button", tabIndex: 0, title: "Show" }, inner);
  const show = () => hidden.classList.add("shown");
  hidden.addEventListener("click", show);
  hidden.addEventListener("keydown", (event) => { if (event.key === "Enter") show(); });
  return hidden;
}

/** A moment in the reader's own time zone, by Telegram's format letters. */
function moment(entity, words) {
  const format = entity.date_time_format ?? "";
  const options = {};
  if (format.includes("w")) options.weekday = "long";
  if (format.includes("d")) options.dateStyle = "short";
  if (format.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/t/i.test(format)) Object.assign(options, { hour: "2-digit", minute: "2-digit" }, format.includes("T") ? { second: "2-digit" } : {});
  if (options.dateStyle) Object.assign(options, { dateStyle: undefined, day: "numeric", month: "numeric", year: "numeric" });
  const date = new Date(entity.unix_time * 1000);
  const shown = Object.keys(options).length ? date.toLocaleString("en-GB", options) : words;
  return make("time", { dateTime: date.toISOString(), title: date.toLocaleString("en-GB"), textContent: shown });
}

/* files and other things */

function thing(shown) {
  if (shown.photo) return photo(shown);
  if (shown.document) return file(shown.document);
  if (shown.sticker) return make("div", { className: "sticker", role: "img", ariaLabel: `Sticker ${shown.sticker.emoji}`, textContent: shown.sticker.emoji });
  if (shown.voice) return voice(shown.voice);
  if (shown.location) return map(shown.location);
  if (shown.contact) return card(icon("person"), shown.contact.first_name, shown.contact.phone_number);
  return null;
}

function photo(shown) {
  const picture = shown.photo.at(-1);
  const image = make("img", { src: `/phone/file/${picture.file_id}`, alt: shown.caption ?? "Photo", loading: "lazy" });
  if (picture.width > 40) image.style.aspectRatio = `${picture.width} / ${picture.height}`;
  const frame = make("a", { className: "photo", href: image.src, target: "_blank" }, image);
  if (!shown.caption) frame.classList.add("alone");
  return frame;
}

function file(document_) {
  const line = card(icon("file"), document_.file_name, size(document_.file_size), "a");
  return Object.assign(line, { href: `/phone/file/${document_.file_id}`, download: document_.file_name });
}

function card(picture, title, below, tag = "div") {
  return make(tag, { className: "file" }, make("span", { className: "disc" }, picture), make("span", {}, make("b", { textContent: title }), make("small", { textContent: below })));
}

const size = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

function voice(recording) {
  const wave = make("span", { className: "wave" });
  for (let i = 0; i < 26; i++) {
    const bar = make("i");
    bar.style.height = `${4 + Math.abs(Math.sin(i * 1.7) * 9 + Math.cos(i * 0.6) * 6)}px`;
    wave.append(bar);
  }
  const length = `0:${String(recording.duration).padStart(2, "0")}`;
  return make("div", { className: "file" }, make("span", { className: "disc" }, icon("play")), make("span", {}, wave, make("small", { textContent: `Voice message, ${length}` })));
}

function map(place) {
  const words = `${place.latitude.toFixed(2)}, ${place.longitude.toFixed(2)}`;
  return make("div", { className: "map", role: "img", ariaLabel: `Location ${words}` }, icon("pin"), make("small", { textContent: words }));
}

/* buttons */

function keys(rows, shown, acts) {
  return make("div", { className: "keys", role: "group", ariaLabel: "Buttons" }, ...rows.map((row) => make("div", {}, ...row.map((button) => key(button, shown, acts)))));
}

function key(button, shown, acts) {
  const look = { title: button.text, className: button.style ?? "" };
  if (button.url) return make("a", { ...look, href: button.url, target: "_blank", rel: "noreferrer noopener" }, button.text, icon("out"));
  const element = make("button", { ...look, type: "button" }, button.text);
  if (button.copy_text) {
    element.append(icon("copy"));
    element.onclick = () => acts.copy(button.copy_text.text);
  } else if (button.callback_data) {
    element.onclick = () => acts.tap(element, shown.message_id, button.callback_data);
  }
  return element;
}
