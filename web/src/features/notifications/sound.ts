/** Notes of the sound, in hertz, and when each begins, in seconds. */
const NOTES = [
  { pitch: 659, at: 0 },
  { pitch: 880, at: 0.09 },
] as const;
const LENGTH_S = 0.35;

let context: AudioContext | undefined;

/** Two soft notes, made here, so that no file has to come. `volume` is of 100. */
export function playSound(volume: number): void {
  try {
    context ??= new AudioContext();
    // Without a gesture before, a browser lets nothing be heard.
    void context.resume().catch(() => {});
    for (const { pitch, at } of NOTES) {
      const begin = context.currentTime + at;
      const note = context.createOscillator();
      const gain = context.createGain();
      note.frequency.value = pitch;
      gain.gain.setValueAtTime(0.0001, begin);
      gain.gain.exponentialRampToValueAtTime(Math.max(0.001, (volume / 100) * 0.4), begin + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, begin + LENGTH_S);
      note.connect(gain).connect(context.destination);
      note.start(begin);
      note.stop(begin + LENGTH_S);
    }
  } catch {
    // A browser without sound.
  }
}
