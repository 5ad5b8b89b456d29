"use strict";
// What every player of ours does with the browser's own: play and pause, ten seconds back and on,
// the place, the speed, the lock screen. Without a script the browser's player stands there.
const sound = (() => {
  const $ = (selector) => document.querySelector(selector);
  const audio = $("audio"), place = $("[data-place]"), at = $("[data-at]"), status = $(".status");
  const buttons = [...document.querySelectorAll("[data-toggle]")];
  audio.removeAttribute("controls");

  const clock = (seconds) => {
    const whole = Math.floor(seconds), rest = String(whole % 60).padStart(2, "0");
    return `${Math.floor(whole / 60)}:${rest}`;
  };
  const spoken = (seconds) => {
    const minutes = Math.floor(seconds / 60), rest = Math.floor(seconds % 60);
    const long = minutes === 1 ? say("{n} minute", { n: minutes }) : say("{n} minutes", { n: minutes });
    const left = rest === 1 ? say("{n} second", { n: rest }) : say("{n} seconds", { n: rest });
    return minutes ? `${long} ${left}` : left;
  };
  const failed = (error) => {
    if (error?.name === "AbortError") return;
    status.textContent = say("The sound cannot be played here. Its file is offered on the article’s page.");
    audio.setAttribute("controls", "");
  };
  const play = () => audio.play().catch(failed);
  const toggle = () => { if (audio.paused) play(); else audio.pause(); };
  const skip = (by) => { audio.currentTime = Math.max(0, audio.currentTime + by); };

  const shown = () => {
    const time = audio.currentTime;
    at.textContent = clock(time);
    if (document.activeElement !== place || !place.dataset.moving) place.value = time;
    place.setAttribute("aria-valuetext", say("{place} of {length}", { place: spoken(time), length: spoken(Number(place.max)) }));
    place.style.setProperty("--part", `${(100 * time) / Number(place.max)}%`);
  };
  const labelled = () => {
    for (const each of buttons) {
      each.classList.toggle("heard", !audio.paused);
      each.setAttribute("aria-label", audio.paused ? say("Play") : say("Pause"));
    }
  };
  for (const each of buttons) each.addEventListener("click", toggle);
  for (const each of document.querySelectorAll("[data-skip]")) {
    each.addEventListener("click", () => skip(Number(each.dataset.skip)));
  }
  for (const [event, moving] of [["pointerdown", "yes"], ["pointerup", ""], ["pointercancel", ""]]) {
    place.addEventListener(event, () => { place.dataset.moving = moving; });
  }
  place.addEventListener("input", () => { audio.currentTime = Number(place.value); });
  $("[data-speed]").addEventListener("change", (event) => {
    audio.playbackRate = audio.defaultPlaybackRate = Number(event.target.value);
  });
  for (const event of ["timeupdate", "seeking", "seeked"]) audio.addEventListener(event, shown);
  for (const event of ["play", "pause"]) audio.addEventListener(event, labelled);
  audio.addEventListener("error", failed);

  if (navigator.mediaSession && window.MediaMetadata) {
    const { title, artist, album, cover } = document.body.dataset;
    const artwork = /^https?:/.test(location.protocol) && cover ? [{ src: new URL(cover, document.baseURI).href, type: "image/jpeg" }] : [];
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist, album, artwork });
    navigator.mediaSession.setActionHandler("seekbackward", () => skip(-10));
    navigator.mediaSession.setActionHandler("seekforward", () => skip(10));
  }
  shown();
  labelled();
  return { audio, clock, failed, play, skip, toggle };
})();
