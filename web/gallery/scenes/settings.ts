import { useOwnSettings } from '@/features/notifications/own-settings';
import SettingsBody from '@/features/settings/SettingsBody.vue';
import type { Scene, Scenes } from './scene';
import { live, lost } from './world';

const scene = (state: string, prepare: () => void): Scene => ({
  state,
  view: SettingsBody,
  prepare,
});

export const SETTINGS: Scenes = {
  name: 'Settings',
  scenes: [
    scene('there', () => {
      live();
      useOwnSettings().loaded = true;
    }),
    scene('waiting', live),
    scene('failed', () => {
      live();
      useOwnSettings().error = 'The server is busy. Try again.';
    }),
    scene('offline', lost),
  ],
};
