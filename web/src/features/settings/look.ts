import { watchEffect } from 'vue';
import { choice } from '@/storage/settings';

export const MOTIONS = ['system', 'reduced'] as const;
export const DENSITIES = ['roomy', 'dense'] as const;

/** Whether things move; `system` leaves it to the device. */
export const motion = choice('chinwag.motion', MOTIONS, 'system');
/** How much room there is between things. */
export const density = choice('chinwag.density', DENSITIES, 'roomy');

/** Tells the styles of the page. */
export function followLook(): void {
  watchEffect(() => {
    const { dataset } = document.documentElement;
    dataset.motion = motion.value;
    dataset.density = density.value;
  });
}
