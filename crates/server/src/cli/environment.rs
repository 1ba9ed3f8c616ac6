//! What stands in environment variables: left aside where it was not meant for us, and blamed by the variable's name where it is wrong.

use crate::config::{ConfigError, SecretError};
use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command, Error};
use std::env::var_os;
use std::error::Error as _;
use std::ffi::OsString;

/// Lets the options of all commands take no notice of variables that say nothing to them. Answers a warning for each that was set by a stranger.
pub(super) fn leave_aside(command: Command, warnings: &mut Vec<String>) -> Command {
    let command = command.mut_args(|arg| match value(&arg) {
        // Whoever fills in a template for a service cannot always leave one out.
        Some(value) if value.is_empty() => arg.env(Resettable::Reset),
        Some(value) if is_of_a_service(&value) => {
            let variable = variable(&arg);
            let warning = format!(
                "{variable} is {value:?}, as Kubernetes and Docker set it for a service of that name, and is left aside; give the service \
                 another name, or set enableServiceLinks: false"
            );
            // Several commands may have the option.
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
            arg.env(Resettable::Reset)
        }
        Some(_) | None => arg,
    });
    command.mut_subcommands(|command| leave_aside(command, warnings))
}

/// What is wrong with the arguments, if it is an environment variable.
pub(super) fn mistake(command: &Command, arguments: &[OsString], error: &Error) -> Option<String> {
    let command = meant(command, arguments);
    let of_the_environment = |arg: &&Arg| value(arg).is_some() && !is_given(arg, arguments);
    let mut args = command.get_arguments().filter(of_the_environment);
    if error.kind() == ErrorKind::InvalidUtf8 {
        let arg = args.find(|arg| value(arg).is_some_and(|value| value.to_str().is_none()))?;
        return Some(format!("{} is no text: its bytes are not UTF-8", variable(arg)));
    }
    let Some(ContextValue::String(blamed)) = error.get(ContextKind::InvalidArg) else { return None };
    let arg = args.find(|arg| arg.to_string() == *blamed)?;
    let value = match error.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(value)) => value.clone(),
        Some(_) | None => value(arg)?.to_string_lossy().into_owned(),
    };
    let reason = match (error.source(), error.get(ContextKind::ValidValue)) {
        (Some(reason), _) => reason.to_string(),
        (None, Some(ContextValue::Strings(values))) => format!("it can be {}", values.join(", ")),
        (None, _) => "this is not understood".to_owned(),
    };
    Some(format!("{} is {value:?}, which cannot be used: {reason}", variable(arg)))
}

/// A mistake in the configuration, with the options called as they were given.
pub(super) fn sentence(error: &ConfigError, matches: &ArgMatches) -> String {
    let said = |option| said(option, matches);
    match error {
        ConfigError::OutOfRange(option, range) => format!("{} must be {range}", said(option)),
        ConfigError::DatabaseUrl(_) | ConfigError::TwoStorages => {
            error.to_string().replacen("database_url", &said_url("database_url", matches), 1)
        }
        ConfigError::RedisUrl(_) | ConfigError::RedisAlone | ConfigError::FilesAlone => {
            error.to_string().replace("redis_url", &said_url("redis_url", matches))
        }
        ConfigError::Secret(SecretError::Twice(name)) => error
            .to_string()
            .replacen(&format!("{name}_file"), &said(&format!("{name}_file")), 1)
            .replacen(name, &said(name), 1),
        ConfigError::Secret(SecretError::Unreadable(name, ..) | SecretError::Empty(name, _)) => {
            error.to_string().replacen(&format!("{name}_file"), &said(&format!("{name}_file")), 1)
        }
        ConfigError::BucketAlone => error.to_string().replacen("files_bucket", &said("files_bucket"), 1),
        ConfigError::UnlimitedInPublic => error.to_string().replacen("rate_limit", &said("rate_limit"), 1),
        ConfigError::TwoPaths(..) => {
            let sentence = error.to_string().replacen("base_path", &said("base_path"), 1);
            sentence.replacen("public_url", &said("public_url"), 1)
        }
        ConfigError::Unreadable(..) | ConfigError::Malformed { .. }
            if is_from_environment("config", matches) =>
        {
            format!("CHINWAG_CONFIG: {error}")
        }
        ConfigError::Unreadable(..)
        | ConfigError::Malformed { .. }
        | ConfigError::Embedding(_)
        | ConfigError::Oidc(_)
        | ConfigError::Mail(_)
        | ConfigError::Port(_)
        | ConfigError::WsHost(_) => error.to_string(),
    }
}

/// An option by the name under which it was given: that of a flag, a variable, or a key of the file.
pub(super) fn said(option: &str, matches: &ArgMatches) -> String {
    let id = option.rsplit('.').next().unwrap_or(option);
    let name = option.replace('.', "_");
    match source(id, matches) {
        Some(ValueSource::CommandLine) => format!("--{}", name.replace('_', "-")),
        // Their names are those of every other program.
        Some(ValueSource::EnvVariable)
            if ["database_url", "redis_url"].iter().any(|url| option.starts_with(url)) =>
        {
            name.to_uppercase()
        }
        Some(ValueSource::EnvVariable) => format!("CHINWAG_{}", name.to_uppercase()),
        Some(_) | None => option.to_owned(),
    }
}

/// The same of a URL, which may stand in a file.
fn said_url(option: &str, matches: &ArgMatches) -> String {
    let file = format!("{option}_file");
    let is_given = |option: &str| {
        matches!(source(option, matches), Some(ValueSource::CommandLine | ValueSource::EnvVariable))
    };
    if is_given(&file) && !is_given(option) {
        format!("the URL in the file of {}", said(&file, matches))
    } else {
        said(option, matches)
    }
}

fn is_from_environment(id: &str, matches: &ArgMatches) -> bool {
    source(id, matches) == Some(ValueSource::EnvVariable)
}

fn source(id: &str, matches: &ArgMatches) -> Option<ValueSource> {
    matches.try_contains_id(id).is_ok().then(|| matches.value_source(id)).flatten()
}

/// The command that the arguments name.
fn meant<'a>(command: &'a Command, arguments: &[OsString]) -> &'a Command {
    let named = |command: &'a Command, argument: &OsString| command.find_subcommand(argument);
    arguments.iter().skip(1).fold(command, |command, argument| named(command, argument).unwrap_or(command))
}

/// Whether the option stands among the arguments, which count before the environment.
fn is_given(arg: &Arg, arguments: &[OsString]) -> bool {
    let Some(long) = arg.get_long() else { return false };
    let is_it = |argument: &str| {
        argument
            .strip_prefix("--")
            .and_then(|name| name.strip_prefix(long))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    };
    arguments.iter().any(|argument| argument.to_str().is_some_and(is_it))
}

fn value(arg: &Arg) -> Option<OsString> {
    arg.get_env().and_then(var_os)
}

fn variable(arg: &Arg) -> String {
    arg.get_env().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether a value is the address of a service, as orchestrators put it into the environment of whatever they start.
fn is_of_a_service(value: &std::ffi::OsStr) -> bool {
    value
        .to_str()
        .is_some_and(|value| ["tcp://", "udp://", "sctp://"].iter().any(|scheme| value.starts_with(scheme)))
}
