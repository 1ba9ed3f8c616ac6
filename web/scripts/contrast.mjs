// Whether every text can be read: the contrast of the colours that stand on each other, in both themes.
import { readdirSync, readFileSync } from 'node:fs';

/** What WCAG asks of text of usual size. */
export const LEAST = 4.5;
/** Grounds on which a person reads, and what is written on all of them. */
const GROUNDS = ['background', 'surface', 'surface-2', 'raised', 'hover'];
const INKS = ['text', 'muted', 'accent', 'danger', 'mention-strong'];
/** What stands on a ground that another rule has set. */
const PAIRS = [
  ['text', 'surface-3'],
  ['accent', 'accent-soft'],
  ['text', 'accent-soft'],
  ['text', 'mention-soft'],
  ['muted', 'mention-soft'],
  ['danger', 'danger-soft'],
  ['warning', 'warning-soft'],
  ['text', 'warning-soft'],
  ['text', 'found'],
  ['accent-text', 'danger-solid'],
  ['accent-text', 'mention-solid'],
  ['bubble-own-text', 'bubble-own'],
  ['bubble-other-text', 'bubble-other'],
  ['muted', 'bubble-other'],
  ['code-keyword', 'surface'],
  ['code-string', 'surface'],
  ['code-type', 'surface'],
];

/** Each token with its colour in the light and in the dark, as lightness, chroma and hue. */
export function readTokens(css) {
  const oklch = String.raw`oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)`;
  const one = new RegExp(String.raw`--([\w-]+):\s*${oklch};`, 'g');
  const two = new RegExp(String.raw`--([\w-]+):\s*light-dark\(${oklch}, ${oklch}\);`, 'g');
  const tokens = new Map();
  for (const [, name, ...numbers] of css.matchAll(one)) {
    const colour = numbers.map(Number);
    tokens.set(name, { light: colour, dark: colour });
  }
  for (const [, name, ...numbers] of css.matchAll(two)) {
    const all = numbers.map(Number);
    tokens.set(name, { light: all.slice(0, 3), dark: all.slice(3) });
  }
  return tokens;
}

/** The pairs that one rule sets together: `color` and `background`, both by a token. */
export function pairsOf(css) {
  return [...css.matchAll(/\{([^{}]*)/g)].flatMap(([, rule]) => {
    const ink = /(?:^|[\s;])color:\s*var\(--([\w-]+)\)/.exec(rule)?.[1];
    const ground = /background(?:-color)?:\s*var\(--([\w-]+)\)/.exec(rule)?.[1];
    return ink !== undefined && ground !== undefined ? [[ink, ground]] : [];
  });
}

/** Relative luminance, as WCAG has it. */
function luminance([lightness, chroma, hue]) {
  const angle = (hue * Math.PI) / 180;
  const [L, a, b] = [lightness / 100, chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value) => Math.min(Math.max(value, 0), 1);
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** All pairs in use, each once. */
export function pairsInUse(root = '.') {
  const inRules = readdirSync(`${root}/src`, { recursive: true })
    .filter((file) => /\.(?:vue|css)$/.test(file))
    .flatMap((file) => pairsOf(readFileSync(`${root}/src/${file}`, 'utf8')));
  const onGrounds = GROUNDS.flatMap((ground) => INKS.map((ink) => [ink, ground]));
  return [
    ...new Map([...inRules, ...onGrounds, ...PAIRS].map((pair) => [pair.join(), pair])).values(),
  ];
}

/** The pairs that cannot be read well enough. */
export function tooFaint(tokens, pairs) {
  return pairs.flatMap(([ink, ground]) =>
    ['light', 'dark'].flatMap((theme) => {
      const [one, other] = [tokens.get(ink)?.[theme], tokens.get(ground)?.[theme]];
      if (one === undefined || other === undefined) {
        return [`${ink} on ${ground}: no such colour`];
      }
      const found = contrast(one, other);
      return found < LEAST ? [`${ink} on ${ground}, ${theme}: ${found.toFixed(2)}`] : [];
    }),
  );
}
