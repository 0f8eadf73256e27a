/* The bar with the bot's clock: shows business time and moves it. */

const $ = (id) => document.getElementById(id);
let ahead = 0;
let due = null;

/** Take how far the bot's clock is ahead, and when it will next write. */
export function followClock(clock) {
  ahead = clock.ahead;
  due = clock.next_due;
  tick();
}

function tick() {
  const now = new Date(Date.now() + ahead * 1000);
  const options = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  $("clock-time").textContent = now.toLocaleString("en-GB", options).replace(",", "");
  $("clock-time").dateTime = now.toISOString();
  $("clock-ahead").hidden = Math.abs(ahead) < 30;
  $("clock-ahead").textContent = `${spell(Math.abs(ahead))} ${ahead > 0 ? "ahead" : "behind"}`;
  document.querySelector("[data-to]").disabled = due === null;
  $("clock-next").textContent = due === null ? "The bot has nothing planned." : `The bot writes next in ${spell(due - now / 1000)}.`;
}

function spell(seconds) {
  const minutes = Math.max(Math.round(seconds / 60), 0);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [[days, days === 1 ? "day" : "days"], [hours, "h"], [days ? 0 : minutes % 60, "min"]];
  return parts.filter(([count]) => count).map(([count, unit]) => `${count} ${unit}`).join(" ") || "less than a minute";
}

async function move(body) {
  const answer = await fetch("/phone/clock", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (answer.ok) followClock(await answer.json());
}

for (const button of document.querySelectorAll("[data-move]")) button.onclick = () => move({ move: Number(button.dataset.move) });
document.querySelector("[data-to]").onclick = () => move({ to: "next" });
document.querySelector("[data-reset]").onclick = () => move({ reset: true });
setInterval(tick, 1000);
