// Pointing at an edit shows its counterpart. The page works without.
(() => {
  const twins = (element, shown) => {
    const twin = element?.closest?.("[data-twin]")?.dataset.twin;
    if (!twin) return;
    for (const mark of document.querySelectorAll(`[data-twin="${twin}"]`)) mark.classList.toggle("shown", shown);
  };
  addEventListener("mouseover", (event) => twins(event.target, true));
  addEventListener("mouseout", (event) => twins(event.target, false));
})();
