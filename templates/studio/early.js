// What is pressed before the page's own script has come is done once it is there.
// That script is a module: browsers run it before DOMContentLoaded. Links, and forms that are sent
// without it, need not wait.
{
  const pressed = new Set();
  const hold = (event) => {
    const there = event.target.closest("button[type=button], label, input");
    if (!there) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed.add(there);
  };
  addEventListener("click", hold, true);
  addEventListener("DOMContentLoaded", () => {
    removeEventListener("click", hold, true);
    for (const each of pressed) each.click();
  });
}
