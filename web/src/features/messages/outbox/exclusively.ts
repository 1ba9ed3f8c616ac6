/**
 * Runs the work while no other tab of this origin does work of the same name. Web Locks exist in secure contexts only;
 * without them two tabs may send the same message at the same time, which the server answers with the first result.
 */
export async function exclusively(name: string, work: () => Promise<void>): Promise<void> {
  const locks: LockManager | null | undefined = navigator.locks;
  await (locks ? locks.request(name, work) : work());
}
