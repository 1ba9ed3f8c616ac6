// What helps whoever types. All of it comes in one file of its own, since the first view shows nothing of it.
export { emojify } from '@/features/emoji/emojify';
export { withNumbers } from '@/features/messages/mentions';
export { completionAt } from './completion';
export { crowdsOf, peopleCalled } from './crowds';
export { format, isInCode } from './format';
export { default as ProposalList } from './ProposalList.vue';
