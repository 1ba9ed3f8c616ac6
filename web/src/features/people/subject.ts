export interface Named {
  readonly userId: number;
  readonly name: string;
}

/** To whom a member's event happened: to whoever acted, unless it names somebody else. */
export function subjectOf(event: Named & { readonly subject?: Named }): Named {
  return event.subject ?? event;
}
