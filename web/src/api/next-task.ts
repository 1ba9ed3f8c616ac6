let port: MessagePort | undefined;
const waiting: (() => void)[] = [];

/** Does something after what is being done now and what has come already. At once in a hidden window too, whose timers are slow. */
export function inNextTask(task: () => void): void {
  port ??= opened();
  waiting.push(task);
  port.postMessage(null);
}

function opened(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()?.();
  return port2;
}
