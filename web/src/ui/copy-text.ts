/** Puts a text onto the clipboard, and answers whether that worked. Over plain HTTP there is only the old way, from a field. */
export async function copyText(text: string, field?: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.select();
    return field !== undefined && field !== null && document.execCommand('copy');
  }
}
