import { onMounted, type Ref, watch } from 'vue';

/** Opens and closes a modal dialog of the browser as `open` says, and says by it when the browser or a press beside it has closed it. */
export function useModal(
  dialog: Readonly<Ref<HTMLDialogElement | null>>,
  open: Ref<boolean>,
  onOpened: () => void = () => {},
) {
  // The browser keeps the focus inside a modal dialog, and gives it back to where it was.
  function follow(): void {
    if (open.value && dialog.value?.open === false) {
      dialog.value.showModal();
      onOpened();
    } else if (!open.value && dialog.value?.open) {
      dialog.value.close();
    }
  }

  onMounted(follow);
  watch(open, follow, { flush: 'post' });

  return {
    // The browser tells of the end a task later: by then the dialog may have been opened anew.
    onClose(): void {
      if (dialog.value?.open !== true) {
        open.value = false;
      }
    },
    onPress({ target }: MouseEvent): void {
      if (target === dialog.value) {
        open.value = false;
      }
    },
  };
}
