import { expect, test } from './fixtures/test';

test('people by another protocol stand in the list as long as they are here', async ({
  alex,
  voices,
}) => {
  await alex.signIn();
  const people = alex.page.getByRole('complementary').getByRole('listitem');
  const goes = await voices.visit('Kim', 'hello from a script');
  await expect(people.filter({ hasText: 'Kim' })).toContainText('Guest, simple protocol');
  await expect(alex.message('hello from a script')).toContainText('Kim');
  await goes();
  await expect(people).toHaveText([/Alex/]);
  await expect(alex.message('hello from a script')).toContainText('Kim');
  await expect(alex.log.getByText(/Kim (joined|left)/)).toHaveCount(0);
});

test('who comes back sees the visitors of now', async ({ alex, voices }) => {
  await alex.signIn();
  const people = alex.page.getByRole('complementary').getByRole('listitem');
  const goes = await voices.visit('Kim', 'first');
  await expect(people.filter({ hasText: 'Kim' })).toBeVisible();
  alex.line.cut();
  await goes();
  await voices.visit('Pat', 'second');
  await alex.comeBack();
  await expect(people.filter({ hasText: 'Pat' })).toContainText('Guest, simple protocol');
  await expect(people.filter({ hasText: 'Kim' })).toHaveCount(0);
});
