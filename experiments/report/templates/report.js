"use strict";
(() => {
  const all = (query) => Array.from(document.querySelectorAll(query));
  const numbers = (text) => (text || "").split(" ").filter(Boolean).map(Number);
  const data = JSON.parse(document.getElementById("data").textContent);
  const note = document.getElementById("note");
  const off = new Set();
  let current = -1;
  // A note that was clicked or reached by keyboard stays until Escape or the next one.
  let pinned = false;

  const speak = () => document.documentElement.lang;
  document.getElementById("language").addEventListener("click", () => {
    const to = speak() === "en" ? "de" : "en";
    document.documentElement.lang = to;
    all("[data-en]").forEach((e) => { e.textContent = e.dataset[to]; });
  });

  const linked = (number) => all("[data-f], [data-r]").forEach((e) => {
    const here = numbers(e.dataset.f).includes(number) || numbers(e.dataset.r).includes(number);
    e.classList.toggle("linked", here && e.tagName !== "BUTTON");
  });

  const hide = () => { note.hidden = true; pinned = false; linked(-1); };
  const show = (found) => {
    note.textContent = found.map((n) => data.findings[n].note).join("\n");
    note.hidden = false;
    linked(found[0]);
  };
  const go = (number) => {
    if (!data.findings.length) { return; }
    current = (number + data.findings.length) % data.findings.length;
    const place = all("mark").find((m) => numbers(m.dataset.f).includes(current));
    const target = place || document.getElementById("finding-" + current);
    target.scrollIntoView({ block: "center" });
    if (place) { place.focus(); }
    pinned = true;
    show([current]);
  };
  const toggle = (number) => {
    if (number < 0) { return; }
    if (off.has(number)) { off.delete(number); } else { off.add(number); }
    all("button.alarm").forEach((b) => { b.setAttribute("aria-pressed", String(off.has(Number(b.dataset.f)))); });
    all("aside li").forEach((e) => e.classList.toggle("off", off.has(Number(e.dataset.f))));
    all("mark").forEach((m) => m.classList.toggle("off", numbers(m.dataset.f).every((n) => off.has(n))));
  };

  all("mark").forEach((m) => {
    const found = numbers(m.dataset.f);
    const open = () => { current = found[0]; pinned = true; show(found); };
    m.addEventListener("mouseenter", () => { if (!pinned) { show(found); } });
    m.addEventListener("mouseleave", () => { if (!pinned) { hide(); } });
    m.addEventListener("click", () => { open(); document.getElementById("finding-" + current).scrollIntoView({ block: "nearest" }); });
    m.addEventListener("focus", open);
    m.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); open(); } });
  });
  all("button.show").forEach((b) => b.addEventListener("click", () => go(Number(b.dataset.f))));
  all("button.alarm").forEach((b) => b.addEventListener("click", () => toggle(Number(b.dataset.f))));
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) { return; }
    if (e.key === "n") { go(current + 1); }
    if (e.key === "p") { go(current - 1); }
    if (e.key === "f") { toggle(current); }
    if (e.key === "Escape") { hide(); }
  });

  const record = () => JSON.stringify({
    ...data.article,
    reviewed: data.findings.filter((_, n) => !off.has(n)),
    false_alarms: data.findings.filter((_, n) => off.has(n)),
  }) + "\n";
  document.getElementById("export").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([record()], { type: "application/jsonl" }));
    link.download = "marks.jsonl";
    link.click();
    URL.revokeObjectURL(link.href);
  });
})();
