// Leaves the page when nobody touched it for a while, and keeps the session while somebody types.
const own = document.currentScript.dataset;
const idle = Number(own.idle) * 1000;
const warnBefore = Math.min(60000, idle / 2);
let leaving = 0;
let warning = 0;
let told = Date.now();
const leave = () => location.replace(own.leaveTo);
const note = document.createElement("p");
note.className = "idle message message-warning";
note.setAttribute("role", "alert");
const warn = () => {
  note.textContent = own.soon;
  document.body.append(note);
};
const anew = () => {
  clearTimeout(leaving);
  clearTimeout(warning);
  note.remove();
  warning = setTimeout(warn, idle - warnBefore);
  leaving = setTimeout(leave, idle + 2000);
};
const touched = () => {
  anew();
  if (Date.now() - told > 30000) {
    told = Date.now();
    fetch(own.stillHere, { credentials: "same-origin", cache: "no-store" }).catch(() => {});
  }
};
for (const sign of ["keydown", "pointerdown", "input", "scroll"]) {
  addEventListener(sign, touched, { passive: true });
}
// A sleeping phone wakes with old timers: ask the server by loading the page again.
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && Date.now() - told > idle) location.reload();
});
addEventListener("pageshow", (event) => event.persisted && location.reload());
anew();
