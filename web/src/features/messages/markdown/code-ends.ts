/** Finds where code ends that begins with so many backticks: asked from the front to the back, all answers together take one walk. */
export function codeEnds(text: string): (length: number, from: number) => number | undefined {
  let ends: Map<number, number[]> | undefined;
  return (length, from) => {
    ends ??= runs(text);
    const places = ends.get(length) ?? [];
    while ((places.at(-1) ?? from) < from) {
      places.pop();
    }
    return places.at(-1);
  };
}

/** Where so many backticks stand, the last place first. */
function runs(text: string): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const { 0: run, index } of [...text.matchAll(/`+/g)].reverse()) {
    const same = places.get(run.length);
    if (same === undefined) {
      places.set(run.length, [index]);
    } else {
      same.push(index);
    }
  }
  return places;
}
