export { useSession } from './store';
