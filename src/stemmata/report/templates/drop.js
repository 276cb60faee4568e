// Files that are dropped anywhere on the page are sent; and how far the work is, is looked up while one waits. The pages
// work without.
(() => {
  const form = document.querySelector("form.drop");
  if (form) {
    const files = form.querySelector("input[type=file]");
    const over = (event, shown) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.toggle("over", shown);
    };
    addEventListener("dragover", (event) => over(event, true));
    addEventListener("dragleave", (event) => over(event, false));
    addEventListener("drop", (event) => {
      over(event, false);
      if (!event.dataTransfer?.files.length) return;
      files.files = event.dataTransfer.files;
      form.requestSubmit();
    });
    form.addEventListener("submit", () => {
      form.querySelector("button").textContent = "Sending…";
    });
  }

  const working = document.querySelector("[data-progress]");
  if (working) {
    const line = working.querySelector(".line");
    const look = async () => {
      let told = null;
      try {
        const answer = await fetch(working.dataset.progress);
        told = answer.ok ? await answer.json() : null;
      } catch {
        // the server may be gone for a moment
      }
      if (told && told.state !== "waiting" && told.state !== "working") return location.reload();
      if (told) {
        line.textContent = told.ahead ? `${told.ahead} to be done before` : told.line;
        const bar = working.querySelector("progress") ?? document.createElement("progress");
        if (told.total) {
          bar.max = told.total;
          bar.value = told.done;
          line.after(bar);
        } else {
          bar.remove();
        }
      }
      setTimeout(look, 1000);
    };
    setTimeout(look, 500);
  }
})();
