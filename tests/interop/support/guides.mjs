// The vocabularies of published guides, as their clients speak them.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../examples/guides/', import.meta.url);

/** Has a server know all guides, and not only those whose presets come with it. */
export const WITH_ALL_GUIDES = [
  '--gateways-presets',
  readdirSync(FOLDER)
    .map((file) => fileURLToPath(new URL(file, FOLDER)))
    .join(),
];

const CLOCK = /^\d{1,2}:\d\d [ap]m$/;

/** What a client hears of a message, as far as a page shows it. */
export const told = (argument) => {
  if (typeof argument === 'string') {
    return { text: argument };
  }
  const { username, user, name, handle, author, from, text, message, msg, time } = argument;
  assert.ok(time === undefined || CLOCK.test(time), time);
  return { by: username ?? user ?? name ?? handle ?? author ?? from, text: text ?? message ?? msg };
};

/**
 * The guides. `begin` is what a page emits when its person has a name (none, when it waits until something is said), `say` what it emits
 * for a text, `message` the event that it hears, `alone` whether it shows its own messages itself, `typing` what it emits for that, and
 * what others hear.
 */
export const GUIDES = {
  'the tutorial of socket.io': {
    say: (text) => ['chat message', text],
    message: 'chat message',
    nameless: true,
  },
  'the example of socket.io': {
    begin: (name) => ['add user', name],
    say: (text) => ['new message', text],
    message: 'new message',
    alone: true,
    typing: [['typing'], 'typing', { username: 'Alex' }],
    stopped: [['stop typing'], 'stop typing', { username: 'Alex' }],
  },
  ChatCord: {
    begin: (username) => ['joinRoom', { username, room: 'JavaScript' }],
    room: 'javascript',
    say: (text) => ['chatMessage', text],
    message: 'message',
    people: ['roomUsers', ({ users }) => users.map(({ username }) => username)],
  },
  'the tutorial of Dave Gray': {
    begin: (name) => ['enterRoom', { name, room: 'den' }],
    room: 'den',
    say: (text, name) => ['message', { name, text }],
    message: 'message',
    people: ['userList', ({ users }) => users.map(({ name }) => name)],
    typing: [['activity', 'Alex'], 'activity', 'Alex'],
  },
  'JavaScript Mastery': {
    begin: (name) => ['join', { name, room: 'den' }],
    room: 'den',
    say: (text) => ['sendMessage', text],
    message: 'message',
    small: true,
    people: ['roomData', ({ users }) => users.map(({ name }) => name)],
  },
  'Andrew Mead': {
    begin: (name) => ['join', { name, room: 'den' }],
    room: 'den',
    say: (text) => ['createMessage', { text }],
    message: 'newMessage',
    people: ['updateUserList', (users) => users],
  },
  'freeCodeCamp, with rooms': {
    begin: (username) => ['join_room', { username, room: 'den' }],
    room: 'den',
    say: (message, username) => ['send_message', { message, username, room: 'den' }],
    message: 'receive_message',
    people: ['chatroom_users', (users) => users.map(({ username }) => username)],
  },
  PedroTech: {
    begin: () => ['join_room', '42'],
    room: '42',
    say: (message, author) => ['send_message', { room: '42', author, message, time: '9:41' }],
    message: 'receive_message',
    alone: true,
  },
  'Web Dev Simplified, in 30 minutes': {
    begin: () => ['join-room', 'den'],
    room: 'den',
    say: (text) => ['send-message', text, 'den'],
    message: 'receive-message',
    alone: true,
    nameless: true,
  },
  'Web Dev Simplified': {
    begin: (name) => ['new-user', name],
    say: (text) => ['send-chat-message', text],
    message: 'chat-message',
    alone: true,
  },
  CodeWithHarry: {
    begin: (name) => ['new-user-joined', name],
    say: (text) => ['send', text],
    message: 'receive',
    alone: true,
  },
  'Brad Traversy and Fazt': {
    begin: (name) => ['new user', name],
    say: (text) => ['send message', text],
    message: 'new message',
    people: ['usernames', (users) => users],
  },
  'the simple chat': {
    begin: (username) => ['change_username', { username }],
    say: (message) => ['new_message', { message }],
    message: 'new_message',
    typing: [['typing'], 'typing', { username: 'Alex' }],
  },
  'the Net Ninja': {
    say: (message, handle) => ['chat', { message, handle }],
    message: 'chat',
    typing: [['typing', 'Alex'], 'typing', 'Alex'],
  },
  'freeCodeCamp, with React': {
    begin: (userName) => ['newUser', { userName, socketID: 'x' }],
    say: (text, name) => ['message', { text, name, id: 'x1', socketID: 'x' }],
    message: 'messageResponse',
    people: ['newUserResponse', (users) => users.map(({ userName }) => userName)],
    typing: [['typing', 'Alex is typing'], 'typingResponse', 'Alex is typing'],
  },
  'socket.send': {
    say: (text) => ['message', text],
    message: 'message',
    nameless: true,
  },
};
