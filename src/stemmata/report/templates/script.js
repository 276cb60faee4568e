// Pointing at an edit shows its counterpart; a link into a closed section opens it, and a link to a change marks its
// words in both texts; changes can be chosen by type. The page works without.
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
    for (const mark of document.querySelectorAll(".here")) mark.classList.remove("here");
    const [, at, number] = location.hash.match(/^#([\w-]*?)[sc](\d+)$/) ?? [];
    const words = number ? document.querySelectorAll(`[data-change~="${at}${number}"]`) : [];
    for (const mark of words) mark.classList.add("here");
    target?.scrollIntoView();
  };

  filters.forEach(setUp);
  addEventListener("mouseover", (event) => twins(event.target, true));
  addEventListener("mouseout", (event) => twins(event.target, false));
  addEventListener("hashchange", reveal);
  reveal();
})();
