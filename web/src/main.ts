// First, because it names the order of the style layers, which holds for all styles that come later.
import './styles/index.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './app/App.vue';
import { router } from './app/router';

const app = createApp(App).use(createPinia()).use(router);
// Views read the address when they are made, so it must be known by then.
await router.isReady();
app.mount('#app');
