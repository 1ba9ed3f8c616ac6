import { startCluster } from '../../tests/interop/support/cluster.mjs';
import { Line } from './fixtures/line';
import { Person } from './fixtures/person';
import { test as base, expect } from './fixtures/test';

interface Fixtures {
  cluster: Awaited<ReturnType<typeof startCluster>>;
  /** Brings a person with a browser to the nginx before the nodes. */
  visitor: (name: string) => Promise<Person>;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: the shape of a fixture
  cluster: async ({}, use) => {
    const ends: (() => Promise<void>)[] = [];
    const cluster = await startCluster({ after: (end) => ends.push(end) });
    await use(cluster);
    for (const end of ends) {
      await end();
    }
  },
  visitor: async ({ browser, contextOptions, cluster }, use) => {
    const people: Person[] = [];
    await use(async (name) => {
      const line = await Line.to(Number(new URL(cluster.url).port));
      const context = await browser.newContext(contextOptions);
      const person = new Person(name, await context.newPage(), context, line);
      people.push(person);
      await person.signIn();
      return person;
    });
    for (const { context, line } of people) {
      await context.close();
      line.close();
    }
  },
});

test('people talk across two nodes, and go on when one is killed', async ({ cluster, visitor }) => {
  // They come one after the other, so nginx gives each to another node than the one before.
  const people: Person[] = [];
  for (const name of ['Alex', 'Sam', 'Kim', 'Robin']) {
    people.push(await visitor(name));
  }
  const everybodySays = async (what: string) => {
    for (const speaker of people) {
      await speaker.say(`${speaker.name} ${what}`);
      for (const person of people) {
        await expect(person.message(`${speaker.name} ${what}`)).toHaveCount(1);
      }
    }
  };
  await everybodySays('is here');
  await cluster.nodes.a.kill();
  await everybodySays('is back');
});

test('pages that are silent for 100 s keep their connections', { tag: '@long' }, async ({
  visitor,
}) => {
  test.setTimeout(240_000);
  const [alex, sam] = [await visitor('Alex'), await visitor('Sam')];
  let connections = 0;
  for (const { page } of [alex, sam]) {
    page.on('websocket', () => {
      connections += 1;
    });
  }
  // The silence is what is tried: nginx gives up a connection on which nothing comes for 60 s by itself, and for 75 s as it is shipped.
  await alex.page.waitForTimeout(100_000);
  await alex.say('still here');
  await expect(sam.message('still here')).toHaveCount(1);
  expect(connections).toBe(0);
});
