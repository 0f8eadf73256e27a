/* The page: draws what the server streams, sends what the person does. */

import { make, message } from "/phone/page/messages.js";
import { followClock } from "/phone/page/clock.js";

const PLACES = [
  ["Berlin", 52.52, 13.405], ["London", 51.507, -0.128], ["New York", 40.713, -74.006], ["São Paulo", -23.55, -46.633],
  ["Nairobi", -1.286, 36.817], ["Mumbai", 19.076, 72.878], ["Tokyo", 35.68, 139.76], ["Sydney", -33.868, 151.209],
];
const BUSY = { typing: "typing", upload_photo: "sending a photo", upload_document: "sending a file" };
const $ = (id) => document.getElementById(id);
const drawn = new Map();
let screen = null;
let stream = null;
let person = sessionStorage.getItem("person") ?? localStorage.getItem("person") ?? "1001";
let edited = null;
let keysHidden = false;

/* sending */

async function post(act, body = {}) {
  const answer = await fetch(`/phone/${act}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ person, ...body }),
  });
  if (!answer.ok) throw new Error(`${act}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const act = (name, body) => post(name, body).catch((error) => toast(error.message));

const acts = {
  say: (text) => act("say", { text }),
  edit: startEditing,
  copy: (text) => navigator.clipboard.writeText(text).then(() => toast("Copied")),
  async tap(button, message_id, data) {
    if (button.classList.contains("waits")) return;
    button.classList.add("waits");
    button.setAttribute("aria-busy", "true");
    const answer = await act("tap", { message_id, data });
    button.classList.remove("waits");
    button.removeAttribute("aria-busy");
    if (answer?.text) (answer.show_alert ? alertBox : toast)(answer.text);
  },
};

function send() {
  const text = $("words").value.trim();
  if (!text) return;
  if (edited) act("edit", { message_id: edited.message_id, text });
  else act("say", { text });
  stopEditing();
  $("words").value = "";
  grow();
  $("words").focus();
}

function startEditing(shown) {
  edited = shown;
  $("editing").hidden = false;
  $("edited-text").textContent = shown.text;
  $("words").value = shown.text;
  grow();
  $("words").focus();
}

function stopEditing() {
  if (edited) $("words").value = "";
  edited = null;
  $("editing").hidden = true;
  grow();
}

/* drawing */

function draw(next) {
  const first = screen === null;
  screen = next;
  const { bot, person: who } = next;
  $("bot-name").textContent = bot.name;
  $("status").textContent = next.typing ? BUSY[next.typing] ?? "busy" : "bot";
  $("status").classList.toggle("busy", Boolean(next.typing));
  $("description").textContent = bot.description;
  $("about").hidden = next.messages.length > 0 || !bot.description;
  $("start").hidden = who.state === "started" && next.messages.length > 0;
  $("start").textContent = who.state === "blocked" ? "UNBLOCK" : "START";
  const begins = !first && $("composer").hidden && $("start").hidden;
  $("composer").hidden = !$("start").hidden;
  if (begins) $("words").focus();
  $("commands").hidden = next.commands.length === 0;
  drawPeople(next);
  drawMessages(next.messages, first);
  drawKeyboard(next.keyboard);
  followClock(next.clock);
}

function drawPeople({ people, person: who }) {
  const wanted = JSON.stringify([people, who.id]);
  if ($("people").dataset.drawn === wanted) return;
  $("people").dataset.drawn = wanted;
  const options = people.map((each) => new Option(each.name, each.id, false, each.id === who.id));
  $("people").replaceChildren(...options, new Option("Somebody new…", "new"));
}

function drawMessages(messages, first) {
  const near = first || atBottom();
  const grew = messages.length && !drawn.has(messages.at(-1).message_id);
  const nodes = [];
  messages.forEach((shown, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    const newDay = !before || day(before) !== day(shown);
    if (newDay) nodes.push(dayMark(shown));
    const node = messageNode(shown, first);
    node.classList.toggle("first", newDay || before.own !== shown.own);
    node.classList.toggle("last", !after || after.own !== shown.own || day(after) !== day(shown));
    nodes.push(node);
  });
  arrange(nodes);
  const own = grew && messages.at(-1).own;
  if (first || own || near) toBottom(first ? "instant" : "smooth");
}

function messageNode(shown, first) {
  const known = drawn.get(shown.message_id);
  const source = JSON.stringify(shown);
  if (known?.source === source) return known.node;
  const node = message(shown, acts);
  if (!known && !first) node.classList.add("fresh");
  if (known?.node.contains(document.activeElement)) moveFocus(node);
  drawn.set(shown.message_id, { source, node });
  return node;
}

/** When the button that had the focus goes away, the keyboard user goes on at its successor. */
function moveFocus(node) {
  queueMicrotask(() => (node.querySelector(".keys button, .keys a") ?? $("words")).focus({ preventScroll: true }));
}

function dayMark(shown) {
  const key = `day ${day(shown)}`;
  const known = drawn.get(key);
  if (known) return known.node;
  const node = make("div", { className: "day", textContent: day(shown) });
  drawn.set(key, { node });
  return node;
}

const day = (shown) => new Date(shown.date * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "long" });

/** Put exactly these nodes into the log, touching only what differs. */
function arrange(nodes) {
  const wanted = new Set(nodes);
  for (const child of [...$("log").children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    const there = $("log").children[index];
    if (there !== node) $("log").insertBefore(node, there ?? null);
  });
}

function drawKeyboard(markup) {
  const rows = markup?.keyboard ?? [];
  $("words").placeholder = markup?.input_field_placeholder ?? "Message";
  $("keys").hidden = !rows.length;
  const source = JSON.stringify(rows);
  if ($("keyboard").dataset.drawn !== source) {
    $("keyboard").dataset.drawn = source;
    keysHidden = false;
    $("keyboard").replaceChildren(...rows.map((row) => make("div", {}, ...row.map(answerKey))));
  }
  $("keyboard").hidden = !rows.length || keysHidden || $("composer").hidden;
  $("keys").setAttribute("aria-expanded", String(!$("keyboard").hidden));
}

function answerKey(button) {
  const { text, style, request_location, request_contact } = typeof button === "string" ? { text: button } : button;
  const press = () => {
    if (request_location) $("places").showModal();
    else if (request_contact) act("contact");
    else acts.say(text);
  };
  return make("button", { type: "button", className: style ?? "", textContent: text, onclick: press });
}

/* scrolling */

const atBottom = () => $("scroller").scrollHeight - $("scroller").scrollTop - $("scroller").clientHeight < 90;

function toBottom(behavior = "smooth") {
  requestAnimationFrame(() => $("scroller").scrollTo({ top: $("scroller").scrollHeight, behavior }));
}

/* short notices and menus */

let toastTimer;
function toast(words) {
  $("toast").textContent = words;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 3500);
}

