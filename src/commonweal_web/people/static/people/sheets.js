// Offers the printer's dialogue, and asks before a page is left that cannot be shown again.
const button = document.getElementById("print-sheets");
let isPrinted = false;
button.hidden = false;
button.addEventListener("click", () => window.print());
addEventListener("afterprint", () => { isPrinted = true; });
addEventListener("beforeunload", (event) => { if (!isPrinted) event.preventDefault(); });
