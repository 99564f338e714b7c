// The print button, for whoever has script; without it the page says which keys to press.
const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
