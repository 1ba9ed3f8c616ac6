import { describeError } from '@/locales/describe-error';
import { ToastQueue } from '@/ui/toast/toast-queue';

/** What could not be done, or can be taken back, where no dialog says it. */
export const problems = new ToastQueue();

export function tellProblem(error: unknown): void {
  problems.show({ text: describeError(error), tone: 'danger' });
}
