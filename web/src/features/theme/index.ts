export { useTheme } from './store';
export { default as ThemeSwitch } from './ThemeSwitch.vue';
