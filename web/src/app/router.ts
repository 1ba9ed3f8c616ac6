import { createRouter, createWebHistory } from 'vue-router';
import ChatLayout from './layout/ChatLayout.vue';
import { keepPane } from './layout/right-pane/address';

/** A room, and perhaps one of its messages, is an address. Signing in is not: it happens in front of any of them. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', component: ChatLayout },
    {
      path: '/rooms/:room/:seq(\\d+)?',
      name: 'room',
      component: ChatLayout,
    },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});

// A step back or forward has moved the browser's history before it asks here; every other way moves it afterwards.
router.beforeEach((to, from) =>
  keepPane(to, from, router.options.history.location === to.fullPath),
);
