import { mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defineComponent, h } from 'vue';
import { problems } from '@/features/problems/problems';
import { useSession } from '@/features/session/store';
import AttachButton from './AttachButton.vue';
import { useTray } from './tray';
import { upload } from './uploads';

vi.mock('./uploads', () => ({ upload: vi.fn(async () => 'f1'), giveUp: vi.fn() }));

const LIMITS = {
  messageLength: 2_000,
  historyPage: 200,
  roomsPerPerson: 100,
  fileBytes: 16_777_216,
  filesPerMessage: 2,
};

let room = 0;
let close: () => void;

/** A composer, and a field of a dialog beside it. Each is in another room, so that its tray is empty. */
function composer() {
  room += 1;
  const tray = useTray({ room, thread: null });
  const refused: string[] = [];
  const onProblem = (told: string) => refused.push(told);
  const Page = defineComponent(() => () => [
    h('form', { class: 'composer' }, [
      h('textarea', { id: 'own' }),
      h(AttachButton, { tray, window: true, onProblem }),
    ]),
    h('dialog', { open: true }, h('textarea', { id: 'edited' })),
  ]);
  const wrapper = mount(Page, { attachTo: document.body });
  close = () => wrapper.unmount();
  const paste = (field: string, text: string) => {
    const event = new Event('paste', { bubbles: true, cancelable: true });
    const clipboardData = { files: [], getData: () => text };
    wrapper.get(`#${field}`).element.dispatchEvent(Object.assign(event, { clipboardData }));
    return event.defaultPrevented;
  };
  return { tray, refused, paste };
}

beforeEach(() => {
  setActivePinia(createPinia());
  useSession().applyLimits(LIMITS);
  vi.mocked(upload).mockResolvedValue('f1');
});
afterEach(() => close());

it('takes a long text that is pasted into its own field, and says so', () => {
  const { tray, paste } = composer();
  const tell = vi.spyOn(problems, 'show');
  expect(paste('own', 'short')).toBe(false);
  expect(paste('own', 'x'.repeat(4_001))).toBe(true);
  expect(tray.files.value.map(({ type }) => type)).toEqual(['text/plain']);
  expect(tell).toHaveBeenCalledTimes(1);
});

it('leaves what is pasted into another field there', () => {
  const { tray, paste } = composer();
  expect(paste('edited', 'x'.repeat(9_000))).toBe(false);
  expect(tray.files.value).toEqual([]);
});

it('leaves a text in its field that the tray does not take', () => {
  const { tray, refused, paste } = composer();
  const tell = vi.spyOn(problems, 'show');
  const one = { name: 'a', type: '', blob: new Blob(['a']) };
  tray.put(['a', 'b'].map((key) => ({ ...one, key })));
  expect(paste('own', 'x'.repeat(9_000))).toBe(false);
  expect(tray.files.value).toHaveLength(2);
  expect(refused).toHaveLength(1);
  expect(tell).not.toHaveBeenCalled();
});

it('takes as long what no message may be', () => {
  const { paste } = composer();
  expect(paste('own', '👍'.repeat(2_000))).toBe(false);
  expect(paste('own', 'x'.repeat(2_001))).toBe(true);
  useSession().applyLimits({ ...LIMITS, messageLength: 50_000, filesPerMessage: 10 });
  expect(paste('own', 'x'.repeat(4_000))).toBe(false);
  expect(paste('own', 'x'.repeat(4_001))).toBe(true);
});
