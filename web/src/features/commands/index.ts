export { COMMANDS, type CommandName, readTyped, takesArgument, typedMessage } from './commands';
export { useCommands } from './use-commands';
