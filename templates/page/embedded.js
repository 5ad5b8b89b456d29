// In a frame on somebody's page: what the script plays is shown once it is there.
for (const each of document.querySelectorAll(".controls [hidden]")) each.hidden = false;
sound.audio.addEventListener("play", () => document.body.classList.add("begun"));
