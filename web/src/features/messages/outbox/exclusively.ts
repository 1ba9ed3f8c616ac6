/**
 * Runs the work while no other tab of this origin does work of the same name. Web Locks exist in secure contexts only,
 * and a browser that blocks the data of sites refuses them; without them two tabs may send the same message at the same
 * time, which the server answers with the first result.
 */
export async function exclusively(name: string, work: () => Promise<void>): Promise<void> {
  const locks: LockManager | null | undefined = navigator.locks;
  if (!locks) {
    return work();
  }
  let begun = false;
  const begin = () => {
    begun = true;
    return work();
  };
  try {
    await locks.request(name, begin);
  } catch (error) {
    // What failed by itself is not done a second time.
    if (begun) {
      throw error;
    }
    await work();
  }
}
