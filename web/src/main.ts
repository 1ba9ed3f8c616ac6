// First, because it names the order of the style layers, which holds for all styles that come later.
import './styles/index.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './app/App.vue';
import { router } from './app/router';
import { followLanguage } from './locales/language';

const app = createApp(App).use(createPinia()).use(router);
// Text comes soon; its letters need not wait for it.
document.fonts?.load('1rem Inter').catch(() => undefined);

/**
 * Views read the address when they are made, so it must be known by then, and the language too. Nothing is awaited outside of a function: the
 * texts of a language may need this file, which would wait for them.
 */
async function begin(): Promise<void> {
  await Promise.all([router.isReady(), followLanguage()]);
  app.mount('#app');
}

void begin();
