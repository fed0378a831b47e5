// Takes a code out of the address that a printed picture opens, and out of the address bar with it.
// The part behind "#" is never sent to the server. Without this script one types the code.
const printed = decodeURIComponent(location.hash.slice(1));
if (printed) {
  history.replaceState(null, "", location.pathname + location.search);
  const field = document.querySelector("#by-code input[name=code]");
  if (field && /^[0-9A-Za-z -]{16,40}$/.test(printed)) {
    field.value = printed;
  }
}
// A page that the browser kept would show the code again: begin anew instead.
addEventListener("pageshow", (event) => event.persisted && location.reload());
