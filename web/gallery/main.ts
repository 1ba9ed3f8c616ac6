// Every part of `src/ui` in its states, to look at and to test. The build of the client does not know this page.
import '@/styles/index.css';
import { createApp } from 'vue';
import TheGallery from './TheGallery.vue';

createApp(TheGallery).mount('#app');
