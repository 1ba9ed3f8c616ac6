// What Lighthouse says of a page, as a desktop sees it: `node scripts/lighthouse.mjs <port of the browser> <address> <runs> <category>...`. What the
// browser keeps is left as it is, so that whoever is signed in there stays so.
import lighthouse, { desktopConfig } from 'lighthouse';

const [port, address, runs, ...onlyCategories] = process.argv.slice(2);
const options = {
  port: Number(port),
  logLevel: 'error',
  onlyCategories,
  disableStorageReset: true,
};
const results = [];
for (let run = 0; run < Number(runs); run += 1) {
  const answer = await lighthouse(address, options, desktopConfig);
  results.push(answer.lhr);
}
const [{ audits, categories }] = results;

/** The score that lies in the middle, of 100. */
function score(id) {
  const scores = results.map((result) => result.categories[id].score * 100);
  return Math.round(scores.sort((one, other) => one - other)[Math.floor(scores.length / 2)]);
}

/** What costs a category points. */
function lost(category) {
  return category.auditRefs
    .filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 0.9)
    .map(({ id }) => `${id} ${audits[id].displayValue ?? ''}`.trim());
}

const told = Object.values(categories).map((category) => [
  category.id,
  { score: score(category.id), lost: lost(category) },
]);
console.log(JSON.stringify(Object.fromEntries(told)));
