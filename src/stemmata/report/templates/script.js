// Pointing at an edit shows its counterpart, and a link into a closed section opens it. The page works without.
(() => {
  const twins = (element, shown) => {
    const twin = element?.closest?.("[data-twin]")?.dataset.twin;
    if (!twin) return;
    for (const mark of document.querySelectorAll(`[data-twin="${twin}"]`)) mark.classList.toggle("shown", shown);
  };
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    target?.scrollIntoView();
  };
  addEventListener("mouseover", (event) => twins(event.target, true));
  addEventListener("mouseout", (event) => twins(event.target, false));
  addEventListener("hashchange", reveal);
  reveal();
})();