function alertBox(words) {
  $("alert").querySelector("p").textContent = words;
  $("alert").showModal();
}

let opener = null;
function popup(button, place, items) {
  if (opener === button) return closePopup();
  closePopup();
  opener = button;
  button.setAttribute("aria-expanded", "true");
  $("popup").className = place;
  $("popup").replaceChildren(...items.map(([label, does, extra = {}]) => {
    const item = make("button", { type: "button", className: extra.className ?? "", onclick: () => { closePopup(true); does(); } }, make("span", { textContent: label }));
    if (extra.note) item.append(make("small", { textContent: extra.note }));
    item.setAttribute("role", "menuitem");
    return item;
  }));
  $("popup").hidden = false;
  $("popup").querySelector("button")?.focus();
}

function closePopup(andReturn = false) {
  $("popup").hidden = true;
  opener?.setAttribute("aria-expanded", "false");
  if (andReturn) opener?.focus();
  opener = null;
}

function walkPopup(event) {
  const items = [...$("popup").children];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  }
  if (event.key === "Escape") closePopup(true);
}

const attachments = () => [
  ["📷  Photo", () => act("photo")], ["🎤  Voice message", () => act("voice")], ["🙂  Sticker", () => act("sticker")],
  ["📍  Location", () => $("places").showModal()], ["👤  Contact", () => act("contact")],
];
const commands = () => screen.commands.map((each) => [`/${each.command}`, () => acts.say(`/${each.command}`), { note: each.description }]);
const more = () => {
  const blocked = screen.person.state === "blocked";
  return [
    ["Scroll to the beginning", () => $("scroller").scrollTo({ top: 0, behavior: "smooth" })],
    blocked ? ["Unblock the bot", () => act("unblock")] : ["Block the bot", () => act("block"), { className: "danger" }],
  ];
};

function grow() {
  const field = $("words");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
  $("send").hidden = !field.value.trim();
  $("attach").hidden = !$("send").hidden;
}

/* beginning */

function listen() {
  stream?.close();
  drawn.clear();
  $("log").replaceChildren();
  screen = null;
  stopEditing();
  sessionStorage.setItem("person", person);
  localStorage.setItem("person", person);
  stream = new EventSource(`/phone/events?person=${encodeURIComponent(person)}`);
  stream.onmessage = (event) => draw(JSON.parse(event.data));
  stream.onerror = () => {
    $("status").textContent = "connecting…";
    if (stream.readyState === EventSource.CLOSED && person !== "1001") { person = "1001"; setTimeout(listen, 500); }
  };
}

$("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
$("words").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  if (event.key === "Escape" && edited) stopEditing();
});
$("words").addEventListener("input", () => {
  grow();
  if ($("words").value === "/" && screen?.commands.length) { $("words").value = ""; grow(); popup($("commands"), "above commands", commands()); }
});
$("stop-editing").onclick = () => { stopEditing(); $("words").focus(); };
$("start").onclick = () => act(screen.person.state === "blocked" ? "unblock" : "start");
$("attach").onclick = () => popup($("attach"), "above", attachments());
$("commands").onclick = () => popup($("commands"), "above commands", commands());
$("more").onclick = () => popup($("more"), "below", more());
$("keys").onclick = () => { keysHidden = !keysHidden; drawKeyboard(screen.keyboard); };
$("down").onclick = () => toBottom();
$("popup").addEventListener("keydown", walkPopup);
document.addEventListener("click", (event) => { if (opener && !$("popup").contains(event.target) && !opener.contains(event.target)) closePopup(); });
$("scroller").addEventListener("scroll", () => { $("down").hidden = atBottom(); });
new ResizeObserver(() => { if (screen && $("down").hidden) toBottom("instant"); }).observe($("scroller"));
$("people").onchange = async () => {
  const chosen = $("people").value;
  person = chosen === "new" ? String((await post("person", { name: prompt("What is their name?") ?? "" })).id) : chosen;
  listen();
};
$("places").querySelector(".list").append(...PLACES.map(([name, latitude, longitude]) =>
  make("button", { type: "button", textContent: name, onclick: () => { $("places").close(); act("location", { latitude, longitude }); } })));
grow();
listen();
