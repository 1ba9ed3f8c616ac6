use super::{
    BasePath, GroupRole, HiddenSecret, HostPattern, Lobby, Network, NodeName, PageOrigin, PresetFile,
    PublicUrl, ReservedName, SecretUrl, SocketIoPath,
};
use clap::ValueEnum;
use serde::Deserialize;
use std::net::IpAddr;
use std::path::PathBuf;

/// Makes of one list: the flags, environment variables and TOML keys (such as [`Options`]), and the values in force (such as
/// [`Config`]). A list may have parts, which are tables of the file.
macro_rules! options {
    (
        $given:ident => $config:ident;
        $($(#[doc = $doc:literal])+ $name:ident, $env:literal $(, $arg:meta)*: $kind:ty = $default:expr;)+
        $(part $(#[doc = $part_doc:literal])+ $part:ident: $part_given:ident => $part_config:ident;)*
    ) => {
        /// What was given, in one place: a flag, an environment variable or a key of the file.
        #[derive(Clone, Debug, Default, clap::Args, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[group(skip)]
        pub struct $given {
            $($(#[doc = $doc])+ #[arg(long, env = $env, $($arg),*)] pub $name: Option<$kind>,)+
            $($(#[doc = $part_doc])+ #[command(flatten)] #[serde(default)] pub $part: $part_given,)*
        }

        /// The configuration in force.
        #[derive(Clone, Debug)]
        pub struct $config {
            $($(#[doc = $doc])+ pub $name: $kind,)+
            $($(#[doc = $part_doc])+ pub $part: $part_config,)*
        }

        impl Default for $config {
            fn default() -> Self {
                Self { $($name: $default,)+ $($part: $part_config::default(),)* }
            }
        }

        impl $given {
            /// These options where they are given, `others` elsewhere.
            #[must_use]
            pub fn or(self, others: Self) -> Self {
                Self { $($name: self.$name.or(others.$name),)+ $($part: self.$part.or(others.$part),)* }
            }

            /// These options, and the defaults for those that are not given.
            #[must_use]
            pub fn resolve(self) -> $config {
                let defaults = $config::default();
                $config {
                    $($name: self.$name.unwrap_or(defaults.$name),)+
                    $($part: self.$part.resolve(),)*
                }
            }
        }
    };
}

options! {
    Options => Config;
    /// Folder of the database; made when it is not there [default: ./data]
    data, "CHINWAG_DATA", value_name = "DIR": PathBuf = PathBuf::from("data");
    /// Address to listen on; WS_HOST works, too [default: 0.0.0.0]
    bind, "CHINWAG_BIND", value_name = "ADDRESS": IpAddr = IpAddr::from([0, 0, 0, 0]);
    /// Port to listen on, 0 for a free one; PORT works, too [default: 3000]
    port, "CHINWAG_PORT": u16 = 3000;
    /// Form of the log lines [default: text]
    log_format, "CHINWAG_LOG_FORMAT", value_enum: LogFormat = LogFormat::Text;
    /// What is logged: a level, or a filter such as info,chinwag_store=debug [default: info]
    log, "CHINWAG_LOG", value_name = "FILTER": String = "info".to_owned();
    /// Where messages are kept; memory forgets them when the server stops [default: file]
    storage, "CHINWAG_STORAGE", value_enum: Storage = Storage::File;
    /// PostgreSQL database in place of a file, such as postgres://name:password@host/database [default: none]
    database_url, "DATABASE_URL", value_name = "URL", hide_env_values = true: SecretUrl = SecretUrl::default();
    /// File in which that URL stands, in its place [default: none]
    database_url_file, "DATABASE_URL_FILE", value_name = "FILE": PathBuf = PathBuf::new();
    /// Redis or Valkey through which several nodes on one PostgreSQL database hear of each other, such as redis://host [default: none]
    redis_url, "REDIS_URL", value_name = "URL", hide_env_values = true: SecretUrl = SecretUrl::default();
    /// File in which that URL stands, in its place [default: none]
    redis_url_file, "REDIS_URL_FILE", value_name = "FILE": PathBuf = PathBuf::new();
    /// What this node is called among several, with letters, digits and - [default: the name of the host]
    node_name, "CHINWAG_NODE_NAME", value_name = "NAME": NodeName = NodeName::default();
    /// Threads that serve connections, 0 for half of the cores [default: 0]
    workers, "CHINWAG_WORKERS": usize = 0;
    /// Where people reach this server, such as https://example.org/chat [default: as the requests say]
    public_url, "CHINWAG_PUBLIC_URL", value_name = "URL": PublicUrl = PublicUrl::default();
    /// Path below which people reach this server, such as /chat [default: that of the public URL]
    base_path, "CHINWAG_BASE_PATH", value_name = "PATH": BasePath = BasePath::default();
    /// Names by which this server may be called beside localhost, addresses and the public URL, such as chat.example.org, *.example.org,
    /// or * for any [default: any, but none while it listens on the loopback only]
    hosts, "CHINWAG_HOSTS", value_name = "HOST", value_delimiter = ',', num_args = 1..: Vec<HostPattern> = Vec::new();
    /// Whether the pages of any origin may read and write by the protocols that ask for no sign-in [default: false]
    open_gateways, "CHINWAG_OPEN_GATEWAYS", num_args = 0..=1, default_missing_value = "true": bool = false;
    /// Origins of foreign web pages that may connect, such as https://example.org [default: none]
    allowed_origins, "CHINWAG_ALLOWED_ORIGINS", value_delimiter = ',', num_args = 1..: Vec<PageOrigin> = Vec::new();
    /// Proxies whose X-Forwarded-For, -Host and -Proto are believed, such as 127.0.0.1 or 10.0.0.0/8 [default: none]
    trusted_proxies, "CHINWAG_TRUSTED_PROXIES", value_delimiter = ',', num_args = 1..: Vec<Network> = Vec::new();
    /// Off takes the limits on messages, sign-ins and connections away; only with a loopback --bind [default: on]
    rate_limit, "CHINWAG_RATE_LIMIT", value_enum: RateLimit = RateLimit::On;
    /// Characters of a message [default: 2000]
    message_length, "CHINWAG_MESSAGE_LENGTH": usize = 2000;
    /// Messages per person in 10 s [default: 20]
    messages_per_10_s, "CHINWAG_MESSAGES_PER_10_S": u32 = 20;
    /// Messages of all guests and visitors from one address in 10 s [default: 200]
    guest_messages_per_10_s, "CHINWAG_GUEST_MESSAGES_PER_10_S": u32 = 200;
    /// Other changes (join, leave, rename, rooms) per person in 60 s [default: 60]
    changes_per_minute, "CHINWAG_CHANGES_PER_MINUTE": u32 = 60;
    /// The same of all guests and visitors from one address [default: 600]
    guest_changes_per_minute, "CHINWAG_GUEST_CHANGES_PER_MINUTE": u32 = 600;
    /// Pages, lists and read markers that a person asks for in 10 s [default: 300]
    reads_per_10_s, "CHINWAG_READS_PER_10_S": u32 = 300;
    /// Bytes that a person is answered in 60 s: what was missed, pages, replies, errors [default: 67108864]
    answer_bytes_per_minute, "CHINWAG_ANSWER_BYTES_PER_MINUTE": usize = 64 * 1024 * 1024;
    /// Rooms that one person creates in an hour [default: 10]
    rooms_created_per_hour, "CHINWAG_ROOMS_CREATED_PER_HOUR": u32 = 10;
    /// Rooms that all guests and visitors from one address create in an hour [default: 30]
    guest_rooms_per_hour, "CHINWAG_GUEST_ROOMS_PER_HOUR": u32 = 30;
    /// Rooms made by guests and visitors that there may be; 0 leaves that to people with accounts [default: 1000]
    guest_rooms, "CHINWAG_GUEST_ROOMS": u32 = 1000;
    /// Rooms that one person may be in [default: 100]
    rooms_per_person, "CHINWAG_ROOMS_PER_PERSON": u32 = 100;
    /// Conversations of two or a few that one person opens in an hour [default: 60]
    conversations_opened_per_hour, "CHINWAG_CONVERSATIONS_OPENED_PER_HOUR": u32 = 60;
    /// The same of all guests from one address [default: 200]
    guest_conversations_per_hour, "CHINWAG_GUEST_CONVERSATIONS_PER_HOUR": u32 = 200;
    /// Conversations that one person may be in [default: 500]
    conversations_per_person, "CHINWAG_CONVERSATIONS_PER_PERSON": u32 = 500;
    /// Whether people come in by a name alone; off leaves the server to people with accounts, and closes the protocols without a sign-in [default: on]
    guests, "CHINWAG_GUESTS", value_enum: Switch = Switch::On;
    /// Who may make an account: anybody, whoever has an invitation, or nobody [default: open]
    access, "CHINWAG_ACCESS", value_enum: AccessOption = AccessOption::Open;
    /// Whether guests are in private rooms and conversations; off leaves these to people with accounts [default: on]
    guests_in_private, "CHINWAG_GUESTS_IN_PRIVATE", value_enum: Switch = Switch::On;
    /// Sign-ins per address in 10 min [default: 20]
    sign_ins_per_10_min, "CHINWAG_SIGN_INS_PER_10_MIN": u32 = 20;
    /// Connections per address [default: 200]
    connections_per_address, "CHINWAG_CONNECTIONS_PER_ADDRESS": u32 = 200;
    /// Bytes of a client's frame [default: 65536]
    frame_bytes, "CHINWAG_FRAME_BYTES": usize = 64 * 1024;
    /// Messages or members of a page [default: 200]
    page, "CHINWAG_PAGE": u32 = 200;
    /// Events of a room that are replayed to a client that comes back; above it gets a snapshot [default: 10000]
    replay_limit, "CHINWAG_REPLAY_LIMIT": u32 = 10_000;
    /// Bytes that may wait for a slow client before it is closed to resume later [default: 1048576]
    send_queue_bytes, "CHINWAG_SEND_QUEUE_BYTES": usize = 1024 * 1024;
    /// Bytes that may wait for all clients together; above it the slowest are closed to resume later [default: 268435456]
    send_queue_total_bytes, "CHINWAG_SEND_QUEUE_TOTAL_BYTES": usize = 256 * 1024 * 1024;
    /// Milliseconds from one ping to the next [default: 25000]
    ping_interval_ms, "CHINWAG_PING_INTERVAL_MS": u64 = 25_000;
    /// Milliseconds of silence after which a connection is closed [default: 60000]
    silence_limit_ms, "CHINWAG_SILENCE_LIMIT_MS": u64 = 60_000;
    /// Milliseconds in which a new connection must send its request, and then say hello [default: 10000]
    hello_limit_ms, "CHINWAG_HELLO_LIMIT_MS": u64 = 10_000;
    /// Milliseconds over which presence and typing are gathered before they are told [default: 250]
    tick_ms, "CHINWAG_TICK_MS": u64 = 250;
    /// Names that nobody may have, beside Chinwag, Admin, System and Operator, nor one that looks like them [default: none]
    reserved_names, "CHINWAG_RESERVED_NAMES", value_name = "NAME", value_delimiter = ',', num_args = 1..: Vec<ReservedName> = Vec::new();
    /// Folder of the files that people share; several nodes need one that all of them reach [default: files in the folder of the database]
    files, "CHINWAG_FILES", value_name = "DIR": PathBuf = PathBuf::new();
    /// Bucket of a store that speaks S3, for the files that people share; AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY lead to it. The folder then has only what is on its way [default: none]
    files_bucket, "CHINWAG_FILES_BUCKET", value_name = "NAME": String = String::new();
    /// Bytes of a file [default: 16777216]
    file_bytes, "CHINWAG_FILE_BYTES": u64 = 16 * 1024 * 1024;
    /// Files of a message [default: 10]
    files_per_message, "CHINWAG_FILES_PER_MESSAGE": u32 = 10;
    /// Bytes of all files of one person [default: 1073741824]
    file_bytes_per_person, "CHINWAG_FILE_BYTES_PER_PERSON": u64 = 1024 * 1024 * 1024;
    /// Files that one person begins to share in 10 min; all guests from one address five times as many [default: 20]
    uploads_per_10_min, "CHINWAG_UPLOADS_PER_10_MIN": u32 = 20;
    /// Milliseconds that a message waits whether its person comes by, before it is pushed to devices [default: 10000]
    push_wait_ms, "CHINWAG_PUSH_WAIT_MS": u64 = 10_000;
    /// Whether push services of this machine are called, for tests: others are called by https, and on the public internet alone [default: false]
    push_loopback, "CHINWAG_PUSH_LOOPBACK", num_args = 0..=1, default_missing_value = "true": bool = false;
    /// Days after which a guest who was not here is removed [default: 30]
    guest_days, "CHINWAG_GUEST_DAYS": u32 = 30;
    part
    /// The simple and the Socket.IO protocol: the table [gateways] of the file
    gateways: GatewayOptions => Gateways;
    part
    /// The tokens of those who embed this server in a product of their own: the table [embedding] of the file
    embedding: EmbeddingOptions => Embedding;
    part
    /// The provider by which people sign in (OpenID Connect): the table [oidc] of the file
    oidc: OidcOptions => Oidc;
    part
    /// The server that takes mail (SMTP): the table [mail] of the file
    mail: MailOptions => Mail;
}

options! {
    GatewayOptions => Gateways;
    /// Whether the simple protocol is spoken: JSON and plain text on / and /simple [default: true]
    simple, "CHINWAG_GATEWAYS_SIMPLE", long = "gateways-simple": bool = true;
    /// Whether the Socket.IO protocol is spoken on /socket.io/ [default: true]
    socketio, "CHINWAG_GATEWAYS_SOCKETIO", long = "gateways-socketio": bool = true;
    /// Another path under which Socket.IO is spoken, beside /socket.io/ and /ws [default: none]
    socketio_path, "CHINWAG_GATEWAYS_SOCKETIO_PATH", long = "gateways-socketio-path", value_name = "PATH": SocketIoPath =
        SocketIoPath::default();
    /// Whether bare text comes back to whoever wrote it; ?echo= in the address says it for one connection [default: true]
    text_echo, "CHINWAG_GATEWAYS_TEXT_ECHO", long = "gateways-text-echo": bool = true;
    /// Origins of other pages that may connect by these protocols, null for those opened from disk [default: those of this machine]
    origins, "CHINWAG_GATEWAYS_ORIGINS", long = "gateways-origins", value_delimiter = ',', num_args = 1..:
        Vec<PageOrigin> = Vec::new();
    /// Room of those who name none [default: general]
    lobby, "CHINWAG_GATEWAYS_LOBBY", long = "gateways-lobby", value_name = "ROOM": Lobby = Lobby::default();
    /// Files with more Socket.IO vocabularies, see docs/socketio.md and examples/guides [default: none]
    presets, "CHINWAG_GATEWAYS_PRESETS", long = "gateways-presets", value_name = "FILE", value_delimiter = ',', num_args = 1..:
        Vec<PresetFile> = Vec::new();
    /// Whether a room that one enters by these protocols is made when it does not exist [default: true]
    create_rooms, "CHINWAG_GATEWAYS_CREATE_ROOMS", long = "gateways-create-rooms": bool = true;
    /// Visits by these protocols per address in 60 s [default: 120]
    visits_per_minute, "CHINWAG_GATEWAYS_VISITS_PER_MINUTE", long = "gateways-visits-per-minute": u32 = 120;
}

options! {
    EmbeddingOptions => Embedding;
    /// Secret with which tokens are signed by HS256, of at least 32 bytes [default: none]
    secret, "CHINWAG_EMBEDDING_SECRET", long = "embedding-secret", value_name = "SECRET", hide_env_values = true:
        HiddenSecret = HiddenSecret::default();
    /// File in which that secret stands, in its place [default: none]
    secret_file, "CHINWAG_EMBEDDING_SECRET_FILE", long = "embedding-secret-file", value_name = "FILE": PathBuf = PathBuf::new();
    /// File with the public key of tokens that are signed by RS256, ES256 or EdDSA, in PEM [default: none]
    key_file, "CHINWAG_EMBEDDING_KEY_FILE", long = "embedding-key-file", value_name = "FILE": PathBuf = PathBuf::new();
    /// File with several such keys, as a JSON Web Key Set [default: none]
    jwks_file, "CHINWAG_EMBEDDING_JWKS_FILE", long = "embedding-jwks-file", value_name = "FILE": PathBuf = PathBuf::new();
    /// What these tokens have in aud; needed with a key [default: none]
    audience, "CHINWAG_EMBEDDING_AUDIENCE", long = "embedding-audience", value_name = "AUDIENCE": String = String::new();
    /// What they have in iss [default: not asked for]
    issuer, "CHINWAG_EMBEDDING_ISSUER", long = "embedding-issuer", value_name = "ISSUER": String = String::new();
    /// Whether the simple protocols and Socket.IO take a token from the address (?token=), where logs and histories keep it [default: false]
    token_in_url, "CHINWAG_EMBEDDING_TOKEN_IN_URL", long = "embedding-token-in-url", num_args = 0..=1, default_missing_value = "true":
        bool = false;
    /// Seconds for which a connection outlives such a token, unless it is given another one [default: 60]
    grace_s, "CHINWAG_EMBEDDING_GRACE_S", long = "embedding-grace-s": u32 = 60;
}

options! {
    OidcOptions => Oidc;
    /// Issuer of the provider, as it calls itself in its metadata, such as https://id.example.org [default: none]
    issuer, "CHINWAG_OIDC_ISSUER", id = "oidc_issuer", long = "oidc-issuer", value_name = "URL": String = String::new();
    /// What the provider calls this server [default: none]
    client_id, "CHINWAG_OIDC_CLIENT_ID", long = "oidc-client-id", value_name = "ID": String = String::new();
    /// Secret by which the provider knows this server; without one it is a public client [default: none]
    client_secret, "CHINWAG_OIDC_CLIENT_SECRET", long = "oidc-client-secret", value_name = "SECRET", hide_env_values = true:
        HiddenSecret = HiddenSecret::default();
    /// File in which that secret stands, in its place [default: none]
    client_secret_file, "CHINWAG_OIDC_CLIENT_SECRET_FILE", long = "oidc-client-secret-file", value_name = "FILE": PathBuf = PathBuf::new();
    /// What people call the provider: the button says "Sign in with" this [default: your provider]
    name, "CHINWAG_OIDC_NAME", id = "oidc_name", long = "oidc-name", value_name = "NAME": String = "your provider".to_owned();
    /// What is asked of the provider beside openid [default: profile email]
    scopes, "CHINWAG_OIDC_SCOPES", long = "oidc-scopes", value_name = "SCOPE", value_delimiter = ',', num_args = 1..: Vec<String> =
        vec!["profile".to_owned(), "email".to_owned()];
    /// For whom an account is made at the first sign-in: whoever has an invitation, everybody whom the provider lets in, or nobody [default: invited]
    create, "CHINWAG_OIDC_CREATE", long = "oidc-create", value_enum: CreateAccounts = CreateAccounts::Invited;
    /// Claim that says what a new account is called [default: preferred_username]
    name_claim, "CHINWAG_OIDC_NAME_CLAIM", long = "oidc-name-claim", value_name = "CLAIM": String = "preferred_username".to_owned();
    /// Claim that says in which groups somebody is; dots lead into objects, as in realm_access.roles [default: groups]
    groups_claim, "CHINWAG_OIDC_GROUPS_CLAIM", long = "oidc-groups-claim", value_name = "CLAIM": String = "groups".to_owned();
    /// Groups that make moderators and admins of the server, such as chat-staff=moderator or it=admin [default: none]
    roles, "CHINWAG_OIDC_ROLES", long = "oidc-roles", value_name = "GROUP=ROLE", value_delimiter = ',', num_args = 1..:
        Vec<GroupRole> = Vec::new();
    /// Whether people come in by the provider only: no passwords, no guests, no protocols without a sign-in [default: false]
    only, "CHINWAG_OIDC_ONLY", long = "oidc-only", num_args = 0..=1, default_missing_value = "true": bool = false;
}

options! {
    MailOptions => Mail;
    /// Server that takes mail to people, such as smtp.example.org; without one no mail is sent [default: none]
    host, "CHINWAG_MAIL_HOST", id = "mail_host", long = "mail-host", value_name = "HOST": String = String::new();
    /// Its port; 0 for the usual one: 587, with tls 465, with none 25 [default: 0]
    port, "CHINWAG_MAIL_PORT", id = "mail_port", long = "mail-port": u16 = 0;
    /// How what is said to it is kept secret: TLS after a plain greeting, TLS from the beginning, or not at all [default: starttls]
    security, "CHINWAG_MAIL_SECURITY", long = "mail-security", value_enum: MailSecurity = MailSecurity::Starttls;
    /// Name by which this server signs in there [default: none]
    user, "CHINWAG_MAIL_USER", long = "mail-user", value_name = "NAME": String = String::new();
    /// Password of that [default: none]
    password, "CHINWAG_MAIL_PASSWORD", long = "mail-password", value_name = "SECRET", hide_env_values = true:
        HiddenSecret = HiddenSecret::default();
    /// File in which that password stands, in its place [default: none]
    password_file, "CHINWAG_MAIL_PASSWORD_FILE", long = "mail-password-file", value_name = "FILE": PathBuf = PathBuf::new();
    /// From whom mail comes, such as Chat <chat@example.org>; needed with a host [default: none]
    from, "CHINWAG_MAIL_FROM", long = "mail-from", value_name = "ADDRESS": String = String::new();
}

/// How what is said to the server that takes mail is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// By TLS, which begins after a greeting in the clear; without it nothing is said.
    Starttls,
    /// By TLS from the beginning.
    Tls,
    /// Not at all: for a server on this machine or in a network of one's own.
    None,
}

/// For whom an account is made who comes by the provider for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CreateAccounts {
    /// Whoever has an invitation.
    Invited,
    /// Everybody whom the provider lets in.
    Always,
    /// Nobody.
    Never,
}

/// Form of the log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// Where messages are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Storage {
    /// In a file in the data folder.
    File,
    /// In memory.
    Memory,
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessOption {
    /// Anybody.
    Open,
    /// Whoever has an invitation; guests need one as well.
    InviteOnly,
    /// Nobody: the operator invites.
    Closed,
}

/// Whether something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

/// Whether the limits on messages, sign-ins and connections are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RateLimit {
    /// They are.
    On,
    /// They are not, for a bench on this machine.
    Off,
}
