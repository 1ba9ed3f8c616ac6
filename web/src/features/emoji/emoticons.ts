/** What people typed before there was emoji, and what they mean by it. Those that are also words or sums are left out. */
const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  '🙂': [':)', ':-)', '=)'],
  '😄': [':D', ':-D'],
  '😉': [';)', ';-)'],
  '😛': [':P', ':-P', ':p', ':-p'],
  '🙁': [':(', ':-(', '=('],
  '😢': [":'(", ":'-("],
  '😮': [':o', ':-o', ':O', ':-O'],
  '😐': [':|', ':-|'],
  '😕': [':/', ':-/', ':\\', ':-\\'],
  '😘': [':*', ':-*'],
  '😠': ['>:(', '>:-('],
  '😇': ['O:)', 'O:-)'],
  '😎': ['B-)'],
  '😊': ['^_^', '^^'],
  '😑': ['-_-'],
  '🙌': ['\\o/'],
  '❤️': ['<3'],
  '💔': ['</3'],
};

export const EMOTICONS: ReadonlyMap<string, string> = new Map(
  Object.entries(MEANINGS).flatMap(([character, typed]) =>
    typed.map((emoticon): [string, string] => [emoticon, character]),
  ),
);
