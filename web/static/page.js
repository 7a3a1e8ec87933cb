// Better with it, whole without it: "/" goes to the search field; where the style sheet cannot unfold the filters on a
// wide screen (no ::details-content), they are opened here.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.getElementById("q");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches) {
  document.querySelectorAll("details.filters").forEach((filters) => { filters.open = true; });
}
