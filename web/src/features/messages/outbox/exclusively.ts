/**
 * Runs the work while no other tab of this origin does work of the same name. Web Locks exist in secure contexts only, and are refused
 * where a browser keeps nothing for this page; without them two tabs may send the same message at the same time, which the server
 * answers with the first result.
 */
export async function exclusively(name: string, work: () => Promise<void>): Promise<void> {
  const locks: LockManager | null | undefined = navigator.locks;
  if (!locks) {
    return work();
  }
  let begun = false;
  try {
    await locks.request(name, () => {
      begun = true;
      return work();
    });
  } catch (error) {
    if (begun) {
      throw error;
    }
    await work();
  }
}
