export { COMMANDS, type CommandName, readTyped, takesArgument } from './commands';
export { useCommands } from './use-commands';
