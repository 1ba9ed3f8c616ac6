export { registerPeopleEvents } from './events';
export type { Person } from './people-table';
export { usePeople } from './store';
export { subjectOf } from './subject';
