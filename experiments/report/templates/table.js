"use strict";
(() => {
  const all = (query, inside = document) => Array.from(inside.querySelectorAll(query));
  document.getElementById("language").addEventListener("click", () => {
    const to = document.documentElement.lang === "en" ? "de" : "en";
    document.documentElement.lang = to;
    all("[data-en]").forEach((e) => { e.textContent = e.dataset[to]; });
  });

  const value = (row, column, number) => {
    const cell = row.cells[column];
    return number ? Number(cell.dataset.value) : cell.textContent.trim().toLowerCase();
  };
  all("table.sortable").forEach((table) => all("th", table).forEach((head, column) => {
    head.querySelector("button").addEventListener("click", () => {
      const number = head.hasAttribute("data-number");
      const up = head.getAttribute("aria-sort") !== "ascending";
      all("th", table).forEach((h) => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = Array.from(table.tBodies[0].rows);
      rows.sort((a, b) => {
        const [x, y] = [value(a, column, number), value(b, column, number)];
        return (x < y ? -1 : x > y ? 1 : 0) * (up ? 1 : -1);
      });
      rows.forEach((r) => { r.classList.remove("first"); table.tBodies[0].append(r); });
    });
  }));

  const filters = all("select[data-filter]");
  const filter = () => all("tr[data-task]").forEach((row) => {
    row.hidden = !filters.every((s) => !s.value || row.dataset[s.dataset.filter] === s.value);
  });
  filters.forEach((s) => s.addEventListener("change", filter));
  if (filters.length) { filter(); }
})();
