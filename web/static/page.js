// Better with it, whole without it: "/" goes to the search field, which offers what the typed words may become; the rows
// of a table shown are sorted by a column that the server has no order for; where the style sheet cannot unfold the filters on a wide screen (no ::details-content),
// they are opened here.
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

const PAUSE = 120;  // milliseconds without a key before the server is asked

function offerSuggestions(field) {
  const list = document.createElement("datalist");
  list.id = "vorschlaege";
  field.after(list);
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = field.value;
      const answer = await fetch(`/api/suggest?${new URLSearchParams({ q: typed })}`).catch(() => null);
      if (!answer?.ok || field.value !== typed) return;
      const found = await answer.json();
      list.replaceChildren(...found.map(({ text, count, query }) => {
        const option = new Option(`${text} (${count})`, query);
        option.label = option.text;
        return option;
      }));
      field.setAttribute("list", list.id);
    }, PAUSE);
  });
}

document.querySelectorAll("#q").forEach(offerSuggestions);

if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches) {
  document.querySelectorAll("details.filters").forEach((filters) => { filters.open = true; });
}

function sortRows(head) {
  const table = head.closest("table");
  const descending = head.getAttribute("aria-sort") === "ascending";
  const text = (row) => row.cells[head.cellIndex].textContent.trim();
  const order = new Intl.Collator("de", { numeric: true });
  const rows = [...table.tBodies[0].rows].sort((a, b) => order.compare(text(a), text(b)) * (descending ? -1 : 1));
  table.querySelectorAll("th[aria-sort]").forEach((other) => { other.removeAttribute("aria-sort"); });
  head.setAttribute("aria-sort", descending ? "descending" : "ascending");
  table.tBodies[0].append(...rows);
}

document.querySelectorAll("th[data-sort]").forEach((head) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  button.addEventListener("click", () => { sortRows(head); });
  head.append(button);
});
