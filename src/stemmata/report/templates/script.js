// Pointing at an edit shows its counterpart; a link into a closed section opens it, and a link to a change marks its
// words in both texts; changes can be chosen by type, and visited one after the other; the small map shows what is in
// view, and leads there. The page works without.
(() => {
  const twins = (element, shown) => {
    const twin = element?.closest?.("[data-twin]")?.dataset.twin;
    if (!twin) return;
    for (const mark of document.querySelectorAll(`[data-twin="${twin}"]`)) mark.classList.toggle("shown", shown);
  };

  const filters = [...document.querySelectorAll(".filter")];
  const setUp = (filter) => {
    const part = filter.parentElement;
    const boxes = [...filter.querySelectorAll("input")];
    const entries = [...part.querySelectorAll("[data-type]")];
    const holders = [...part.querySelectorAll(".group, details")].filter((holder) => holder.querySelector("[data-type]"));
    const opened = new Set();
    const count = (some) => some.reduce((sum, box) => sum + Number(box.dataset.count), 0).toLocaleString("en");
    const choose = () => {
      const chosen = boxes.filter((box) => box.checked);
      const types = (chosen.length ? chosen : boxes).map((box) => box.value);
      for (const entry of entries) entry.hidden = !types.includes(entry.dataset.type);
      for (const holder of holders) holder.hidden = !holder.querySelector("[data-type]:not([hidden])");
      for (const fold of holders.filter((holder) => holder.open === false && !holder.hidden && chosen.length)) {
        fold.open = true;
        opened.add(fold);
      }
      if (!chosen.length) {
        for (const fold of opened) fold.open = false;
        opened.clear();
      }
      filter.querySelector("output").textContent = chosen.length ? `${count(chosen)} of ${count(boxes)} changes` : "";
    };
    filter.addEventListener("change", choose);
    filter.querySelector("button").addEventListener("click", () => {
      for (const box of boxes) box.checked = false;
      choose();
    });
    filter.hidden = false;
  };

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.closest("[hidden]")) {
      for (const filter of filters) if (filter.parentElement.contains(target)) filter.querySelector("button").click();
    }
    for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    for (const mark of document.querySelectorAll(".here, .spot")) mark.classList.remove("here", "spot");
    const [, at, number] = location.hash.match(/^#([\w-]*?)[sc](\d+)$/) ?? [];
    const words = number ? document.querySelectorAll(`[data-change~="${at}${number}"]`) : [];
    for (const mark of words) mark.classList.add("here");
    if (number) target?.classList.add("spot");
    target?.scrollIntoView();
  };

  // One change after the other: of the types that are chosen, and of facts alone where only these are marked.
  const steps = (reading) => {
    const places = [...reading.querySelectorAll(".cell:first-child :is(.note, .at)")];
    const said = reading.querySelector(".steps output");
    const facts = reading.querySelector("#facts-only");
    let at = null;
    const wanted = () => {
      const types = [...document.querySelectorAll("#changes .filter input:checked")].map((box) => box.value);
      return places.filter((one) => (!types.length || types.includes(one.dataset.of)) && (!facts?.checked || one.matches(".note")));
    };
    const words = (side, number) => {
      const marks = reading.querySelectorAll(`.cell:nth-child(${side}) [data-change~="${number}"]`);
      const text = [...marks].map((mark) => mark.textContent).join("").trim();
      const bdi = document.createElement("bdi");
      bdi.textContent = text.length > 60 ? `${text.slice(0, 59)}…` : text;
      return bdi.textContent ? [bdi] : [];
    };
    const tell = (one, i, all) => {
      const number = one.id.slice(1);
      const [before, after] = [words(1, number), words(2, number)];
      const between = before.length && after.length ? [" → "] : before.length ? [" only on the first side"] : [" only on the second side"];
      said.replaceChildren(`${i + 1} of ${all}: ${one.dataset.of} `, ...before, ...(before.length ? between : []), ...after, ...(before.length ? [] : between));
    };
    const step = (by, keep) => {
      const all = wanted();
      if (!all.length) return said.replaceChildren("no change is chosen");
      let i = all.indexOf(at);
      if (at && i < 0) {
        const after = all.findIndex((one) => at.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
        i = by > 0 ? (after < 0 ? all.length : after) : (after < 0 ? all.length : after) - 1;
      } else i = at ? i + by : by > 0 ? 0 : all.length - 1;
      if (i < 0 || i >= all.length) return said.replaceChildren(i < 0 ? "this is the first change" : "this is the last change");
      at = all[i];
      history.replaceState(null, "", `#${at.id}`);
      reveal();
      if (!keep) {
        at.tabIndex = at.matches("a") ? 0 : -1;
        at.focus({ preventScroll: true });
      }
      tell(at, i, all.length);
    };
    for (const button of reading.querySelectorAll("[data-step]")) button.addEventListener("click", () => step(Number(button.dataset.step), true));
    addEventListener("hashchange", () => { at = places.find((one) => one.id === location.hash.slice(1).replace(/^c/, "s")) ?? at; });
    for (const part of reading.querySelectorAll(".steps, .keys")) part.hidden = false;
    return step;
  };

  const keys = (reading, step) => {
    const help = reading.querySelector(".keys");
    const press = (id) => reading.querySelector(id)?.click();
    const deeds = {
      j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
      c: () => press("#changed-only"), f: () => press("#facts-only"), "?": () => { help.open = !help.open; },
    };
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") help.open = false;
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
      const deed = Object.hasOwn(deeds, event.key) ? deeds[event.key] : null;
      if (!deed) return;
      event.preventDefault();
      deed();
    });
  };

  // The small map: rows say where they begin in it, in thousandths.
  const map = (reading) => {
    const drawing = reading.querySelector(".minimap svg");
    const frame = drawing.querySelector(".frame");
    const every = [...reading.querySelectorAll(".row[data-top]")];
    const top = (row) => Number(row?.dataset.top ?? 1000);
    const below = new Map(every.map((row, i) => [row, every[i + 1]]));
    let rows = every;
    const first = (fits) => {
      let low = 0, high = rows.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (fits(rows[middle])) high = middle; else low = middle + 1;
      }
      return rows[low];
    };
    const place = (y) => {
      const row = first((one) => one.getBoundingClientRect().bottom > y);
      const { top: above, height } = row.getBoundingClientRect();
      const share = Math.min(1, Math.max(0, (y - above) / (height || 1)));
      return top(row) + share * (top(below.get(row)) - top(row));
    };
    let asked = false;
    const draw = () => {
      asked = false;
      const [low, high] = [place(0), place(innerHeight)];
      frame.setAttribute("y", low.toFixed(1));
      frame.setAttribute("height", Math.max(4, high - low).toFixed(1));
    };
    const ask = () => { if (!asked && rows.length) { asked = true; requestAnimationFrame(draw); } };
    const jump = (event) => {
      const { top: above, height } = drawing.getBoundingClientRect();
      const wanted = 1000 * Math.min(1, Math.max(0, (event.clientY - above) / height));
      const row = first((one) => top(below.get(one)) > wanted);
      const share = (wanted - top(row)) / (top(below.get(row)) - top(row));
      row.scrollIntoView({ block: "start", behavior: "instant" });
      scrollBy({ top: share * row.getBoundingClientRect().height - innerHeight / 2, behavior: "instant" });
    };
    let held = false, moved = false;
    drawing.addEventListener("pointerdown", () => { held = true; moved = false; });
    addEventListener("pointerup", () => { held = false; });
    addEventListener("pointermove", (event) => { if (held) { moved = true; jump(event); } });
    drawing.addEventListener("dragstart", (event) => event.preventDefault());
    drawing.addEventListener("click", (event) => {
      if (!moved && event.target.closest(".tick")) return;
      event.preventDefault();
      jump(event);
    });
    reading.querySelector("#changed-only").addEventListener("change", (event) => {
      rows = event.target.checked ? every.filter((row) => row.matches(".changed")) : every;
      ask();
    });
    if (reading.querySelector("#changed-only").checked) rows = every.filter((row) => row.matches(".changed"));
    addEventListener("scroll", ask, { passive: true });
    addEventListener("resize", ask);
    document.documentElement.classList.add("scripted");
    ask();
  };

  filters.forEach(setUp);
  const reading = document.querySelector(".beside");
  if (reading) {
    map(reading);
    if (reading.querySelector(".steps")) keys(reading, steps(reading));
  }
  addEventListener("mouseover", (event) => twins(event.target, true));
  addEventListener("mouseout", (event) => twins(event.target, false));
  addEventListener("hashchange", reveal);
  reveal();
})();
