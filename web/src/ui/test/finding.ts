import { flushPromises, type VueWrapper } from '@vue/test-utils';

/** The field with this label. */
export function field(view: VueWrapper, label: string) {
  const found = view.findAll('label').find((each) => each.text() === label);
  return view.get<HTMLInputElement>(`[id="${found?.attributes('for')}"]`);
}

/** The button, or the tab, that says this. */
export function button(view: VueWrapper, text: string) {
  const found = view
    .findAll('button')
    .find((each) => each.text() === text || each.attributes('aria-label') === text);
  if (found === undefined) {
    throw new Error(`There is no button "${text}".`);
  }
  return found;
}

export async function press(view: VueWrapper, text: string): Promise<void> {
  await button(view, text).trigger('click');
  await flushPromises();
}

export async function submit(view: VueWrapper): Promise<void> {
  await view.get('form').trigger('submit');
  await flushPromises();
}
