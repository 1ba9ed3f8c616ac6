/** By which the buttons that open the pane point at it. */
export const RIGHT_PANE_ID = 'right-pane';
