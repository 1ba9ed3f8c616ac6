// Every part of `src/ui` in its states, to look at and to test; with `#views` the views in theirs. The build of the client does not know this page.
import '@/styles/index.css';
import { createApp } from 'vue';
import TheGallery from './TheGallery.vue';
import TheScenes from './TheScenes.vue';

createApp(location.hash === '#views' ? TheScenes : TheGallery).mount('#app');
