// The microphone, open only while she reads: its sound as it is, and how loud that is.
const PLAIN = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const FLOOR = -60, QUIET = -36, LOUD = -9, PEAK = -1; // dB of full scale
const LAST_SECONDS = 0.1; // in which Stop is pressed

export const share = (level) => Math.min(1, Math.max(0, (level - FLOOR) / -FLOOR));
export const ZONES = { quiet: share(QUIET), loud: share(LOUD) };
export const zone = (level, peak) => (level < QUIET ? "quiet" : level > LOUD || peak > PEAK ? "loud" : "good");

// What a trial says: how loud the loudest tenth of a second was, and how loud the room is without her.
const SILENT = -55, ROOM = -48;
export function heardAs(all) {
  const levels = all.map((each) => each.level).sort((one, other) => one - other);
  const loudest = levels.at(-1) ?? -Infinity, room = levels[Math.floor(levels.length / 10)];
  if (loudest < SILENT) return ["Nothing is heard.", "See that the microphone is on, and that it is the one chosen beside the address."];
  const where = zone(loudest, Math.max(...all.map((each) => each.peak)));
  if (where === "quiet") return ["I hear you, a little faintly.", "Come a hand’s width nearer, and try once more."];
  if (where === "loud") return ["I hear you, a little loudly.", "Move a hand’s width away, and try once more."];
  if (room > ROOM) return ["I hear you well, and the room as well.", "Close the window or switch off a fan, if you can. Or press Record."];
  return ["I hear you well. The room sounds quiet.", "Press Record when you are ready."];
}

const decibels = (value) => 20 * Math.log10(Math.max(value, 1e-6));

// Begins to listen; `heard` is told ten times a second how loud it is, `gone` once when the microphone
// is not there any more: unplugged, taken by another program, or gone with a lid that was closed.
export async function listen(heard, gone) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: PLAIN });
  const context = new AudioContext();
  await context.audioWorklet.addModule("/assets/capture.js");
  const node = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
  const pieces = [];
  let count = 0;
  node.port.onmessage = ({ data }) => {
    let power = 0, peak = 0, length = 0;
    for (const piece of data) {
      pieces.push(piece);
      length += piece.length;
      for (const sample of piece) { power += sample * sample; peak = Math.max(peak, Math.abs(sample)); }
    }
    count += length;
    heard({ level: decibels(Math.sqrt(power / length)), peak: decibels(peak), seconds: count / context.sampleRate });
  };
  stream.getAudioTracks()[0].addEventListener("ended", gone, { once: true });
  context.createMediaStreamSource(stream).connect(node);
  return {
    async stop() {
      for (const track of stream.getTracks()) track.stop();
      await context.close();
      const kept = Math.max(0, count - Math.round(LAST_SECONDS * context.sampleRate));
      return wav(pieces, kept, context.sampleRate);
    },
  };
}

// Sound as a WAV file of 16 bits (RIFF, PCM).
function wav(pieces, count, rate) {
  const view = new DataView(new ArrayBuffer(44 + 2 * count));
  const text = (at, letters) => [...letters].forEach((letter, more) => view.setUint8(at + more, letter.charCodeAt(0)));
  text(0, "RIFF"); view.setUint32(4, 36 + 2 * count, true); text(8, "WAVEfmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
  view.setUint32(24, rate, true); view.setUint32(28, 2 * rate, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true);
  text(36, "data"); view.setUint32(40, 2 * count, true);
  let at = 0;
  for (const piece of pieces) for (const sample of piece) {
    if (at >= count) return new Blob([view], { type: "audio/wav" });
    view.setInt16(44 + 2 * at, Math.max(-1, Math.min(1, sample)) * 32767, true);
    at += 1;
  }
  return new Blob([view], { type: "audio/wav" });
}
